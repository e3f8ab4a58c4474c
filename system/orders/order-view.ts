// The two shapes in which a stored order leaves the shop: the whole order, and the outcome that is pushed.
import type { OrderOutcome, OrderStages, OrderView } from '../contract/orders.ts';

/** Whether an order has been decided; reserved and approved ones are still on their way. */
export function isResolved(order: OrderView): boolean {
  return order.state !== 'reserved' && order.state !== 'approved';
}

/** The outcome of an order whose id another customer uses: nothing was stored under it for this one. */
export function conflictOutcome(orderId: string): OrderOutcome {
  return { orderId, state: 'rejected', rejectionReason: 'order-id-taken', totalKrw: 0, stages: null };
}

/** The outcome of a decided order; `stages` is null when it was read from the database later. */
export function outcomeOf(order: OrderView, stages: OrderStages | null): OrderOutcome {
  return {
    orderId: order.id,
    state: order.state,
    rejectionReason: order.rejectionReason,
    totalKrw: order.totalKrw,
    stages,
  };
}
