import { sqlRule } from '../rules/rule.ts';

export const couponsComeBack = sqlRule({
  name: 'coupons-come-back',
  claim:
    'The coupon of an order that was rejected or called off is its customer’s again, and whatever is kept as used is so by an order that stands.',
  checked: `SELECT count(*) FROM rehearsal.run_orders WHERE coupon_id IS NOT NULL`,
  broken: `
    SELECT format('coupon %s is kept as used by order %s, which is %s', coupon.coupon_id, coupon.order_id,
                  coalesce(holder.state, 'not placed with it')) AS violation
    FROM audit.coupons AS coupon
    LEFT JOIN audit.orders AS holder ON holder.id = coupon.order_id AND holder.coupon_id = coupon.coupon_id
    WHERE coupon.order_id IS NOT NULL
      AND (coupon.order_id IN (SELECT id FROM rehearsal.run_orders)
           OR coupon.coupon_id IN (SELECT coupon_id FROM rehearsal.run_orders))
      AND (holder.id IS NULL OR holder.state IN ('rejected', 'cancelled', 'refunded'))
    UNION ALL
    SELECT format('order %s used coupon %s and the shop has none of that id', stored.id, stored.coupon_id)
    FROM rehearsal.run_orders AS stored LEFT JOIN audit.coupons AS coupon ON coupon.coupon_id = stored.coupon_id
    WHERE stored.state IN ('cancelled', 'refunded') AND stored.coupon_id IS NOT NULL AND coupon.coupon_id IS NULL`,
});
