// How what is written reaches the counters: gathered, in order, and without anybody waiting.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { testLog } from '../platform/testing.ts';
import { countPeopleOf } from './count-people.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counting(outcome: () => Promise<unknown> = async () => null) {
  const sent: unknown[][] = [];
  const clock = fixedClock('2026-03-02T11:00:00Z');
  const redis = {
    eval: (_script: string, _keyCount: number, ...values: unknown[]) => {
      sent.push(values);
      return outcome();
    },
  };
  const process = {
    channels: redis as never,
    config: { redisKeyPrefix: 'shop:' },
    clock,
    log: testLog,
  };
  return { countPeople: countPeopleOf(process), ofProcess: () => countPeopleOf(process), clock, sent };
}

test('what happens within a moment goes together, in order, with the time of the first', async () => {
  const { countPeople, clock, sent } = counting();
  clock.advance(100);
  countPeople.putInCart(7, 1);
  clock.advance(10);
  countPeople.bought([
    { customerId: 7, productIds: [1, 2], isNew: true },
    { customerId: 8, productIds: [3], isNew: false },
  ]);
  countPeople.cancelled([3]);
  countPeople.tookOutOfCart(9, []);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(50);
  const [putMs, boughtMs] = [clock.now().getTime() - 10, clock.now().getTime()];
  const changes = [
    ['+', 'inCart:1', 7, putMs],
    ['+', 'bought:1', 7, boughtMs],
    ['+', 'bought:2', 7, boughtMs],
    ['-', 'inCart:1', 7, boughtMs],
    ['-', 'inCart:2', 7, boughtMs],
    ['+', 'bought:3', 8, boughtMs],
    ['?', 'bought:3', '', boughtMs],
  ];
  expect(sent).toEqual([['shop:counters:', 100, 10_000, ...changes.flat()]]);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(1);
});

test('carts and orders of one process tell by the same one, in the order in which they were written', () => {
  const { countPeople, ofProcess, sent } = counting();
  countPeople.putInCart(7, 1);
  ofProcess().bought([{ customerId: 7, productIds: [1], isNew: true }]);
  vi.advanceTimersByTime(50);
  expect(sent).toHaveLength(1);
});

test('many go at once, and what still waits goes when the process ends', async () => {
  const { countPeople, sent } = counting();
  for (let customerId = 1; customerId <= 501; customerId += 1) countPeople.putInCart(customerId, 1);
  expect(sent).toHaveLength(1);
  await countPeople.settled();
  expect(sent.map(({ length }) => (length - 3) / 4)).toEqual([500, 1]);
});

test('a Redis that is away stops nobody', async () => {
  const { countPeople, sent } = counting(async () => {
    throw new Error('away');
  });
  countPeople.putInCart(1, 1);
  await expect(countPeople.settled()).resolves.toBeUndefined();
  countPeople.putInCart(2, 1);
  await countPeople.settled();
  expect(sent).toHaveLength(2);
});
