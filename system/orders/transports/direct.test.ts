import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { UnconfirmedCommitError } from '../../platform/postgres/statement-faults.ts';
import { testLog } from '../../platform/testing.ts';
import type { OrderToPlace, PlacedOrder, PlaceOrders } from '../place-orders.ts';
import { orderBody, orderToPlace } from '../testing.ts';
import { createDirectTransport } from './direct.ts';
import { createDirectBatchedTransport } from './direct-batched.ts';
import type { Submission } from './submit-order.ts';

const OUTAGE = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const limits = { gatherMs: 0, queueMax: 3, timeoutMs: 1_000, laneCount: 1 };
const placed = ({ customerId, order }: OrderToPlace): PlacedOrder => ({
  kind: 'conflict',
  customerId,
  orderId: order.id,
  reason: 'order-id-taken',
});
const order = (customerId = 1) => orderToPlace(customerId, orderBody([1]), new Date(0));

/** Both transports over the same `placeOrders`; announcements and batches are recorded. */
function transportsOver(place: PlaceOrders, changes: Partial<typeof limits> = {}) {
  const batches: number[] = [];
  const announced: PlacedOrder[] = [];
  const waited: unknown[] = [];
  const deps = {
    placeOrders: async (batch: readonly OrderToPlace[]) => {
      batches.push(batch.length);
      return place(batch);
    },
    announce: (results: readonly PlacedOrder[]) => announced.push(...results),
    batchMax: 200,
    waiting: {
      failed: (_lane: string, error: unknown) => void waited.push(error),
      succeeded: () => undefined,
      reason: () => null,
    },
    limits: { ...limits, ...changes },
    log: testLog,
  };
  return {
    direct: createDirectTransport(deps),
    batched: createDirectBatchedTransport(deps),
    batches,
    announced,
    waited,
  };
}
const kinds = (submissions: readonly Submission[]) => submissions.map(({ kind }) => kind);

describe.each(['direct', 'batched'] as const)('the %s transport', (name) => {
  it('answers with the outcome and announces it', async () => {
    const transports = transportsOver(async (batch) => batch.map(placed));
    const one = order();
    expect(await transports[name].submitOrder(one)).toEqual({ kind: 'resolved', placed: placed(one) });
    expect(transports.announced).toEqual([placed(one)]);
  });

  it.each(['25006', '28P01', '42P01', '42501', '26000'])(
    'refuses while the database refuses its service with %s, whatever else is wrong with it',
    async (code) => {
      const refusal = Object.assign(new pg.DatabaseError('no', 0, 'error'), { code });
      const transports = transportsOver(() => Promise.reject(refusal));
      expect(await transports[name].submitOrder(order())).toEqual({ kind: 'refused' });
      expect(transports.waited).toEqual([refusal]);
    },
  );

  it('refuses when the database is away, and does not know after a commit that was not confirmed', async () => {
    const errors: Error[] = [OUTAGE, new UnconfirmedCommitError(OUTAGE)];
    const transports = transportsOver(() => Promise.reject(errors.shift()));
    expect(await transports[name].submitOrder(order())).toEqual({ kind: 'refused' });
    expect(await transports[name].submitOrder(order())).toEqual({ kind: 'unknown' });
    expect(transports.announced).toEqual([]);
  });

  it('lets a bug through as an error', async () => {
    const transports = transportsOver(() => Promise.reject(new Error('bug')));
    await expect(transports[name].submitOrder(order())).rejects.toThrow('bug');
  });

  it('refuses what its queue does not hold and takes orders again afterwards', async () => {
    const gate = Promise.withResolvers<void>();
    const transports = transportsOver(async (batch) => {
      await gate.promise;
      return batch.map(placed);
    });
    const submissions = Array.from({ length: 5 }, () => transports[name].submitOrder(order()));
    expect(await Promise.all(submissions.slice(3))).toEqual([{ kind: 'refused' }, { kind: 'refused' }]);
    gate.resolve();
    expect(kinds(await Promise.all(submissions.slice(0, 3)))).toEqual(['resolved', 'resolved', 'resolved']);
    expect(await transports[name].submitOrder(order())).toMatchObject({ kind: 'resolved' });
  });
});

describe('the batched transport', () => {
  it('places what comes at the same time in one transaction for each lane', async () => {
    const { batched, batches } = transportsOver(async (batch) => batch.map(placed), {
      laneCount: 3,
      queueMax: 100,
    });
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((customerId) => batched.submitOrder(order(customerId))));
    expect(batches.sort()).toEqual([2, 2, 3]);
  });

  it('places an order that brings out a bug apart from the others of its batch', async () => {
    const [good, bad, also] = [order(1), order(2), order(3)];
    const { batched, batches } = transportsOver(async (batch) => {
      if (batch.includes(bad!)) throw new Error('bug');
      return batch.map(placed);
    });
    const results = await Promise.allSettled([good!, bad!, also!].map(batched.submitOrder));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([3, 1, 1, 1]);
  });

  it('places what waits before it closes and refuses what comes after', async () => {
    const { batched } = transportsOver(async (batch) => batch.map(placed), { gatherMs: 60_000 });
    const waiting = batched.submitOrder(order());
    await batched.close();
    expect(await waiting).toMatchObject({ kind: 'resolved' });
    expect(await batched.submitOrder(order())).toEqual({ kind: 'refused' });
  });
});
