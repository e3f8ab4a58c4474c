import { sqlRule } from '../rules/rule.ts';

// The shop keeps both counters up to date with every order: popularity and the choice of customers for the cache hang on
// them. A product's counter counts orders, not pieces; a cancelled order is taken back. An order that was ever confirmed
// moves its customer's last order time; nobody else's moves.
export const countersFollowOrders = sqlRule({
  name: 'counters-follow-orders',
  claim:
    'Each product’s order count rose by its orders, and each customer’s last order time is that of their newest one.',
  checked: `SELECT (SELECT count(*) FROM rehearsal.products_before)
                 + (SELECT count(*) FROM audit.customer_orders WHERE last_ordered_at IS NOT NULL) AS count`,
  broken: `
    WITH ordered AS (
      SELECT line.product_id, count(DISTINCT line.order_id) AS orders
      FROM rehearsal.run_orders AS stored JOIN audit.order_lines AS line ON line.order_id = stored.id
      WHERE stored.state NOT IN ('rejected', 'cancelled', 'refunded')
      GROUP BY line.product_id
    ), newest AS (
      SELECT customer_id, max(placed_at) AS placed_at
      FROM rehearsal.run_orders WHERE resolved_at IS NOT NULL AND state <> 'rejected'
      GROUP BY customer_id
    )
    SELECT format('product %s: order count %s, was %s before the run and %s orders came', product_id,
                  stock.order_count, before.order_count, coalesce(ordered.orders, 0)) AS violation
    FROM audit.stock AS stock
    JOIN rehearsal.products_before AS before USING (product_id)
    LEFT JOIN ordered USING (product_id)
    WHERE stock.order_count <> before.order_count + coalesce(ordered.orders, 0)
    UNION ALL
    SELECT format('customer %s: last ordered at %s, newest confirmed order %s', customer_id,
                  coalesce(customer.last_ordered_at::text, 'never'),
                  coalesce(greatest(newest.placed_at, before.last_ordered_at)::text, 'none'))
    FROM audit.customer_orders AS customer
    LEFT JOIN rehearsal.customers_before AS before USING (customer_id)
    LEFT JOIN newest USING (customer_id)
    WHERE customer.last_ordered_at IS DISTINCT FROM greatest(newest.placed_at, before.last_ordered_at)`,
});
