// Where the rules' consumer begins and when it is ready, at a broker that says what it is told to say.
import type { EachBatchHandler, Kafka } from 'kafkajs';
import { afterEach, expect, it } from 'vitest';
import { encodeBatch } from '../behaviour/transports/behaviour-message.ts';
import type { Batch } from '../behaviour/transports/transport.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { did } from '../recommendations/testing.ts';
import { startRulesConsumer } from './rules-consumer.ts';

const NAMES = namesOf(TOPICS.behaviour, '', TOPICS.behaviour.furtherGroups[1]);
const NOON_MS = Date.parse('2026-03-02T12:00:00+09:00');
const HALF_AN_HOUR_MS = 1_800_000;
/** People are looked at four times a second: a busy machine takes longer than a poll does by itself. */
const LIMIT = { timeout: 30_000 };

let closed = async (): Promise<void> => undefined;
afterEach(() => closed());

/** @param partitions that the group gives this member. */
function start(
  partitions: readonly number[],
  take: (batches: readonly Batch[]) => Promise<void> = async () => undefined,
) {
  const sought: unknown[] = [];
  const joined = Promise.withResolvers<EachBatchHandler>();
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
    async run({ eachBatch }: { eachBatch: EachBatchHandler }) {
      listeners.get('join')?.({ payload: { memberAssignment: { [NAMES.topic]: partitions } } });
      joined.resolve(eachBatch);
    },
    seek: (to: unknown) => sought.push(to),
    disconnect: async () => undefined,
  };
  const running = startRulesConsumer({
    kafka: { admin: () => admin, consumer: () => consumer } as unknown as Kafka,
    prefix: '',
    engine: { take, tick: async () => undefined },
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
  await expect.poll(() => sought, LIMIT).toEqual([{ topic: NAMES.topic, partition: 0, offset: '7' }]);
});

it('is ready when it knows what its people did, and at once where it has none', async () => {
  const { running, joined } = start([0]);
  await joined;
  expect(running.check()).toMatch('not read yet');
  await expect.poll(running.check, LIMIT).toBeNull();
  await running.close();
  const idle = start([]);
  await idle.joined;
  expect(idle.running.check()).toBeNull();
});

/** One message of a partition, as kafkajs gives it; gives the offsets that were committed. */
async function consume(
  eachBatch: EachBatchHandler,
  partition: number,
  customerId: number,
): Promise<string[]> {
  const resolved: string[] = [];
  const action = { ...did('click', 1), customerId, actedAt: new Date(NOON_MS) };
  const { value } = encodeBatch({ customerId, actions: [action], receivedMs: 0 });
  await eachBatch({
    batch: { topic: NAMES.topic, partition, messages: [{ value: Buffer.from(value), offset: '4' }] },
    isRunning: () => true,
    isStale: () => false,
    resolveOffset: (offset: string) => resolved.push(offset),
    heartbeat: async () => undefined,
    commitOffsetsIfNecessary: async () => undefined,
  } as never);
  return resolved;
}

it('what comes of several partitions in one moment is looked at together, and again where that failed', async () => {
  const taken: number[][] = [];
  const { joined } = start([0, 1, 2], async (batches) => {
    taken.push(batches.map(({ customerId }) => customerId));
    if (taken.length === 1) throw new Error('the database is away');
  });
  const eachBatch = await joined;
  const ends = await Promise.all([0, 1, 2].map((partition) => consume(eachBatch, partition, 10 + partition)));
  expect(taken[0]).toEqual([10, 11, 12]);
  expect(taken.slice(1).flat().toSorted()).toEqual([10, 11, 12]);
  expect(ends).toEqual([['4'], ['4'], ['4']]);
});
