import { sqlRule } from '../rules/rule.ts';

// An order that was called off has given its coupon back, so only those that stand count, those of the history too.
export const couponsAreUsedOnce = sqlRule({
  name: 'coupons-are-used-once',
  claim: 'No coupon is used by more than one order that stands.',
  checked: `SELECT count(DISTINCT coupon_id) FROM rehearsal.run_orders
            WHERE state NOT IN ('rejected', 'cancelled', 'refunded')`,
  broken: `
    SELECT format('coupon %s is used by %s orders: %s', coupon_id, count(*), string_agg(id::text, ', ' ORDER BY id)) AS violation
    FROM audit.orders
    WHERE coupon_id IN (SELECT coupon_id FROM rehearsal.run_orders)
      AND state NOT IN ('rejected', 'cancelled', 'refunded')
    GROUP BY coupon_id HAVING count(*) > 1`,
});
