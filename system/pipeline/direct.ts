// Transport without a broker: the order is decided within the request, in a transaction of its own.
import type { PlacedOrder, PlaceOrders } from '../orders/place-orders.ts';
import type { Log } from '../platform/log.ts';
import { isTransient } from '../platform/postgres.ts';
import type { SubmitOrder } from './submit-order.ts';

/**
 * Makes the transport; `announce` tells the shopper by socket, as the other transports do. A database that goes away may
 * do so during the commit, so the outcome is unknown then.
 */
export function createDirectTransport(deps: {
  placeOrders: PlaceOrders;
  announce: (placed: readonly PlacedOrder[]) => void;
  log: Log;
}): SubmitOrder {
  return async (order) => {
    let results: PlacedOrder[];
    try {
      results = await deps.placeOrders([order]);
    } catch (error) {
      if (!isTransient(error)) throw error;
      deps.log.warn({ err: error, orderId: order.order.id }, 'an order could not be placed now');
      return { kind: 'unknown' };
    }
    deps.announce(results);
    const [placed] = results;
    if (!placed) throw new Error(`placeOrders gave no result for order ${order.order.id}`);
    return { kind: 'resolved', placed };
  };
}
