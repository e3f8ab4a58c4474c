import { sqlRule } from '../rules/rule.ts';

export const sumsAreRight = sqlRule({
  name: 'sums-are-right',
  claim:
    'Each order’s total is its lines plus its adjustments; the shop holds exactly that money, and none of an order called off.',
  checked: `SELECT count(*) FROM rehearsal.run_orders WHERE state <> 'rejected'`,
  broken: `
    SELECT format('order %s (%s): total %s KRW, lines %s, adjustments %s, tenders %s', sums.order_id, stored.state,
                  sums.total_krw, sums.lines_krw, sums.adjustments_krw, sums.tenders_krw) AS violation
    FROM rehearsal.run_orders AS stored JOIN audit.order_sums AS sums ON sums.order_id = stored.id
    WHERE (stored.state <> 'rejected'
           AND (sums.line_count = 0 OR sums.total_krw <> sums.lines_krw + sums.adjustments_krw))
       OR sums.tenders_krw <> CASE WHEN stored.state IN ('rejected', 'cancelled', 'refunded') THEN 0
                                   ELSE sums.total_krw END`,
});
