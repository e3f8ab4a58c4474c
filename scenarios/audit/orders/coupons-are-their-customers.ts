import { sqlRule } from '../rules/rule.ts';

export const couponsAreTheirCustomers = sqlRule({
  name: 'coupons-are-their-customers',
  claim:
    'Whatever was taken off a standing order for a coupon was so for one of its customer’s own that had not expired, and that coupon is kept as used by this order.',
  checked: `SELECT count(*) FROM rehearsal.run_orders AS stored JOIN audit.order_coupons AS used ON used.order_id = stored.id
            WHERE stored.state NOT IN ('rejected', 'cancelled', 'refunded')`,
  broken: `
    SELECT format('order %s of customer %s has %s KRW off for %s', stored.id, stored.customer_id,
                  coalesce(used.discount_krw::text, 'nothing'),
                  CASE WHEN stored.coupon_id IS NULL THEN 'no coupon'
                       WHEN coupon.coupon_id IS NULL THEN format('coupon %s, which there is not', stored.coupon_id)
                       ELSE format('coupon %s of customer %s, which ends at %s and is used by %s', coupon.coupon_id,
                                   coupon.customer_id, coupon.expires_at, coalesce(coupon.order_id::text, 'none')) END) AS violation
    FROM rehearsal.run_orders AS stored
    JOIN audit.order_coupons AS used ON used.order_id = stored.id
    LEFT JOIN audit.coupons AS coupon ON coupon.coupon_id = stored.coupon_id
    WHERE stored.state NOT IN ('rejected', 'cancelled', 'refunded')
      AND NOT coalesce(used.discount_krw > 0 AND coupon.customer_id = stored.customer_id
                       AND coupon.order_id = stored.id AND coupon.expires_at > stored.placed_at, false)`,
});
