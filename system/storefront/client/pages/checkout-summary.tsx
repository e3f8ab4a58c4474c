// What an order will cost: its lines, shipping, discounts and the sum.
import type { CartView } from '../../../contract/cart.ts';
import type { CustomerView } from '../../../contract/customers.ts';
import { discountKrw, shippingKrw } from '../../../contract/pricing.ts';
import { texts } from '../language/language.ts';
import { won } from '../shared/format.ts';
import { Thumbnail } from '../shared/products.tsx';
import type { Quote } from './coupon-choice.tsx';

type Sums = { itemsKrw: number; shippingKrw: number; discountKrw: number; totalKrw: number };

/** What the cart costs its owner without a coupon, by the shop's own rule. */
export function sumsOf({ itemsTotalKrw }: CartView, { grade, region }: CustomerView): Sums {
  const shipping = shippingKrw(itemsTotalKrw, region);
  const discount = discountKrw(itemsTotalKrw, grade);
  return {
    itemsKrw: itemsTotalKrw,
    shippingKrw: shipping,
    discountKrw: discount,
    totalKrw: itemsTotalKrw + shipping - discount,
  };
}

export type SummaryProps = { cart: CartView; sums: Sums; grade: string };

export function Summary({ cart, sums, grade, coupon }: SummaryProps & { coupon: Quote | null }) {
  const { checkout, cart: cartTexts } = texts();
  const totalKrw = coupon?.totalKrw ?? sums.totalKrw;
  return (
    <aside class="summary">
      <ul class="brief">
        {cart.lines.map((line) => (
          <li key={line.productId}>
            <Thumbnail line={line} />
            <span lang="ko">{line.name}</span>
            <span>× {line.quantity}</span>
          </li>
        ))}
      </ul>
      <dl>
        <dt>{cartTexts.items}</dt>
        <dd>{won(sums.itemsKrw)}</dd>
        <dt>{checkout.shipping}</dt>
        <dd>{sums.shippingKrw === 0 ? checkout.free : won(sums.shippingKrw)}</dd>
        {sums.discountKrw > 0 && (
          <>
            <dt>{checkout.discount(grade)}</dt>
            <dd>{won(-sums.discountKrw)}</dd>
          </>
        )}
        {coupon && (
          <>
            <dt>{checkout.coupon}</dt>
            <dd>{won(-coupon.discountKrw)}</dd>
          </>
        )}
        <dt class="total">{checkout.total}</dt>
        <dd class="total">{won(totalKrw)}</dd>
      </dl>
    </aside>
  );
}
