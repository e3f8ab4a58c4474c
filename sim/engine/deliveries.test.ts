import { expect, test, vi } from 'vitest';
import type { PlannedDelivery } from '../model/deliveries.ts';
import { createDeliveries } from './deliveries.ts';
import { plannedStarts } from './timing/planned-starts.ts';

const delivery = (startMs: number): PlannedDelivery => ({
  kind: 'product',
  startMs,
  product: {
    categoryId: 1,
    name: 'a thing',
    tags: [],
    description: '',
    priceKrw: 100,
    listPriceKrw: 100,
    stockCount: 1,
    registeredAtMs: 0,
  },
});

test('the run is over when the fate of every delivery is known', async () => {
  const ends: (() => void)[] = [];
  const delivered: number[] = [];
  const deliveries = createDeliveries({
    deliver: (_, intendedMs) => {
      delivered.push(intendedMs);
      return new Promise((resolve) => ends.push(resolve));
    },
    failed: (error) => {
      throw error;
    },
  });
  await deliveries.whenIdle();
  deliveries.start(delivery(1), 1);
  deliveries.start(delivery(2), 2);
  const idle = vi.fn();
  const waiting = deliveries.whenIdle().then(idle);
  ends[0]?.();
  await new Promise(setImmediate);
  expect(idle).not.toHaveBeenCalled();
  ends[1]?.();
  await waiting;
  expect(delivered).toEqual([1, 2]);
});

test('a broken assumption of the adapter is told, and so is a shop that has no way for them', async () => {
  for (const deliver of [undefined, () => Promise.reject(new Error('no way for it'))]) {
    const failed = vi.fn();
    const deliveries = createDeliveries({ deliver, failed });
    deliveries.start(delivery(0), 0);
    await deliveries.whenIdle();
    expect(failed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('no way for') }),
    );
  }
});

test('deliveries are started among the sessions, in order of time and within the run', () => {
  const plan = {
    seed: 1,
    candidates: [],
    people: [],
    sessions: [{ index: 0, startMs: 20, personId: 1 }],
    deliveries: [delivery(10), delivery(30), delivery(1_000)],
  };
  const starts = plannedStarts(plan, { leadInMs: 0, durationMs: 1_000 });
  expect(starts.map(({ kind, startMs }) => [kind, startMs])).toEqual([
    ['delivery', 10],
    ['session', 20],
    ['delivery', 30],
  ]);
});
