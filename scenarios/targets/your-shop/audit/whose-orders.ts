// Whose the shop's new orders are: each is matched with the checkout that named it, or, where none did, with one whose cart held the
// same. A checkout claims one order at most.
import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import type { ShopOrder } from '../../../../sim/adapters/your-shop/define-shop.ts';
import { checkoutText, linesKey, stands } from './checkout-rule.ts';

export type WhoseOrders = {
  /** Standing orders of no checkout. */
  nobodys: ShopOrder[];
  /** Standing orders of a checkout that has one already. */
  doubled: { order: ShopOrder; checkout: string }[];
  /** Standing orders of a checkout that was refused, or never heard its end. */
  unheard: { order: ShopOrder; checkout: string; end: 'rejected' | 'unknown' }[];
  /** Checkouts that were told of an order which the shop does not list. */
  lost: string[];
  okCount: number;
  otherCount: number;
};

type Claim = { checkout: string } & Pick<CheckoutAttempt, 'end' | 'orderId'>;

/** Takes all checkouts, then tells; in the order of the shop's list. */
export function createWhoseOrders(orders: readonly ShopOrder[]) {
  /** By the order that it was given or would have. */
  const byOrder = new Map<string, Claim>();
  /** By what was in the cart: those who were told of no order, and those who have one. */
  const byLines = { without: new Map<string, Claim[]>(), ok: new Map<string, Claim[]>() };
  const listedIds = new Set(orders.map(({ orderId }) => orderId));
  let [okCount, otherCount] = [0, 0];

  function see(checkout: CheckoutAttempt): void {
    const { end, orderId, lines } = checkout;
    const claim = { checkout: checkoutText(checkout), end, orderId };
    if (end === 'ok') okCount += 1;
    else otherCount += 1;
    // Of two checkouts with one id the one that was told of it has it.
    if (orderId !== null && (end === 'ok' || !byOrder.has(orderId))) byOrder.set(orderId, claim);
    if (end === 'ok') push(byLines.ok, linesKey(lines), claim);
    else push(byLines.without, linesKey(lines), claim);
  }

  function told(): WhoseOrders {
    const whose: WhoseOrders = { nobodys: [], doubled: [], unheard: [], lost: [], okCount, otherCount };
    const listed = new Set<string>();
    for (const order of orders) {
      const claim = byOrder.get(order.orderId);
      const isAgain = listed.has(order.orderId);
      listed.add(order.orderId);
      if (!stands(order)) continue;
      if (claim?.end === 'ok' && !isAgain) continue;
      const other = claim ?? takeByLines(order);
      if (other === undefined) whose.nobodys.push(order);
      else if (other.end === 'ok') whose.doubled.push({ order, checkout: other.checkout });
      else whose.unheard.push({ order, checkout: other.checkout, end: other.end });
    }
    for (const [orderId, { checkout, end }] of byOrder)
      if (end === 'ok' && !listed.has(orderId)) whose.lost.push(checkout);
    return whose;
  }

  function takeByLines({ lines }: ShopOrder): Claim | undefined {
    const key = linesKey(lines);
    return takeWithout(byLines.without.get(key) ?? []) ?? byLines.ok.get(key)?.shift();
  }

  /** The first whose order is not in the list under the name that it knew; what is, is claimed by that. */
  function takeWithout(claims: Claim[]): Claim | undefined {
    for (let claim = claims.shift(); claim !== undefined; claim = claims.shift())
      if (claim.orderId === null || !listedIds.has(claim.orderId)) return claim;
    return undefined;
  }

  return { see, told };
}

function push(map: Map<string, Claim[]>, key: string, claim: Claim): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [claim]);
  else there.push(claim);
}
