// Transport without a broker: the order is decided within the request, in a transaction of its own.
import type { PlacedOrder, PlaceOrders } from '../orders/place-orders.ts';
import type { SubmitOrder } from './submit-order.ts';

/** Makes the transport; `announce` tells the shopper by socket, as the other transports do. */
export function createDirectTransport(deps: {
  placeOrders: PlaceOrders;
  announce: (placed: readonly PlacedOrder[]) => void;
}): SubmitOrder {
  return async (order) => {
    const results = await deps.placeOrders([order]);
    deps.announce(results);
    const [placed] = results;
    if (!placed) throw new Error(`placeOrders gave no result for order ${order.order.id}`);
    return { kind: 'resolved', placed };
  };
}
