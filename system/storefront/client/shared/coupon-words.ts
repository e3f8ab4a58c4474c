// A coupon in words: what it takes off, of what, and until when.
import type { CouponView } from '../../../contract/coupons.ts';
import { texts } from '../language/language.ts';
import { percent, won } from './format.ts';
import { link } from './route.ts';

/** `10% off`, `₩3,000 off`. */
export function benefitText({ benefit }: Pick<CouponView, 'benefit'>): string {
  const { coupons } = texts();
  return coupons.off(benefit.kind === 'rate' ? percent(benefit.ratio) : won(benefit.amountKrw));
}

/** `on 딸기 1kg`, `on everything`. */
export function scopeText({ targetName }: Pick<CouponView, 'targetName'>): string {
  const { coupons } = texts();
  return targetName === null ? coupons.onEverything : coupons.on(targetName);
}

/** The page of what it can be used for. */
export function couponLink({ scope }: Pick<CouponView, 'scope'>): string {
  switch (scope.kind) {
    case 'all':
      return link('/products');
    case 'category':
      return link('/products', { categoryId: scope.categoryId });
    case 'product':
      return link(`/products/${scope.productId}`);
  }
}
