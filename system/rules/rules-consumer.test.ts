// Where the rules' consumer begins and when it is ready, at a broker that says what it is told to say.
import type { Kafka } from 'kafkajs';
import { afterEach, expect, it } from 'vitest';
import { namesOf, TOPICS } from '../contract/topics.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { startRulesConsumer } from './rules-consumer.ts';

const NAMES = namesOf(TOPICS.behaviour, '', TOPICS.behaviour.furtherGroups[1]);
const NOON_MS = Date.parse('2026-03-02T12:00:00+09:00');
const HALF_AN_HOUR_MS = 1_800_000;

let closed = async (): Promise<void> => undefined;
afterEach(() => closed());

/** @param partitions that the group gives this member. */
function start(partitions: readonly number[]) {
  const sought: unknown[] = [];
  const joined = Promise.withResolvers<void>();
  const admin = {
    connect: async () => undefined,
    disconnect: async () => undefined,
    fetchOffsets: async () => [{ topic: NAMES.topic, partitions: [{ partition: 0, offset: '-1' }] }],
    fetchTopicOffsetsByTimestamp: async (_: string, sinceMs: number) => [
      { partition: 0, offset: sinceMs === NOON_MS - HALF_AN_HOUR_MS ? '7' : '0' },
    ],
  };
  const listeners = new Map<string, (event: unknown) => void>();
  const consumer = {
    events: { CRASH: 'crash', GROUP_JOIN: 'join', REBALANCING: 'rebalancing' },
    on: (event: string, listener: (event: unknown) => void) => listeners.set(event, listener),
    connect: async () => undefined,
    subscribe: async () => undefined,
    async run() {
      listeners.get('join')?.({ payload: { memberAssignment: { [NAMES.topic]: partitions } } });
      joined.resolve();
    },
    seek: (to: unknown) => sought.push(to),
    disconnect: async () => undefined,
  };
  const running = startRulesConsumer({
    kafka: { admin: () => admin, consumer: () => consumer } as unknown as Kafka,
    prefix: '',
    engine: { take: async () => undefined, tick: async () => undefined },
    learnAnew: async () => undefined,
    metrics: {
      taken: () => undefined,
      given: () => undefined,
      pushFailed: () => undefined,
      unreadable: () => undefined,
      watch: () => undefined,
      waited: () => undefined,
      watchWaiting: () => undefined,
    },
    waiting: { failed: () => undefined, succeeded: () => undefined, reason: () => null },
    monotonicMs: () => performance.now(),
    wallMs: () => NOON_MS,
    log: createLog({ level: 'silent', name: 'test' }),
  });
  closed = running.close;
  return { running, sought, joined: joined.promise };
}

it('begins with what came in the last half hour where its group has read nothing yet', async () => {
  const { sought, joined } = start([0]);
  await joined;
  await expect.poll(() => sought).toEqual([{ topic: NAMES.topic, partition: 0, offset: '7' }]);
});

it('is ready when it knows what its people did, and at once where it has none', async () => {
  const { running, joined } = start([0]);
  await joined;
  expect(running.check()).toMatch('not read yet');
  await expect.poll(running.check).toBeNull();
  await running.close();
  const idle = start([]);
  await idle.joined;
  expect(idle.running.check()).toBeNull();
});
