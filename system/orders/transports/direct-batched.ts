// Transport without a broker that decides orders in the same batches as the kafka transport's consumer would, so that
// an experiment can tell what batching brings from what the broker brings. Why it is built so: README.md.

import type { Log } from '../../platform/diagnostics/log.ts';
import { createGatherer } from '../../platform/gathering/gather.ts';
import { isEnvironmentFault, UnconfirmedCommitError } from '../../platform/postgres/statement-faults.ts';
import type { Waiting } from '../../platform/postgres/waiting.ts';
import type { OrderToPlace, PlacedOrder, PlaceOrders } from '../place-orders.ts';
import type { Submission, Transport, TransportLimits } from './submit-order.ts';

/** What became of an order of a batch; `failed` is a bug that the order alone brings out. */
type Handled = Submission | { kind: 'failed'; error: unknown };

export type DirectBatchedDeps = {
  placeOrders: PlaceOrders;
  announce: (placed: readonly PlacedOrder[]) => void;
  /** Largest batch of one transaction. */
  batchMax: number;
  waiting: Waiting;
  limits: TransportLimits;
  log: Log;
};

/**
 * Makes the transport. As in the topic's partitions, the orders of one customer stand in one lane and stay in their
 * order; each lane has one batch under way. A request is answered when its order is committed: until then nothing of
 * it is safe.
 */
export function createDirectBatchedTransport(deps: DirectBatchedDeps): Transport {
  const { batchMax, limits } = deps;
  const createLane = (index: number) =>
    createGatherer<OrderToPlace, Handled>({
      gatherMs: limits.gatherMs,
      batchMax,
      queueMax: Math.ceil(limits.queueMax / limits.laneCount),
      timeoutMs: limits.timeoutMs,
      prepare: async () => undefined,
      send: (batch) => handle(batch, String(index), deps),
    });
  const lanes = Array.from({ length: limits.laneCount }, (_, index) => createLane(index));
  return {
    async submitOrder(order) {
      const result = await lanes[order.customerId % lanes.length]?.submit(order);
      if (result?.kind === 'unknown') return { kind: 'unknown' };
      if (result?.kind !== 'sent') return { kind: 'refused' };
      if (result.result.kind === 'failed') throw result.result.error;
      return result.result;
    },
    check: async () => deps.waiting.reason(),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** Places a batch; one that fails for another reason than an outage is placed one by one, as the consumer does. */
async function handle(
  batch: readonly OrderToPlace[],
  lane: string,
  deps: DirectBatchedDeps,
): Promise<Handled[]> {
  try {
    const placed = await deps.placeOrders(batch);
    deps.waiting.succeeded(lane);
    deps.announce(placed);
    return placed.map((one) => ({ kind: 'resolved', placed: one }));
  } catch (error) {
    if (isEnvironmentFault(error)) {
      deps.waiting.failed(lane, error);
      const kind = error instanceof UnconfirmedCommitError ? 'unknown' : 'refused';
      return batch.map(() => ({ kind }));
    }
    deps.log.warn({ err: error, orderCount: batch.length }, 'a batch holds an order that is at fault');
    if (batch.length === 1) return [{ kind: 'failed', error }];
  }
  const handled: Handled[] = [];
  for (const order of batch) handled.push(...(await handle([order], lane, deps)));
  return handled;
}
