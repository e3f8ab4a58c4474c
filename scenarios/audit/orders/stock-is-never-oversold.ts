import { sqlRule } from '../rules/rule.ts';

// What the shop had before the run is the opening stock: past orders need not be counted again.
export const stockIsNeverOversold = sqlRule({
  name: 'stock-is-never-oversold',
  claim:
    'No product was sold more often than it was in stock, and what is left plus what the run’s orders hold is what was there before.',
  checked: 'SELECT count(*) FROM audit.stock',
  broken: `
    WITH held AS (
      SELECT line.product_id, sum(line.quantity) AS quantity
      FROM rehearsal.run_orders AS stored JOIN audit.order_lines AS line ON line.order_id = stored.id
      WHERE stored.state NOT IN ('rejected', 'cancelled', 'refunded')
      GROUP BY line.product_id
    )
    SELECT format('product %s: %s in stock before the run, %s stocked since, %s left, %s held by the run’s orders',
                  product_id, before.stock_count, stock.stocked_count - before.stocked_count, stock.stock_count,
                  coalesce(held.quantity, 0)) AS violation
    FROM audit.stock AS stock
    JOIN rehearsal.products_before AS before USING (product_id)
    LEFT JOIN held USING (product_id)
    WHERE stock.stock_count < 0
       OR stock.stock_count + coalesce(held.quantity, 0)
          <> before.stock_count + stock.stocked_count - before.stocked_count`,
});
