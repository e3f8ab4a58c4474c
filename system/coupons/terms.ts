// How a coupon's terms stand in the columns of its definition.
import type { CouponBenefit, CouponScope } from '../contract/coupons.ts';
import { type CouponTerms, tenThousandthsOf } from './rules.ts';

export type TermColumns = {
  scope: CouponScope['kind'];
  targetId: number | null;
  tenThousandths: number | null;
  amountKrw: number | null;
};

/** For a definition `d`. */
export const TERM_COLUMNS = `d.scope, d.target_id AS "targetId", d.rate_ten_thousandths AS "tenThousandths",
         d.amount_krw AS "amountKrw"`;

export function termsOf({ scope, targetId, tenThousandths, amountKrw }: TermColumns): CouponTerms {
  return { scope: scopeOf(scope, targetId), benefit: benefitOf(tenThousandths, amountKrw) };
}

function scopeOf(kind: CouponScope['kind'], targetId: number | null): CouponScope {
  if (kind === 'all') return { kind };
  if (targetId === null) throw new Error(`a coupon for one ${kind} names none`);
  return kind === 'category' ? { kind, categoryId: targetId } : { kind, productId: targetId };
}

function benefitOf(tenThousandths: number | null, amountKrw: number | null): CouponBenefit {
  if (tenThousandths !== null) return { kind: 'rate', ratio: tenThousandths / 10_000 };
  if (amountKrw === null) throw new Error('a coupon has neither a rate nor an amount');
  return { kind: 'amount', amountKrw };
}

/** Throws where the ratio is finer than ten-thousandths: whoever takes it from outside refuses it before. */
export function columnsOf({ scope, benefit }: CouponTerms): TermColumns {
  return {
    scope: scope.kind,
    targetId: targetOf(scope),
    tenThousandths: benefit.kind === 'rate' ? wholeTenThousandths(benefit.ratio) : null,
    amountKrw: benefit.kind === 'amount' ? benefit.amountKrw : null,
  };
}

export function targetOf(scope: CouponScope): number | null {
  switch (scope.kind) {
    case 'all':
      return null;
    case 'category':
      return scope.categoryId;
    case 'product':
      return scope.productId;
  }
}

function wholeTenThousandths(ratio: number): number {
  const tenThousandths = tenThousandthsOf(ratio);
  if (tenThousandths !== null) return tenThousandths;
  throw new RangeError(`a coupon takes ${ratio} of the price off; needed is a multiple of 0.0001`);
}
