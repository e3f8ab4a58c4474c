// Sends records to one topic in the order in which they were put in, over whatever the brokers go through: what was not confirmed is sent
// again, and whoever receives knows what came twice.
import { setTimeout as wait } from 'node:timers/promises';
import { type Kafka, type Message, Partitioners, type Producer } from 'kafkajs';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';

/** Brokers that are started anew are back sooner. */
export const GIVE_UP_AFTER_MS = 60_000;
const AGAIN_AFTER_MS = 500;
/** Records of one request: some hundred KB, below what a broker takes. */
const BYTES_AT_ONCE = 600_000;

export type Outbox = {
  put(records: readonly Message[]): void;
  /** Resolves when all is confirmed that was put in; rejects as `failed` does. */
  flushed(): Promise<void>;
  /** Rejects when the brokers took nothing for a minute. */
  failed: Promise<never>;
  /** Leaves what is not sent. */
  close(): Promise<void>;
};

type SendBatch = (records: readonly Message[]) => Promise<void>;

/** @param connect gives a way to send, or rejects; asked again after each failure */
export function createOutbox(
  connect: () => Promise<{ send: SendBatch; close: () => Promise<void> }>,
  clock: { nowMs: () => number; again: (signal: AbortSignal) => Promise<void> } = realClock,
): Outbox {
  const waiting: Message[] = [];
  const closing = new AbortController();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  let working: Promise<void> | null = null;
  let connection: Awaited<ReturnType<typeof connect>> | null = null;

  async function letGo(): Promise<void> {
    const before = connection;
    connection = null;
    await before?.close().catch(() => undefined);
  }

  async function work(): Promise<void> {
    let lastGoodMs = clock.nowMs();
    while (waiting.length > 0 && !closing.signal.aborted) {
      const batch = firstOf(waiting);
      try {
        connection ??= await connect();
        await connection.send(batch);
        waiting.splice(0, batch.length);
        lastGoodMs = clock.nowMs();
      } catch (cause) {
        await letGo();
        if (clock.nowMs() - lastGoodMs >= GIVE_UP_AFTER_MS) {
          const error = new Error(
            `Kafka took nothing for ${GIVE_UP_AFTER_MS / 1_000} s (${wordsOf(cause)}); needed: brokers that answer`,
            { cause },
          );
          failure.reject(error);
          throw error;
        }
        await clock.again(closing.signal);
      }
    }
    working = null;
  }

  return {
    put(records) {
      if (records.length === 0) return;
      waiting.push(...records);
      working ??= work();
      // Told by `failed` and `flushed`.
      working.catch(() => undefined);
    },
    async flushed() {
      while (working !== null && !closing.signal.aborted) await working;
    },
    failed: failure.promise,
    async close() {
      closing.abort();
      await working?.catch(() => undefined);
      await letGo();
    },
  };
}

const realClock = {
  nowMs: () => performance.now(),
  again: (signal: AbortSignal) => wait(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined),
};

/** As many from the front as go together, at least one. */
function firstOf(records: readonly Message[]): Message[] {
  let bytes = 0;
  const past = records.findIndex(({ value }, index) => {
    bytes += value?.length ?? 0;
    return index > 0 && bytes > BYTES_AT_ONCE;
  });
  return records.slice(0, past === -1 ? records.length : past);
}

/** The same to a topic of Kafka. */
export function createKafkaOutbox(kafka: Kafka, topic: string): Outbox {
  return createOutbox(async () => {
    const producer: Producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 2 },
    });
    await producer.connect();
    return {
      send: async (records) => void (await producer.send({ topic, acks: -1, messages: [...records] })),
      close: () => producer.disconnect(),
    };
  });
}
