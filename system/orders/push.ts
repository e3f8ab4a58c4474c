// Tells shoppers what became of their orders: by a push after the commit, and again when they ask after a reconnect.

import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { Uuid } from '../contract/common.ts';
import type { OrderOutcome } from '../contract/orders.ts';
import { MAX_RESUME_ORDERS } from '../contract/sockets.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { PushToCustomer } from '../platform/sockets.ts';
import { isResolved, outcomeOf } from './order-view.ts';
import type { PlacedOrder } from './place-orders.ts';
import { readOrders } from './store.ts';

/**
 * Pushes the outcomes of placed orders to their customers. A push may be lost; the outcome stays readable, so nothing
 * is tried twice. Conflicts are not pushed: there is nothing to tell about another's order.
 */
export function pushOutcomes(push: PushToCustomer, placed: readonly PlacedOrder[]): void {
  for (const result of placed) {
    if (result.kind === 'conflict' || !isResolved(result.order)) continue;
    const event = result.order.state === 'rejected' ? 'order:rejected' : 'order:confirmed';
    push(result.customerId, event, outcomeOf(result.order, result.stages));
  }
}

const resumeRequest = Compile(Type.Array(Uuid, { maxItems: MAX_RESUME_ORDERS }));

/**
 * Answers `orders:resume`: the stored outcomes of the customer's own orders among the ids asked for. Throws when the
 * request is not a list of at most MAX_RESUME_ORDERS ids.
 */
export async function resumeOrders(
  database: Queryable,
  customerId: number,
  orderIds: unknown,
): Promise<OrderOutcome[]> {
  if (!resumeRequest.Check(orderIds))
    throw new Error(`orders:resume needs at most ${MAX_RESUME_ORDERS} order ids`);
  const orders = await readOrders(database, customerId, orderIds);
  return orders.filter(isResolved).map((order) => outcomeOf(order, null));
}
