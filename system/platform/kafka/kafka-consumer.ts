// Consumes one topic in batches: handled first, offset committed after. Messages that cannot be understood, or that are
// themselves at fault, go to the dead-letter topic; whatever else fails is waited for.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { TopicNames } from '../../contract/topics.ts';
import type { Log } from '../diagnostics/log.ts';
import { handleBatch, type Understood } from './kafka-batches.ts';
import { createDeadLetters, type DeadLetters } from './kafka-dead-letters.ts';

const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 2_000;
// Also how long a stop waits for an open fetch.
const FETCH_WAIT_MS = 500;
const COMMIT_EVERY_MS = 1_000;
const RESTART_WAIT_MS = 1_000;
const WAIT_STEP_MS = 500;

export type BatchConsumer = {
  /** Begins to consume and keeps doing so until close(); resolves at once. */
  start(): void;
  /** null when the group has given this member its partitions, else in words why not. */
  check(): string | null;
  /** Finishes the batch under way, leaves the group and disconnects. */
  close(): Promise<void>;
};

export type PartitionOffset = { partition: number; offset: string };

export type BatchConsumerOptions<T> = {
  kafka: Kafka;
  names: TopicNames;
  /** Batches of different partitions that may be under way at the same time. */
  partitionsAtOnce: number;
  /** Largest batch given to `handle`. */
  batchMax: number;
  /** Reads a message at the boundary; throws when it is not one. */
  parse: (value: Buffer | null) => T;
  /**
   * Where the group is to begin, asked for at each start; none where it goes on from where it was. Left out: it always does, and reads a
   * topic of which it has read nothing from its beginning.
   */
  beginAt?: () => Promise<readonly PartitionOffset[]>;
  /** Handles items in order, all or none; `consumedMs` is when the broker's batch arrived. */
  handle: (items: T[], consumedMs: number) => Promise<void>;
  /** Whether an error of `handle` is the fault of what a message holds; any other is waited out. */
  isMessageFault: (error: unknown) => boolean;
  /** An attempt on a batch of this partition failed for another cause, or succeeded. */
  waiting: { failed(lane: string, error: unknown): void; succeeded(lane: string): void };
  monotonicMs: () => number;
  onDeadLetter: () => void;
  /** Told of the partitions that this member has from now on, before it is given anything of them; each time the group is divided anew. */
  onPartitions?: (partitions: readonly number[]) => void;
  log: Log;
};

/** Makes a consumer of a group that reads a topic, from its beginning when it has no offset yet and `beginAt` names none. */
export function createBatchConsumer<T>(options: BatchConsumerOptions<T>): BatchConsumer {
  const { kafka, log } = options;
  const { topic, deadLetterTopic } = options.names;
  const deadLetters = createDeadLetters({ kafka, sourceTopic: topic, topic: deadLetterTopic });
  const membership = { holdsPartitions: false };
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  // A crashed consumer of kafkajs has nobody to tell: it is replaced by a new one until this one is closed.
  async function runForever(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await runUntilCrash(options, deadLetters, membership, closing.signal);
      } catch (error) {
        log.warn({ err: error, topic }, 'the consumer begins anew');
        await sleep(RESTART_WAIT_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  return {
    start() {
      running ??= runForever();
    },
    check: () =>
      membership.holdsPartitions ? null : `no partitions of topic ${topic} have been assigned yet`,
    async close() {
      closing.abort();
      await running;
      await deadLetters.close();
    },
  };
}

/** Resolves after an orderly stop, rejects when the consumer could not start or crashed. */
async function runUntilCrash<T>(
  options: BatchConsumerOptions<T>,
  deadLetters: DeadLetters,
  membership: { holdsPartitions: boolean },
  closing: AbortSignal,
): Promise<void> {
  const consumer = options.kafka.consumer({
    groupId: options.names.consumerGroup,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 10, restartOnFailure: async () => false },
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => resolve();
  closing.addEventListener('abort', stop, { once: true });
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    membership.holdsPartitions = true;
    options.onPartitions?.(payload.memberAssignment[options.names.topic] ?? []);
  });
  consumer.on(consumer.events.REBALANCING, () => {
    membership.holdsPartitions = false;
  });
  try {
    const { topic } = options.names;
    const beginnings = (await options.beginAt?.()) ?? [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const joining = consumer.run({
      eachBatchAutoResolve: false,
      autoCommitInterval: COMMIT_EVERY_MS,
      partitionsConsumedConcurrently: options.partitionsAtOnce,
      eachBatch: (payload) => consumeBatch(payload, options, deadLetters),
    });
    // Known before the group is joined, so that nothing is fetched from elsewhere first.
    for (const beginning of beginnings) consumer.seek({ topic, ...beginning });
    await joining;
    await ended;
  } finally {
    membership.holdsPartitions = false;
    closing.removeEventListener('abort', stop);
    // Waits for the batch under way, commits its offset and leaves the group.
    await consumer.disconnect();
  }
}

async function consumeBatch<T>(
  payload: EachBatchPayload,
  options: BatchConsumerOptions<T>,
  deadLetters: DeadLetters,
): Promise<void> {
  const { batch, isRunning, isStale, resolveOffset, heartbeat, commitOffsetsIfNecessary } = payload;
  const consumedMs = options.monotonicMs();
  const lane = String(batch.partition);
  const goesOn = () => isRunning() && !isStale();
  for (let start = 0; start < batch.messages.length && goesOn(); start += options.batchMax) {
    const messages = batch.messages.slice(start, start + options.batchMax);
    const entries = messages.map((message) => understand(message, options.parse));
    const done = await whileBeating(heartbeat, () =>
      handleBatch(entries, {
        handle: (items) => options.handle(items, consumedMs),
        setAside: async (message, error) => {
          await deadLetters.put(batch.partition, message, error);
          options.onDeadLetter();
          const { partition, topic } = batch;
          options.log.error(
            { err: error, topic, partition, offset: message.offset },
            'a message was set aside',
          );
        },
        isMessageFault: options.isMessageFault,
        wait: (durationMs) => waitWhile(goesOn, durationMs),
        onMessageFault: (error, attempt) =>
          options.log.warn({ err: error, attempt }, 'a batch holds a message that is at fault'),
        onOutage: (error) => options.waiting.failed(lane, error),
      }),
    );
    if (!done) return;
    options.waiting.succeeded(lane);
    resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
    await commitOffsetsIfNecessary();
  }
}

function understand<T>(
  message: KafkaMessage,
  parse: (value: Buffer | null) => T,
): Understood<KafkaMessage, T> {
  try {
    return { kind: 'valid', message, item: parse(message.value) };
  } catch (error) {
    return { kind: 'invalid', message, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

// Heartbeats go on while the work takes its time; one that fails (a rebalance) is reported after the work, so that
// nothing is cut off in the middle.
async function whileBeating<R>(heartbeat: () => Promise<void>, work: () => Promise<R>): Promise<R> {
  let failure: unknown;
  const timer = setInterval(() => {
    heartbeat().catch((error) => {
      failure ??= error;
    });
  }, HEARTBEAT_MS);
  try {
    const result = await work();
    if (failure === undefined) await heartbeat();
    if (failure !== undefined) throw failure;
    return result;
  } finally {
    clearInterval(timer);
  }
}

async function waitWhile(goesOn: () => boolean, durationMs: number): Promise<boolean> {
  for (let leftMs = durationMs; leftMs > 0 && goesOn(); leftMs -= WAIT_STEP_MS)
    await sleep(Math.min(leftMs, WAIT_STEP_MS));
  return goesOn();
}
