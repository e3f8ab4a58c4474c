// What a customer's coupons are worth on given lines, by the rules that decide the order itself.
import { type CouponQuotes, MAX_COUPON_QUOTES } from '../contract/coupons.ts';
import { discountKrw, shippingKrw } from '../contract/pricing.ts';
import { bestFirst, costKrw, couponDiscountKrw } from './rules.ts';
import type { QuoteFacts } from './store.ts';

/** The quotes of what was read, best first. */
export function quoteOf({ buyer, lines, candidates }: QuoteFacts): CouponQuotes {
  const itemsTotalKrw = costKrw(lines);
  const gradeDiscountKrw = discountKrw(itemsTotalKrw, buyer.grade);
  const totalKrw = itemsTotalKrw + shippingKrw(itemsTotalKrw, buyer.region) - gradeDiscountKrw;
  const worth = candidates.map((coupon) => ({
    ...coupon,
    discountKrw: couponDiscountKrw(coupon, lines, gradeDiscountKrw),
  }));
  return {
    totalKrw,
    quotes: bestFirst(worth)
      .slice(0, MAX_COUPON_QUOTES)
      .map(({ id, definitionId, name, expiresAt, discountKrw: offKrw }) => ({
        couponId: id,
        definitionId,
        name,
        expiresAt: expiresAt.toISOString(),
        discountKrw: offKrw,
        totalKrw: totalKrw - offKrw,
      })),
  };
}
