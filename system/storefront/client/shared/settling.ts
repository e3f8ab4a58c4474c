// The outcome of an order that this browser waited for is known: it waits no more, and what was ordered is told once.
import type { OrderState } from '../../../contract/orders.ts';
import type { Behaviour } from './behaviour.ts';
import { onProduct } from './deeds.ts';
import type { OpenOrders } from './open-orders.ts';

type Deps = { openOrders: Pick<OpenOrders, 'find' | 'settle'>; behaviour: Pick<Behaviour, 'tell'> };

/** Settles an open order that is in this state now. */
export function settleOrder({ openOrders, behaviour }: Deps, orderId: string, state: OrderState): void {
  const open = openOrders.find(orderId);
  openOrders.settle(orderId);
  if (open === null || state === 'rejected') return;
  behaviour.tell(...open.order.lines.map(({ productId }) => onProduct('order-create', productId)));
}
