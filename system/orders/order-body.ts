// When two requests with one order id ask for the same: then the second is a repetition, else it is a mistake. The order of
// the lines says nothing, everything else does.
import { hash } from 'node:crypto';
import type { OrderView, PlaceOrderBody } from '../contract/orders.ts';

type Asked = Pick<PlaceOrderBody, 'lines' | 'paymentMethod'> & { couponId?: string | null };

/** SHA-256 of the canonical body, as PostgreSQL writes bytea: `\x` and 64 hexadecimal digits. */
export function orderBodyHash(order: PlaceOrderBody): string {
  return `\\x${hash('sha256', `${canonical(order)} ${order.expectedTotalKrw ?? ''}`)}`;
}

/** Whether a body asks for what is stored; `storedHash` null: known only by the order itself. */
export function isSameOrder(
  order: PlaceOrderBody,
  bodyHash: string,
  stored: OrderView,
  storedHash: string | null,
) {
  return storedHash === null ? canonical(order) === canonical(stored) : bodyHash === storedHash;
}

// An order without a coupon is written as it was before there were any: what is stored must stay comparable.
function canonical({ lines, paymentMethod, couponId }: Asked): string {
  const sorted = lines.toSorted((a, b) => a.productId - b.productId);
  const products = sorted.map(({ productId, quantity }) => `${productId}x${quantity}`).join();
  return `${paymentMethod} ${products}${couponId ? ` with ${couponId}` : ''}`;
}
