import { sqlRule } from '../rules/rule.ts';

// A doubled order shows as lines that were not asked for: the id is the primary key, so the order itself cannot stand
// twice, but its lines, and with them its stock, could.
export const ordersHappenOnce = sqlRule({
  name: 'orders-happen-once',
  claim: 'Every stored order has exactly the lines that its shopper asked for, once.',
  checked: `SELECT count(*) FROM rehearsal.attempts JOIN audit.orders AS stored ON stored.id = order_id`,
  broken: `
    WITH stored AS (
      SELECT line.order_id, line.product_id, sum(line.quantity) AS quantity, count(*) AS times
      FROM audit.order_lines AS line JOIN rehearsal.attempts AS attempt USING (order_id)
      GROUP BY line.order_id, line.product_id
    ), asked AS (
      SELECT line.order_id, line.product_id, line.quantity
      FROM rehearsal.attempt_lines AS line JOIN audit.orders AS kept ON kept.id = line.order_id
      WHERE kept.state <> 'rejected'
    )
    SELECT format('order %s holds %s of product %s; asked for: %s', coalesce(stored.order_id, asked.order_id),
                  coalesce(stored.quantity, 0), coalesce(stored.product_id, asked.product_id),
                  coalesce(asked.quantity, 0)) AS violation
    FROM asked FULL JOIN stored USING (order_id, product_id)
    JOIN audit.orders AS kept ON kept.id = coalesce(stored.order_id, asked.order_id)
    WHERE kept.state <> 'rejected'
      AND (asked.quantity IS DISTINCT FROM stored.quantity OR stored.times IS DISTINCT FROM 1)`,
});
