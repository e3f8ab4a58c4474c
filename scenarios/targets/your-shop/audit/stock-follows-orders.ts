import { Broken, type CheckoutRule } from './checkout-rule.ts';
import { createSoldPieces } from './sold-pieces.ts';

export const stockFollowsOrders: CheckoutRule = {
  name: 'stock-follows-orders',
  claim: 'What is left of an item, and what the run’s orders hold of it, make what there was before.',
  begin({ newOrders, stock }) {
    if (stock === null) return null;
    const pieces = createSoldPieces(newOrders);
    return {
      see: pieces.see,
      found() {
        const broken = new Broken();
        const { certain, possible } = pieces.sold();
        for (const [id, before] of Object.entries(stock.before)) {
          const after = stock.after[id];
          if (after === undefined) continue;
          broken.checkedCount += 1;
          const least = certain.get(id) ?? 0;
          const most = least + (possible.get(id) ?? 0);
          const gone = before - after;
          if (gone >= least && gone <= most) continue;
          const held = least === most ? `${least}` : `${least} to ${most}`;
          broken.add(`${id}: ${before} before the run, ${after} left, ${held} held by the run’s orders`);
        }
        return broken;
      },
    };
  },
};
