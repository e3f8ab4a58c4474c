// Orders as outsiders see them: the request, the stored order and its outcome.
import Type, { type Static } from 'typebox';
import { MAX_PAGE, MAX_PAGE_SIZE } from './catalog.ts';
import { Id, Instant, Krw, PaymentMethod, Uuid } from './common.ts';
import { Address } from './customers.ts';

export const MAX_ORDER_LINES = 20;
export const MAX_LINE_QUANTITY = 99;

/**
 * reserved → approved → confirmed → shipped → delivered; or rejected (never held stock), cancelled (stock given
 * back), refunded.
 */
export const OrderState = Type.Union([
  Type.Literal('reserved'),
  Type.Literal('approved'),
  Type.Literal('confirmed'),
  Type.Literal('shipped'),
  Type.Literal('delivered'),
  Type.Literal('rejected'),
  Type.Literal('cancelled'),
  Type.Literal('refunded'),
]);
export type OrderState = Static<typeof OrderState>;

/**
 * Why an order was rejected. Of its coupon: it is nobody's or another customer's (`coupon-unknown`), an order has it already, it had
 * expired when the order was placed, or it takes nothing off these lines. However an order reaches its decision, these are its outcome
 * and not an error of the request.
 */
export const RejectionReason = Type.Union([
  Type.Literal('sold-out'),
  Type.Literal('unknown-product'),
  Type.Literal('price-changed'),
  Type.Literal('payment-declined'),
  Type.Literal('customer-not-active'),
  Type.Literal('coupon-unknown'),
  Type.Literal('coupon-used'),
  Type.Literal('coupon-expired'),
  Type.Literal('coupon-does-not-apply'),
]);
export type RejectionReason = Static<typeof RejectionReason>;

export const OrderLine = Type.Object({
  productId: Id,
  quantity: Type.Integer({ minimum: 1, maximum: MAX_LINE_QUANTITY }),
});
export type OrderLine = Static<typeof OrderLine>;

/**
 * POST /orders. `id` is the shopper's own UUIDv7: correlation id and idempotency key in one. Each product stands in
 * one line only. With `expectedTotalKrw` the order is rejected (`price-changed`) when the shop's total differs. With `couponId`
 * (contract/coupons.ts) it is placed with that coupon or rejected.
 * Answers: 201 with the OrderView (decided at once, also when rejected) or 202 with OrderAccepted, and the same again for
 * the same body (the order of its lines says nothing); 409 `order-id-reused` (an order of one's own with another body has
 * the id) or `order-id-taken` (another customer's id; after a 202 it is told by socket); nothing is placed then. 503 with Retry-After and code `order-not-placed` (surely not placed) or `outcome-unknown`
 * (send it again with the same id: it is placed once). After any other 5xx the outcome is as unknown.
 */
export const PlaceOrderBody = Type.Object(
  {
    id: Uuid,
    lines: Type.Array(OrderLine, { minItems: 1, maxItems: MAX_ORDER_LINES }),
    paymentMethod: PaymentMethod,
    expectedTotalKrw: Type.Optional(Krw),
    couponId: Type.Optional(Uuid),
  },
  { additionalProperties: false },
);
export type PlaceOrderBody = Static<typeof PlaceOrderBody>;

/** The first product that stands in more than one line, which an order may not have; undefined when there is none. */
export function repeatedProduct(lines: readonly OrderLine[]): number | undefined {
  const seen = new Set<number>();
  for (const { productId } of lines) {
    if (seen.has(productId)) return productId;
    seen.add(productId);
  }
  return undefined;
}

export const AdjustmentType = Type.Union([
  Type.Literal('shipping'),
  Type.Literal('discount'),
  Type.Literal('coupon'),
]);
export type AdjustmentType = Static<typeof AdjustmentType>;

/**
 * Total = Σ unitPriceKrw × quantity + Σ adjustments (a discount and a coupon are negative), each type once. `couponId`: the coupon it
 * was asked for with, whatever became of the order; when it is cancelled or rejected the coupon is its customer's again.
 */
export const OrderView = Type.Object({
  id: Uuid,
  state: OrderState,
  rejectionReason: Type.Union([RejectionReason, Type.Null()]),
  paymentMethod: PaymentMethod,
  totalKrw: Krw,
  placedAt: Instant,
  resolvedAt: Type.Union([Instant, Type.Null()]),
  lines: Type.Array(
    Type.Object({
      productId: Id,
      name: Type.String(),
      /** As ProductSummary has it: by it and the name the product's picture is known. */
      image: Type.String(),
      quantity: Type.Integer(),
      unitPriceKrw: Krw,
    }),
  ),
  adjustments: Type.Array(Type.Object({ type: AdjustmentType, amountKrw: Krw })),
  couponId: Type.Union([Uuid, Type.Null()]),
});
export type OrderView = Static<typeof OrderView>;

/**
 * GET /orders/:id: the order with the address that it goes to, which is the one that its customer had given (PUT /me/address) when the shop
 * decided the order: where it was only accepted (202), that is later than when it was placed. null where there was none, and for rejected
 * orders. It stays with the order, and is told nowhere else.
 */
export const OrderDetails = Type.Object({
  ...OrderView.properties,
  deliveryAddress: Type.Union([Address, Type.Null()]),
});
export type OrderDetails = Static<typeof OrderDetails>;

/** GET /orders: one page of the customer's own orders, newest first. */
export const OrderListQuery = Type.Object(
  {
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE, default: 1 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 })),
  },
  { additionalProperties: false },
);
export type OrderListQuery = Static<typeof OrderListQuery>;

export const OrderList = Type.Object({
  items: Type.Array(OrderView),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  hasNext: Type.Boolean(),
});
export type OrderList = Static<typeof OrderList>;

/** 202: the order is queued; its outcome comes by socket and stays readable at GET /orders/:id. */
export const OrderAccepted = Type.Object({ id: Uuid, state: Type.Literal('accepted') });
export type OrderAccepted = Static<typeof OrderAccepted>;

/**
 * Told by socket when a request that was answered with 202 had the id of another order of the same customer. As a rule
 * the answer is a 409 at once; this comes where the shop had forgotten what the first request asked for.
 */
export const OrderConflict = Type.Object({ orderId: Uuid, code: Type.Literal('order-id-reused') });
export type OrderConflict = Static<typeof OrderConflict>;

/**
 * When an order passed each stage, in milliseconds of the machine's monotonic clock (CLOCK_MONOTONIC, shared by all
 * processes of one machine; not comparable between machines). Without a broker the two middle ones are null.
 */
export const OrderStages = Type.Object({
  receivedMs: Type.Number(),
  publishedMs: Type.Union([Type.Number(), Type.Null()]),
  consumedMs: Type.Union([Type.Number(), Type.Null()]),
  startedMs: Type.Number(),
  committedMs: Type.Number(),
});
export type OrderStages = Static<typeof OrderStages>;

/**
 * What the shop finally decided on an order; `stages` is null when the outcome was read from the database later.
 * `order-id-taken`: the id is another customer's and nothing was placed; only told by socket, never stored.
 */
export const OrderOutcome = Type.Object({
  orderId: Uuid,
  state: OrderState,
  rejectionReason: Type.Union([RejectionReason, Type.Literal('order-id-taken'), Type.Null()]),
  totalKrw: Krw,
  stages: Type.Union([OrderStages, Type.Null()]),
});
export type OrderOutcome = Static<typeof OrderOutcome>;
