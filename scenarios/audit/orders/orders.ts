// Orders that the generator attempted, as the audit knows them.
import type { OrderAttempt } from '../../../sim/adapters/our-shop/attempts.ts';
import { attemptTable, auditedKind } from '../rules/attempt-kind.ts';
import { acceptedOrdersAreResolved } from './accepted-orders-are-resolved.ts';
import { countersFollowOrders } from './counters-follow-orders.ts';
import { couponSumsAreRight } from './coupon-sums-are-right.ts';
import { couponsAreAsAsked } from './coupons-are-as-asked.ts';
import { couponsAreTheirCustomers } from './coupons-are-their-customers.ts';
import { couponsAreUsedOnce } from './coupons-are-used-once.ts';
import { couponsComeBack } from './coupons-come-back.ts';
import { ordersHappenOnce } from './orders-happen-once.ts';
import { outcomesAreSeenOrRetrievable } from './outcomes-are-seen-or-retrievable.ts';
import { refusedOrdersLeftNothing } from './refused-orders-left-nothing.ts';
import { ruleCouponsAreTold } from './rule-coupons-are-told.ts';
import { shoppersSawTheTruth } from './shoppers-saw-the-truth.ts';
import { stockIsNeverOversold } from './stock-is-never-oversold.ts';
import { storedOrdersWereAttempted } from './stored-orders-were-attempted.ts';
import { sumsAreRight } from './sums-are-right.ts';

const attempts = attemptTable({
  name: 'attempts',
  rowsOf: (attempt: OrderAttempt) => [attempt],
  columns: {
    order_id: ['uuid NOT NULL', ({ orderId }) => orderId],
    customer_id: ['integer NOT NULL', ({ customerId }) => customerId],
    answer: ['text NOT NULL', ({ answer }) => answer],
    http_status: ['integer', ({ httpStatus }) => httpStatus],
    outcome: ['text', ({ outcome }) => outcome],
    refused_because: ['text', ({ refusedBecause }) => refusedBecause],
    outcome_seen_by: ['text', ({ outcomeSeenBy }) => outcomeSeenBy],
    total_krw: ['bigint', ({ totalKrw }) => totalKrw],
    cancel: ['text', ({ cancel }) => cancel],
    coupon_id: ['uuid', ({ coupon }) => coupon?.id ?? null],
    quoted_krw: ['bigint', ({ coupon }) => coupon?.quotedKrw ?? null],
  },
  indexed: ['order_id'],
});

const attemptLines = attemptTable({
  name: 'attempt_lines',
  rowsOf: ({ orderId, lines }: OrderAttempt) => lines.map((line) => ({ orderId, ...line })),
  columns: {
    order_id: ['uuid NOT NULL', ({ orderId }) => orderId],
    product_id: ['integer NOT NULL', ({ productId }) => productId],
    quantity: ['integer NOT NULL', ({ quantity }) => quantity],
  },
  indexed: ['order_id'],
});

/**
 * Tells the run's orders from those of the history, which ends where the run starts: `rehearsal.run_orders` holds what was
 * placed since then or attempted by the generator, as it stands now. The only time that the audit reads all orders.
 */
const RUN_ORDERS = `
  CREATE TABLE rehearsal.run_orders AS
    SELECT * FROM audit.orders
    WHERE placed_at >= (SELECT started_at FROM rehearsal.run) OR id IN (SELECT order_id FROM rehearsal.attempts);
  CREATE INDEX ON rehearsal.run_orders (id);
  ANALYZE rehearsal.run_orders;
`;

export const orders = auditedKind<OrderAttempt>('order', {
  tables: [attempts, attemptLines],
  note: RUN_ORDERS,
  rules: [
    acceptedOrdersAreResolved,
    ordersHappenOnce,
    storedOrdersWereAttempted,
    refusedOrdersLeftNothing,
    stockIsNeverOversold,
    sumsAreRight,
    shoppersSawTheTruth,
    outcomesAreSeenOrRetrievable,
    countersFollowOrders,
    couponsAreAsAsked,
    couponsAreTheirCustomers,
    couponsAreUsedOnce,
    couponSumsAreRight,
    couponsComeBack,
    ruleCouponsAreTold,
  ],
});
