// The rules of an order: its states, its price and the decision of a whole batch. Pure; reading and writing is the
// matter of store.ts, the order of steps that of place-orders.ts.
import type { Grade, PaymentMethod } from '../contract/common.ts';
import type { AdjustmentType, OrderLine, OrderState, RejectionReason } from '../contract/orders.ts';
import { discountKrw, shippingKrw } from '../contract/pricing.ts';

export { discountKrw, shippingKrw } from '../contract/pricing.ts';

/** The states that each state may pass into. What is not listed is forbidden. */
const NEXT_STATES: Record<OrderState, readonly OrderState[]> = {
  reserved: ['approved', 'rejected', 'cancelled'],
  approved: ['confirmed', 'cancelled'],
  confirmed: ['shipped', 'cancelled'],
  shipped: ['delivered', 'refunded'],
  delivered: ['refunded'],
  rejected: [],
  cancelled: [],
  refunded: [],
};

/** Whether an order may go from one state straight to another. */
export function mayBecome(from: OrderState, to: OrderState): boolean {
  return NEXT_STATES[from].includes(to);
}

/** Walks the states one by one and returns the last; throws where a step is forbidden. */
export function passThrough(from: OrderState, ...steps: readonly OrderState[]): OrderState {
  let state = from;
  for (const next of steps) {
    if (!mayBecome(state, next)) throw new Error(`an order that is ${state} cannot become ${next}`);
    state = next;
  }
  return state;
}

/** An order as somebody wants it, before the shop has looked at it. */
export type OrderWish = {
  id: string;
  customerId: number;
  lines: readonly OrderLine[];
  paymentMethod: PaymentMethod;
  expectedTotalKrw?: number | undefined;
};

/** A product as the decision needs it; a deleted one is left out, as if it did not exist. */
export type SaleProduct = {
  id: number;
  name: string;
  priceKrw: number;
  stockCount: number;
  soldOut: boolean;
};

/** A customer as the decision needs them; `active` is false only for those who withdrew. */
export type Buyer = { id: number; active: boolean; grade: Grade; region: string };

export type PricedLine = { productId: number; name: string; quantity: number; unitPriceKrw: number };
export type Adjustment = { type: AdjustmentType; amountKrw: number };
export type PricedOrder = { lines: PricedLine[]; adjustments: Adjustment[]; totalKrw: number };

/** What the shop decided: the stock is set aside (payment comes next), or the order is rejected. */
export type OrderDecision = PricedOrder &
  ({ state: 'reserved' } | { state: 'rejected'; rejectionReason: RejectionReason });

/**
 * Decides orders one after another: an order sees the stock that the reserved ones before it have left. A rejected
 * order takes nothing, so a smaller one behind it may still be served. Reasons are looked for in this order:
 * customer-not-active, unknown-product, sold-out, price-changed. Returns one decision per order, in the same order.
 */
export function decideOrders(
  orders: readonly OrderWish[],
  products: ReadonlyMap<number, SaleProduct>,
  customers: ReadonlyMap<number, Buyer>,
): OrderDecision[] {
  const takenCount = new Map<number, number>();
  return orders.map((order) => {
    const customer = customers.get(order.customerId);
    const priced = priceOrder(order, products, customer);
    const rejectionReason = reasonToReject(order, priced, products, customer, takenCount);
    if (rejectionReason) return { ...priced, state: 'rejected', rejectionReason };
    for (const { productId, quantity } of order.lines) {
      takenCount.set(productId, (takenCount.get(productId) ?? 0) + quantity);
    }
    return { ...priced, state: 'reserved' };
  });
}

function reasonToReject(
  order: OrderWish,
  priced: PricedOrder,
  products: ReadonlyMap<number, SaleProduct>,
  customer: Buyer | undefined,
  takenCount: ReadonlyMap<number, number>,
): RejectionReason | undefined {
  if (!customer?.active) return 'customer-not-active';
  let soldOut = false;
  for (const { productId, quantity } of order.lines) {
    const product = products.get(productId);
    if (!product) return 'unknown-product';
    if (product.soldOut || product.stockCount - (takenCount.get(productId) ?? 0) < quantity) soldOut = true;
  }
  if (soldOut) return 'sold-out';
  if (order.expectedTotalKrw !== undefined && order.expectedTotalKrw !== priced.totalKrw)
    return 'price-changed';
  return undefined;
}

// A product or customer that does not exist has no price and no grade: it counts as 0 KRW and BRONZE, so that the sums
// of such a (rejected) order add up like those of any other.
function priceOrder(
  order: OrderWish,
  products: ReadonlyMap<number, SaleProduct>,
  customer: Buyer | undefined,
): PricedOrder {
  const lines = order.lines.map(({ productId, quantity }) => {
    const product = products.get(productId);
    return { productId, quantity, name: product?.name ?? '', unitPriceKrw: product?.priceKrw ?? 0 };
  });
  const itemsTotalKrw = lines.reduce((sum, line) => sum + line.unitPriceKrw * line.quantity, 0);
  const shipping = shippingKrw(itemsTotalKrw, customer?.region ?? '');
  const discount = discountKrw(itemsTotalKrw, customer?.grade ?? 'BRONZE');
  const adjustments: Adjustment[] = [];
  if (shipping !== 0) adjustments.push({ type: 'shipping', amountKrw: shipping });
  if (discount !== 0) adjustments.push({ type: 'discount', amountKrw: -discount });
  return { lines, adjustments, totalKrw: itemsTotalKrw + shipping - discount };
}

/** The first product that stands in more than one line, which an order may not have; undefined when there is none. */
export function repeatedProduct(lines: readonly OrderLine[]): number | undefined {
  const seen = new Set<number>();
  for (const { productId } of lines) {
    if (seen.has(productId)) return productId;
    seen.add(productId);
  }
  return undefined;
}
