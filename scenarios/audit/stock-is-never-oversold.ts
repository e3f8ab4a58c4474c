import { sqlRule } from './rule.ts';

export const stockIsNeverOversold = sqlRule({
  name: 'stock-is-never-oversold',
  claim:
    'No product was sold more often than it was stocked, and what is left plus what is held is what was stocked.',
  checked: 'SELECT count(*) FROM audit.stock',
  broken: `
    SELECT format('product %s: %s stocked, %s left, %s held by orders', product_id, stocked_count, stock_count,
                  held_count) AS violation
    FROM audit.stock
    WHERE stock_count < 0 OR stock_count + held_count <> stocked_count`,
});
