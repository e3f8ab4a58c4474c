import { Broken, type CheckoutRule } from './checkout-rule.ts';
import { createSoldPieces } from './sold-pieces.ts';

// Judged by the orders, not by what is left: a shop that stops counting at 0 still owes what it sold.
export const stockIsNeverOversold: CheckoutRule = {
  name: 'stock-is-never-oversold',
  claim: 'No item was sold more often than it was in stock when the run began, and no stock is below 0.',
  begin({ newOrders, stock }) {
    if (stock === null) return null;
    const pieces = createSoldPieces(newOrders);
    return {
      see: pieces.see,
      found() {
        const broken = new Broken();
        const { certain } = pieces.sold();
        for (const [id, before] of Object.entries(stock.before)) {
          broken.checkedCount += 1;
          const sold = certain.get(id) ?? 0;
          const after = stock.after[id];
          if (sold > Math.max(0, before))
            broken.add(
              `${id}: ${before} in stock before the run, ${sold} sold to shoppers whose orders stand`,
            );
          else if (after !== undefined && after < 0) broken.add(`${id}: ${after} left`);
        }
        return broken;
      },
    };
  },
};
