import { stockRule } from './stock-rule.ts';

// Judged by the orders, not by what is left: a shop that stops counting at 0 still owes what it sold.
export const stockIsNeverOversold = stockRule(
  {
    name: 'stock-is-never-oversold',
    claim: 'No item was sold more often than it was in stock when the run began, and no stock is below 0.',
  },
  (broken, { id, before, after, certain }) => {
    broken.checkedCount += 1;
    if (certain > Math.max(0, before))
      broken.add(`${id}: ${before} in stock before the run, ${certain} sold to shoppers whose orders stand`);
    else if (after !== undefined && after < 0) broken.add(`${id}: ${after} left`);
  },
);
