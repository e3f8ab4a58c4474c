// What the orders tell the operator: how many came in, what became of them and what it cost.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { OrderState, RejectionReason } from '../contract/orders.ts';
import type { WaitingMetrics } from '../platform/postgres/waiting.ts';

export type OrderMetrics = WaitingMetrics & {
  /** An order was taken in and waits for its decision. */
  accepted(): void;
  /** An order was decided for the first time. */
  resolved(state: OrderState, reason: RejectionReason | null): void;
  /** A coupon was used by an order that was confirmed, or given back with a cancellation. */
  coupon(change: 'used' | 'given-back'): void;
  /** An order came with the id of another one. */
  conflicted(reason: 'order-id-taken' | 'order-id-reused'): void;
  /** A batch was committed; `durationMs` counts from the start of the use case. */
  batchCommitted(orderCount: number, durationMs: number): void;
  /** A message went to the dead letters. */
  deadLettered(): void;
  /** An outcome could not be pushed; it stays readable. */
  pushFailed(): void;
};

/** Registers the orders' metrics. */
export function createOrderMetrics(registry: Registry): OrderMetrics {
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const accepted = counter('shop_orders_accepted_total', 'Orders taken in to be decided later');
  const resolved = counter('shop_orders_resolved_total', 'Orders decided', ['state', 'reason']);
  const coupons = counter('shop_orders_coupons_total', 'Coupons used by orders and given back', ['change']);
  const conflicts = counter('shop_orders_conflicts_total', 'Orders with the id of another one', ['reason']);
  const deadLetters = counter('shop_orders_dead_letters_total', 'Order messages sent to the dead letters');
  const pushFailures = counter('shop_orders_push_failures_total', 'Outcomes that could not be pushed');
  const waits = counter(
    'shop_orders_waits_total',
    'Attempts to place orders that failed for a cause outside of them',
    ['cause'],
  );
  let isWaiting = () => false;
  new Gauge({
    name: 'shop_orders_waiting',
    help: '1 while orders wait because what the shop needs is away or refuses its service',
    registers: [registry],
    collect() {
      this.set(isWaiting() ? 1 : 0);
    },
  });
  const batchSize = new Histogram({
    name: 'shop_orders_batch_size',
    help: 'Orders in one transaction',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'shop_orders_transaction_seconds',
    help: 'Time from the start of placeOrders to its commit',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [registry],
  });
  return {
    accepted: () => accepted.inc(),
    resolved: (state, reason) => resolved.inc({ state, reason: reason ?? '' }),
    coupon: (change) => coupons.inc({ change }),
    conflicted: (reason) => conflicts.inc({ reason }),
    batchCommitted(orderCount, durationMs) {
      batchSize.observe(orderCount);
      seconds.observe(durationMs / 1_000);
    },
    deadLettered: () => deadLetters.inc(),
    pushFailed: () => pushFailures.inc(),
    waited: (cause) => waits.inc({ cause }),
    watchWaiting(ask) {
      isWaiting = ask;
    },
  };
}
