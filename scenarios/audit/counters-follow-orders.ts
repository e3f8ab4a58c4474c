import { sqlRule } from './rule.ts';

// The shop keeps both counters up to date with every order: popularity and the choice of customers for the cache hang on
// them. A product's counter counts orders, not pieces; a cancelled order is taken back.
export const countersFollowOrders = sqlRule({
  name: 'counters-follow-orders',
  claim:
    'Each product’s order count rose by its orders, and each customer’s last order time is that of their newest one.',
  checked: `SELECT (SELECT count(*) FROM audit.stock)
                 + (SELECT count(*) FROM audit.customer_orders WHERE last_confirmed_placed_at IS NOT NULL) AS count`,
  broken: `
    WITH ordered AS (
      SELECT line.product_id, count(DISTINCT line.order_id) AS orders
      FROM audit.order_lines AS line JOIN audit.orders AS stored ON stored.id = line.order_id
      WHERE stored.placed_at >= (SELECT started_at FROM rehearsal.run)
        AND stored.state NOT IN ('rejected', 'cancelled', 'refunded')
      GROUP BY line.product_id
    )
    SELECT format('product %s: order count %s, was %s before the run and %s orders came', product_id,
                  stock.order_count, before.order_count, coalesce(ordered.orders, 0)) AS violation
    FROM audit.stock AS stock
    JOIN rehearsal.products_before AS before USING (product_id)
    LEFT JOIN ordered USING (product_id)
    WHERE stock.order_count <> before.order_count + coalesce(ordered.orders, 0)
    UNION ALL
    SELECT format('customer %s: last ordered at %s, newest confirmed order %s', customer_id,
                  coalesce(last_ordered_at::text, 'never'), last_confirmed_placed_at)
    FROM audit.customer_orders
    WHERE last_confirmed_placed_at IS NOT NULL
      AND last_ordered_at IS DISTINCT FROM last_confirmed_placed_at`,
});
