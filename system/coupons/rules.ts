// The rules of coupons: whether one can be used and what it takes off an order. Pure; whoever decides an order, quotes it or
// lists coupons asks here.
import type { CouponBenefit, CouponScope, CouponState } from '../contract/coupons.ts';
import type { RejectionReason } from '../contract/orders.ts';

/** What a coupon is good for. */
export type CouponTerms = { scope: CouponScope; benefit: CouponBenefit };

/** A coupon as the decision of an order needs it. `orderId`: the order that has it; null while it is unused. */
export type HeldCoupon = CouponTerms & {
  id: string;
  customerId: number;
  expiresAt: Date;
  orderId: string | null;
};

/** A line of an order; `categoryId` null for a product that does not exist. */
export type CouponLine = {
  productId: number;
  categoryId: number | null;
  unitPriceKrw: number;
  quantity: number;
};

const WHOLE = 10_000;

/** A ratio in ten-thousandths, which are whole numbers; null for one that is finer than that. */
export function tenThousandthsOf(ratio: number): number | null {
  const tenThousandths = Math.round(ratio * WHOLE);
  return tenThousandths / WHOLE === ratio ? tenThousandths : null;
}

/**
 * A share of an amount in whole won, half a won rounded up. Exact for all sums that an order can have: the product of both would
 * leave the exact range of a number.
 */
export function shareKrw(amountKrw: number, tenThousandths: number): number {
  const rest = amountKrw % WHOLE;
  const wholes = (amountKrw - rest) / WHOLE;
  return wholes * tenThousandths + Math.floor((rest * tenThousandths + WHOLE / 2) / WHOLE);
}

function covers(scope: CouponScope, line: CouponLine): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'category':
      return line.categoryId === scope.categoryId;
    case 'product':
      return line.productId === scope.productId;
  }
}

/** What lines cost together, in won. */
export const costKrw = (lines: readonly CouponLine[]): number =>
  lines.reduce((sum, { unitPriceKrw, quantity }) => sum + unitPriceKrw * quantity, 0);

/**
 * What a coupon takes off these lines, in won: its share of the lines that it covers or its amount, at most what those lines cost and
 * at most what the discount of the customer's grade has left of all lines. 0 where it covers nothing; never negative.
 */
export function couponDiscountKrw(
  { scope, benefit }: CouponTerms,
  lines: readonly CouponLine[],
  gradeDiscountKrw: number,
): number {
  const coveredKrw = costKrw(lines.filter((line) => covers(scope, line)));
  const leftKrw = Math.max(0, costKrw(lines) - gradeDiscountKrw);
  const wantedKrw =
    benefit.kind === 'amount' ? benefit.amountKrw : shareKrw(coveredKrw, Math.round(benefit.ratio * WHOLE));
  return Math.min(wantedKrw, coveredKrw, leftKrw);
}

/** A used coupon stays used, also past its end. The moment of its end is past it. */
export function couponState(coupon: Pick<HeldCoupon, 'expiresAt' | 'orderId'>, at: Date): CouponState {
  if (coupon.orderId !== null) return 'used';
  return coupon.expiresAt <= at ? 'expired' : 'usable';
}

/** What becomes of the wish to use a coupon: what it takes off, or why it cannot be used. */
export type CouponUse =
  | { kind: 'applies'; discountKrw: number }
  | { kind: 'refused'; reason: Extract<RejectionReason, `coupon-${string}`> };

/**
 * Decides on a coupon for one order of a customer placed at `at`. Another customer's coupon is as good as none; so is `undefined`, the
 * one that nobody knows.
 */
export function useCoupon(
  coupon: HeldCoupon | undefined,
  order: { customerId: number; at: Date; lines: readonly CouponLine[]; gradeDiscountKrw: number },
): CouponUse {
  if (coupon === undefined || coupon.customerId !== order.customerId)
    return { kind: 'refused', reason: 'coupon-unknown' };
  const state = couponState(coupon, order.at);
  if (state !== 'usable')
    return { kind: 'refused', reason: state === 'used' ? 'coupon-used' : 'coupon-expired' };
  const discountKrw = couponDiscountKrw(coupon, order.lines, order.gradeDiscountKrw);
  return discountKrw > 0
    ? { kind: 'applies', discountKrw }
    : { kind: 'refused', reason: 'coupon-does-not-apply' };
}

/** Coupons that take something off, best first; of equal ones what expires first, so that nothing is left to expire for no gain. */
export function bestFirst<Quoted extends { id: string; discountKrw: number; expiresAt: Date }>(
  coupons: readonly Quoted[],
): Quoted[] {
  return coupons
    .filter(({ discountKrw }) => discountKrw > 0)
    .sort(
      (a, b) =>
        b.discountKrw - a.discountKrw ||
        a.expiresAt.getTime() - b.expiresAt.getTime() ||
        (a.id < b.id ? -1 : 1),
    );
}
