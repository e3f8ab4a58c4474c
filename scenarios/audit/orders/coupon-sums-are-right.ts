import { sqlRule } from '../rules/rule.ts';

// Worked out again from what is stored, by the words of the contract (CouponBenefit) and not by the shop's code.
export const couponSumsAreRight = sqlRule({
  name: 'coupon-sums-are-right',
  claim:
    'What a coupon took off is its share of the lines that it covers (half a won up) or its amount, at most what those cost and what is left to pay for all lines, and what the shopper was quoted.',
  checked: `SELECT count(*) FROM rehearsal.run_orders AS stored JOIN audit.order_coupons AS used ON used.order_id = stored.id
            WHERE used.discount_krw IS NOT NULL`,
  broken: `
    WITH worth AS (
      SELECT used.order_id, used.discount_krw, used.covered_krw, used.lines_krw, used.grade_discount_krw,
             least(coalesce(coupon.amount_krw, floor(used.covered_krw::numeric * coupon.rate_ten_thousandths / 10000 + 0.5)),
                   used.covered_krw, greatest(used.lines_krw - used.grade_discount_krw, 0)) AS due_krw
      FROM rehearsal.run_orders AS stored
      JOIN audit.order_coupons AS used ON used.order_id = stored.id
      JOIN audit.coupons AS coupon ON coupon.coupon_id = used.coupon_id
    )
    SELECT format('order %s: %s KRW off for its coupon, due are %s (covered %s of %s, off for the grade %s), quoted %s', order_id,
                  discount_krw, due_krw, covered_krw, lines_krw, grade_discount_krw,
                  coalesce(attempt.quoted_krw::text, 'none')) AS violation
    FROM worth LEFT JOIN rehearsal.attempts AS attempt USING (order_id)
    WHERE discount_krw IS NOT NULL AND (discount_krw <> due_krw OR discount_krw <> attempt.quoted_krw)`,
});
