// A rule about the stock of each item, held against the pieces that the run sold of it.
import { Broken, type CheckoutRule } from './checkout-rule.ts';
import { createSoldPieces } from './sold-pieces.ts';

/** Of one item; `after` is undefined where the shop no longer tells, `possible` are pieces that may be held besides `certain`. */
type ItemStock = {
  id: string;
  before: number;
  after: number | undefined;
  certain: number;
  possible: number;
};

/** `judge` sees every item whose stock the shop told before the run. Where it tells none there is nothing to check. */
export function stockRule(
  about: Pick<CheckoutRule, 'name' | 'claim'>,
  judge: (broken: Broken, item: ItemStock) => void,
): CheckoutRule {
  return {
    ...about,
    begin({ newOrders, stock }) {
      if (stock === null) return null;
      const pieces = createSoldPieces(newOrders);
      return {
        see: pieces.see,
        found() {
          const broken = new Broken();
          const { certain, possible } = pieces.sold();
          for (const [id, before] of Object.entries(stock.before))
            judge(broken, {
              id,
              before,
              after: stock.after[id],
              certain: certain.get(id) ?? 0,
              possible: possible.get(id) ?? 0,
            });
          return broken;
        },
      };
    },
  };
}
