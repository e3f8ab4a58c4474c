// Tells shoppers what became of their orders: by a push after the commit, and again when they ask after a reconnect.

import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { Uuid } from '../contract/common.ts';
import type { OrderOutcome } from '../contract/orders.ts';
import { MAX_RESUME_ORDERS } from '../contract/sockets.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { PushToCustomer } from '../platform/sockets/push.ts';
import type { OrderMetrics } from './metrics.ts';
import { conflictOutcome, isResolved, outcomeOf } from './order-view.ts';
import type { PlacedOrder } from './place-orders.ts';
import { readOrders } from './store.ts';

const TELL_EVERY_MS = 1_000;

/**
 * Pushes the outcomes of placed orders to their customers. A push may be lost; the outcome stays readable, so nothing
 * is tried twice. Whoever sent an order with the id of another customer's order hears that and nothing more: that the
 * id cannot be used, which a direct request is told as well (409). Whoever sent another body with the id of an order of
 * their own hears `order:conflict`, which is no outcome: the order that has the id keeps its own.
 */
export function pushOutcomes(push: PushToCustomer, placed: readonly PlacedOrder[]): void {
  for (const result of placed) {
    if (result.kind === 'conflict') {
      const { customerId, orderId, reason } = result;
      if (reason === 'order-id-reused') push(customerId, 'order:conflict', { orderId, code: reason });
      else push(customerId, 'order:rejected', conflictOutcome(orderId));
      continue;
    }
    if (!isResolved(result.order)) continue;
    const event = result.order.state === 'rejected' ? 'order:rejected' : 'order:confirmed';
    push(result.customerId, event, outcomeOf(result.order, result.stages));
  }
}

/**
 * Makes the report of pushes that failed: each is counted, and the log tells of them once a second at most, because an
 * outage of Redis makes thousands.
 */
export function createPushFailureReport(deps: { metrics: OrderMetrics; clock: Clock; log: Log }) {
  let untoldCount = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  return (error: Error): void => {
    deps.metrics.pushFailed();
    untoldCount++;
    const nowMs = deps.clock.monotonicMs();
    if (nowMs - toldMs < TELL_EVERY_MS) return;
    deps.log.warn({ err: error, count: untoldCount }, 'outcomes could not be pushed; they stay readable');
    toldMs = nowMs;
    untoldCount = 0;
  };
}

const resumeRequest = Compile(Type.Array(Uuid, { maxItems: MAX_RESUME_ORDERS }));

/**
 * Answers `orders:resume`: the stored outcomes of the customer's own orders among the ids asked for; none when the
 * request is not a list of at most MAX_RESUME_ORDERS ids.
 */
export async function resumeOrders(
  database: Queryable,
  customerId: number,
  orderIds: unknown,
): Promise<OrderOutcome[]> {
  if (!resumeRequest.Check(orderIds)) return [];
  const orders = await readOrders(database, customerId, orderIds);
  return orders.filter(isResolved).map((order) => outcomeOf(order, null));
}
