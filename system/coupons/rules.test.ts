import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CouponBenefit, CouponScope } from '../contract/coupons.ts';
import {
  bestFirst,
  type CouponLine,
  costKrw,
  couponDiscountKrw,
  couponState,
  type HeldCoupon,
  shareKrw,
  tenThousandthsOf,
  useCoupon,
} from './rules.ts';
import { columnsOf, termsOf } from './terms.ts';

const NOON = new Date('2026-03-02T03:00:00Z');
const line = (productId: number, changes: Partial<CouponLine> = {}): CouponLine => ({
  productId,
  categoryId: 1,
  unitPriceKrw: 10_000,
  quantity: 1,
  ...changes,
});
const rate = (ratio: number): CouponBenefit => ({ kind: 'rate', ratio });
const amount = (amountKrw: number): CouponBenefit => ({ kind: 'amount', amountKrw });
const all: CouponScope = { kind: 'all' };

describe('what a coupon takes off', () => {
  const lines = [line(1), line(2, { categoryId: 2, quantity: 2 }), line(3)];

  it.each<[CouponScope, number]>([
    [all, 4_000],
    [{ kind: 'category', categoryId: 1 }, 2_000],
    [{ kind: 'category', categoryId: 2 }, 2_000],
    [{ kind: 'category', categoryId: 3 }, 0],
    [{ kind: 'product', productId: 3 }, 1_000],
    [{ kind: 'product', productId: 4 }, 0],
  ])('goes by the lines that %o covers', (scope, expected) => {
    expect(couponDiscountKrw({ scope, benefit: rate(0.1) }, lines, 0)).toBe(expected);
  });

  it('is at most what the covered lines cost', () => {
    const benefit = amount(15_000);
    expect(couponDiscountKrw({ scope: { kind: 'product', productId: 3 }, benefit }, lines, 0)).toBe(10_000);
    expect(couponDiscountKrw({ scope: { kind: 'category', categoryId: 2 }, benefit }, lines, 0)).toBe(15_000);
  });

  it('is at most what the discount of the grade has left of all lines', () => {
    expect(couponDiscountKrw({ scope: all, benefit: rate(1) }, lines, 4_000)).toBe(36_000);
    expect(couponDiscountKrw({ scope: all, benefit: amount(1) }, lines, 40_000)).toBe(0);
  });

  it('rounds half a won up and less than that down', () => {
    expect([15, 25, 14, 16].map((price) => shareKrw(price, 1_000))).toEqual([2, 3, 1, 2]);
    expect(shareKrw(49_999, 2_900)).toBe(14_500);
    // 0.29 × 100 is less than 29 in floating point.
    expect(couponDiscountKrw({ scope: all, benefit: rate(0.29) }, [line(1, { unitPriceKrw: 100 })], 0)).toBe(
      29,
    );
  });
});

describe('any coupon on any lines', () => {
  const anyScope = fc.oneof(
    fc.constant(all),
    fc.integer({ min: 1, max: 3 }).map((categoryId): CouponScope => ({ kind: 'category', categoryId })),
    fc.integer({ min: 1, max: 6 }).map((productId): CouponScope => ({ kind: 'product', productId })),
  );
  const anyBenefit = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }).map((tenThousandths) => rate(tenThousandths / 10_000)),
    fc.integer({ min: 1, max: 100_000_000 }).map(amount),
  );
  const anyLines = fc.array(
    fc.record({
      productId: fc.integer({ min: 1, max: 6 }),
      categoryId: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 })),
      unitPriceKrw: fc.integer({ min: 0, max: 2_147_483_647 }),
      quantity: fc.integer({ min: 1, max: 99 }),
    }),
    { maxLength: 20 },
  );
  const anyTerms = fc.record({ scope: anyScope, benefit: anyBenefit });

  it('takes off whole won, none below zero and no more than is to be paid for the lines', () => {
    fc.assert(
      fc.property(anyTerms, anyLines, fc.nat(10_000_000), (terms, lines, gradeDiscountKrw) => {
        const off = couponDiscountKrw(terms, lines, gradeDiscountKrw);
        expect(Number.isSafeInteger(off)).toBe(true);
        expect(off).toBeGreaterThanOrEqual(0);
        expect(off).toBeLessThanOrEqual(Math.max(0, costKrw(lines) - gradeDiscountKrw));
      }),
    );
  });

  it('takes off no less for another covered line, and nothing for one that it does not cover', () => {
    fc.assert(
      fc.property(anyTerms, anyLines, (terms, lines) => {
        const off = couponDiscountKrw(terms, lines, 0);
        expect(couponDiscountKrw(terms, [...lines, line(1, { categoryId: 1 })], 0)).toBeGreaterThanOrEqual(
          off,
        );
        const narrow = { ...terms, scope: { kind: 'product', productId: 1 } } as const;
        const others = lines.map((one) => ({ ...one, productId: 2 }));
        expect(couponDiscountKrw(narrow, others, 0)).toBe(0);
      }),
    );
  });

  it('is exact where the product of price and rate is beyond what a number holds exactly', () => {
    const anyShare = fc.tuple(
      fc.integer({ min: 0, max: 4_251_000_000_000 }),
      fc.integer({ min: 1, max: 10_000 }),
    );
    fc.assert(
      fc.property(anyShare, ([amountKrw, tenThousandths]) => {
        const exact = (BigInt(amountKrw) * BigInt(tenThousandths) + 5_000n) / 10_000n;
        expect(BigInt(shareKrw(amountKrw, tenThousandths))).toBe(exact);
      }),
    );
  });

  it('stands in its columns as it is', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        expect(termsOf(columnsOf(terms))).toEqual(terms);
      }),
    );
  });
});

test('ratios are whole ten-thousandths', () => {
  expect([0.0001, 0.15, 0.29, 1].map(tenThousandthsOf)).toEqual([1, 1_500, 2_900, 10_000]);
  expect([0.00015, 1 / 3, 5e-324].map(tenThousandthsOf)).toEqual([null, null, null]);
});

describe('a coupon', () => {
  const coupon: HeldCoupon = {
    id: 'c',
    customerId: 1,
    expiresAt: NOON,
    orderId: null,
    scope: all,
    benefit: rate(0.1),
  };
  const before = new Date(NOON.getTime() - 1);
  const order = { customerId: 1, at: before, lines: [line(1)], gradeDiscountKrw: 0 };

  it('is usable up to its end, and used whatever the time', () => {
    expect(couponState(coupon, before)).toBe('usable');
    expect(couponState(coupon, NOON)).toBe('expired');
    expect(couponState({ ...coupon, orderId: 'o' }, NOON)).toBe('used');
  });

  it('applies, or is refused with the reason', () => {
    expect(useCoupon(coupon, order)).toEqual({ kind: 'applies', discountKrw: 1_000 });
    const reasons = [
      useCoupon(undefined, order),
      useCoupon({ ...coupon, customerId: 2, orderId: 'o' }, order),
      useCoupon({ ...coupon, orderId: 'o' }, { ...order, at: NOON }),
      useCoupon(coupon, { ...order, at: NOON }),
      useCoupon(coupon, { ...order, lines: [] }),
      // One won less a tenth of it: nothing would be taken off, and the coupon would be gone.
      useCoupon(coupon, { ...order, lines: [line(1, { unitPriceKrw: 4 })] }),
    ].map((use) => use.kind === 'refused' && use.reason);
    expect(reasons).toEqual([
      'coupon-unknown',
      'coupon-unknown',
      'coupon-used',
      'coupon-expired',
      'coupon-does-not-apply',
      'coupon-does-not-apply',
    ]);
  });

  it('is proposed where it is worth most, then where it expires first; one worth nothing is not', () => {
    const quoted = (id: string, discountKrw: number, expiresAt = NOON) => ({ id, discountKrw, expiresAt });
    const coupons = [quoted('a', 5), quoted('b', 0), quoted('c', 9), quoted('e', 5, before), quoted('d', 5)];
    expect(bestFirst(coupons).map(({ id }) => id)).toEqual(['c', 'e', 'a', 'd']);
  });
});
