// Transport without a broker: the order is decided within the request, in a transaction of its own.

import { isEnvironmentFault, UnconfirmedCommitError } from '../../platform/postgres/statement-faults.ts';
import type { Waiting } from '../../platform/postgres/waiting.ts';
import type { PlacedOrder, PlaceOrders } from '../place-orders.ts';
import type { Submission, Transport, TransportLimits } from './submit-order.ts';

const LANE = 'direct';

export type DirectDeps = {
  placeOrders: PlaceOrders;
  /** Tells the shoppers by socket, as the other transports do. */
  announce: (placed: readonly PlacedOrder[]) => void;
  waiting: Waiting;
  limits: TransportLimits;
};

/**
 * Makes the transport. Orders that wait for a connection to the database are counted and bounded; the pool itself
 * bounds how long one waits.
 */
export function createDirectTransport({ placeOrders, announce, waiting, limits }: DirectDeps): Transport {
  let openCount = 0;

  async function place(order: Parameters<Transport['submitOrder']>[0]): Promise<Submission> {
    try {
      const [placed] = await placeOrders([order]);
      if (!placed) throw new Error(`placeOrders gave no result for order ${order.order.id}`);
      waiting.succeeded(LANE);
      announce([placed]);
      return { kind: 'resolved', placed };
    } catch (error) {
      if (!isEnvironmentFault(error)) throw error;
      waiting.failed(LANE, error);
      return { kind: error instanceof UnconfirmedCommitError ? 'unknown' : 'refused' };
    }
  }

  return {
    async submitOrder(order) {
      if (openCount >= limits.queueMax) return { kind: 'refused' };
      openCount++;
      try {
        return await place(order);
      } finally {
        openCount--;
      }
    },
    check: async () => waiting.reason(),
    // Each order is answered within its request, and the server waits for those.
    close: async () => undefined,
  };
}
