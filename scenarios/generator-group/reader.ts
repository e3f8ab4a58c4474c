// Reads one topic as a member of a consumer group for as long as it is wanted: a consumer that crashed is replaced by a new one, which may
// give again what was given before.
import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer, Kafka, PartitionAssigner } from 'kafkajs';
import type { Frame } from './frames.ts';
import { frameOf } from './records.ts';

/** After so long without a heartbeat the broker holds a member for gone. */
export const SESSION_TIMEOUT_MS = 15_000;
const HEARTBEAT_MS = 2_000;
const FETCH_WAIT_MS = 200;
const AGAIN_AFTER_MS = 500;

export type Reader = { close(): Promise<void> };

export type ReaderOptions = {
  kafka: Kafka;
  topic: string;
  group: string;
  onFrame: (frame: Frame) => void;
  /** Told of the partitions that it has from now on. */
  onPartitions?: (partitions: readonly number[]) => void;
  assigner?: PartitionAssigner;
};

/** Begins to read from the beginning of the topic. */
export function createReader(options: ReaderOptions): Reader {
  const closing = new AbortController();
  async function readOn(): Promise<void> {
    while (!closing.signal.aborted) {
      await readUntilCrash(options, closing.signal).catch(() => undefined);
      await wait(AGAIN_AFTER_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }
  const reading = readOn();
  return {
    async close() {
      closing.abort();
      await reading;
    },
  };
}

async function readUntilCrash(options: ReaderOptions, closing: AbortSignal): Promise<void> {
  const { kafka, topic, group, onFrame, onPartitions, assigner } = options;
  const consumer: Consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 8, restartOnFailure: async () => false },
    ...(assigner === undefined ? {} : { partitionAssigners: [assigner] }),
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  // Whoever waits for it comes later than a crash may.
  ended.catch(() => undefined);
  closing.addEventListener('abort', () => resolve(), { once: true });
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
    onPartitions?.(payload.memberAssignment[topic] ?? []),
  );
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        const frame = frameOf(message);
        if (frame !== null) onFrame(frame);
      },
    });
    if (!closing.aborted) await ended;
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
}
