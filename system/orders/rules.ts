// The rules of an order: its states, its price and the decision of a whole batch. Pure; reading and writing is the
// matter of store.ts, the order of steps that of place-orders.ts.
import type { Grade, PaymentMethod } from '../contract/common.ts';
import type { AdjustmentType, OrderLine, OrderState, RejectionReason } from '../contract/orders.ts';
import { discountKrw, shippingKrw } from '../contract/pricing.ts';
import { type CouponUse, type HeldCoupon, useCoupon } from '../coupons/rules.ts';

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
  /** When the shop took it in: by then its coupon must not have expired. */
  placedAt: Date;
  expectedTotalKrw?: number | undefined;
  couponId?: string | undefined;
};

/** A product as the decision needs it; a deleted one is left out, as if it did not exist. */
export type SaleProduct = {
  id: number;
  categoryId: number;
  name: string;
  image: string;
  priceKrw: number;
  stockCount: number;
  soldOut: boolean;
};

/** A customer as the decision needs them; `active` is false only for those who withdrew. */
export type Buyer = { id: number; active: boolean; grade: Grade; region: string };

export type PricedLine = {
  productId: number;
  name: string;
  image: string;
  quantity: number;
  unitPriceKrw: number;
};
export type Adjustment = { type: AdjustmentType; amountKrw: number };
export type PricedOrder = { lines: PricedLine[]; adjustments: Adjustment[]; totalKrw: number };

/** What the shop decided: the stock is set aside (payment comes next), or the order is rejected. */
export type OrderDecision = PricedOrder &
  ({ state: 'reserved' } | { state: 'rejected'; rejectionReason: RejectionReason });

/** What orders are decided by, as it stands while it is locked. */
export type OrderFacts = {
  products: ReadonlyMap<number, SaleProduct>;
  customers: ReadonlyMap<number, Buyer>;
  /** Of the customers' own coupons, those that they want to use. */
  coupons: ReadonlyMap<string, HeldCoupon>;
};

/** What the reserved orders of a batch have taken from those behind them. */
type Taken = { counts: Map<number, number>; couponIds: Map<string, string> };

/**
 * Decides orders one after another: an order sees the stock and the coupons that the reserved ones before it have left. A
 * rejected order takes nothing, so a smaller one behind it may still be served. Reasons are looked for in this order:
 * customer-not-active, unknown-product, sold-out, those of the coupon, price-changed. Returns one decision per order, in the
 * same order.
 */
export function decideOrders(orders: readonly OrderWish[], facts: OrderFacts): OrderDecision[] {
  const taken: Taken = { counts: new Map(), couponIds: new Map() };
  return orders.map((order) => {
    const customer = facts.customers.get(order.customerId);
    const { couponRefusal, ...priced } = priceOrder(order, facts, customer, taken);
    const rejectionReason =
      reasonOfShop(order, facts, customer, taken) ?? couponRefusal ?? reasonOfPrice(order, priced);
    if (rejectionReason) return { ...priced, state: 'rejected', rejectionReason };
    for (const { productId, quantity } of order.lines) {
      taken.counts.set(productId, (taken.counts.get(productId) ?? 0) + quantity);
    }
    if (order.couponId !== undefined) taken.couponIds.set(order.couponId, order.id);
    return { ...priced, state: 'reserved' };
  });
}

function reasonOfShop(
  order: OrderWish,
  { products }: OrderFacts,
  customer: Buyer | undefined,
  taken: Taken,
): RejectionReason | undefined {
  if (!customer?.active) return 'customer-not-active';
  let soldOut = false;
  for (const { productId, quantity } of order.lines) {
    const product = products.get(productId);
    if (!product) return 'unknown-product';
    if (product.soldOut || product.stockCount - (taken.counts.get(productId) ?? 0) < quantity) soldOut = true;
  }
  return soldOut ? 'sold-out' : undefined;
}

function reasonOfPrice(
  { expectedTotalKrw }: OrderWish,
  { totalKrw }: PricedOrder,
): RejectionReason | undefined {
  return expectedTotalKrw === undefined || expectedTotalKrw === totalKrw ? undefined : 'price-changed';
}

// A product or customer that does not exist has no price and no grade: it counts as 0 KRW and BRONZE, so that the sums
// of such a (rejected) order add up like those of any other.
function priceOrder(
  order: OrderWish,
  { products, coupons }: OrderFacts,
  customer: Buyer | undefined,
  taken: Taken,
): PricedOrder & { couponRefusal: RejectionReason | undefined } {
  const lines = order.lines.map(({ productId, quantity }) => {
    const product = products.get(productId);
    const { name = '', image = '', priceKrw: unitPriceKrw = 0 } = product ?? {};
    return { productId, quantity, name, image, unitPriceKrw };
  });
  const itemsTotalKrw = lines.reduce((sum, line) => sum + line.unitPriceKrw * line.quantity, 0);
  const shipping = shippingKrw(itemsTotalKrw, customer?.region ?? '');
  const discount = discountKrw(itemsTotalKrw, customer?.grade ?? 'BRONZE');
  const coupon = couponOf(order, { lines, products, coupons, taken, gradeDiscountKrw: discount });
  const off = coupon?.kind === 'applies' ? coupon.discountKrw : 0;
  const adjustments: Adjustment[] = [];
  if (shipping !== 0) adjustments.push({ type: 'shipping', amountKrw: shipping });
  if (discount !== 0) adjustments.push({ type: 'discount', amountKrw: -discount });
  if (off !== 0) adjustments.push({ type: 'coupon', amountKrw: -off });
  return {
    lines,
    adjustments,
    totalKrw: itemsTotalKrw + shipping - discount - off,
    couponRefusal: coupon?.kind === 'refused' ? coupon.reason : undefined,
  };
}

/** What its coupon comes to; undefined for an order without one. */
function couponOf(
  { couponId, customerId, placedAt }: OrderWish,
  facts: {
    lines: readonly PricedLine[];
    products: OrderFacts['products'];
    coupons: OrderFacts['coupons'];
    taken: Taken;
    gradeDiscountKrw: number;
  },
): CouponUse | undefined {
  if (couponId === undefined) return undefined;
  const coupon = facts.coupons.get(couponId);
  const takenBy = facts.taken.couponIds.get(couponId);
  return useCoupon(coupon && takenBy !== undefined ? { ...coupon, orderId: takenBy } : coupon, {
    customerId,
    at: placedAt,
    gradeDiscountKrw: facts.gradeDiscountKrw,
    lines: facts.lines.map((line) => ({
      ...line,
      categoryId: facts.products.get(line.productId)?.categoryId ?? null,
    })),
  });
}
