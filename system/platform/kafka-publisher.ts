// Publishes messages to one topic: acknowledged by all in-sync replicas, without duplicates from retries, in batches.
import { CompressionTypes, type Kafka, Partitioners, type Producer } from 'kafkajs';
import { createGatherer, type Gathered } from './gather.ts';
import type { Log } from './log.ts';

const BATCH_MAX = 500;

export type Publisher<T> = {
  /** Publishes one message; what `not-sent` and `unknown` mean is told at Gathered. */
  publish(item: T): Promise<Gathered>;
  /** null when connected, else in words why not; tries to connect when it is not. */
  check(): Promise<string | null>;
  /** Sends what waits and disconnects. */
  close(): Promise<void>;
};

export type PublisherOptions<T> = {
  kafka: Kafka;
  topic: string;
  /** Called when the message's batch is about to be sent. */
  encode: (item: T) => { key: string; value: string };
  /** How long a message waits for others, in ms. */
  gatherMs: number;
  /** Messages that may wait or be under way; what comes on top is refused. */
  queueMax: number;
  /** After this long a message is answered, sent or not, in ms. */
  timeoutMs: number;
  log: Log;
};

/** Makes a publisher that connects with the first check or message. */
export function createPublisher<T>(options: PublisherOptions<T>): Publisher<T> {
  const { kafka, topic, encode, log } = options;
  let connecting: Promise<Producer> | undefined;

  // An idempotent producer of kafkajs does not recover from a gap in its sequence numbers, so after any failure a new
  // one takes over. That may double a message, which the consumer recognises by its order id.
  function discard(broken: Producer): void {
    connecting = undefined;
    broken.disconnect().catch((error) => log.warn({ err: error }, 'a broken producer did not disconnect'));
  }

  function connected(): Promise<Producer> {
    connecting ??= connect(kafka).catch((error) => {
      connecting = undefined;
      log.warn({ err: error, topic }, 'the publisher could not connect');
      throw error;
    });
    return connecting;
  }

  const gatherer = createGatherer<T>({
    gatherMs: options.gatherMs,
    batchMax: BATCH_MAX,
    queueMax: options.queueMax,
    timeoutMs: options.timeoutMs,
    async prepare() {
      await connected();
    },
    async send(items) {
      const producer = await connected();
      try {
        await producer.send({
          topic,
          acks: -1,
          compression: CompressionTypes.None,
          messages: items.map(encode),
        });
        return items.map(() => undefined);
      } catch (error) {
        log.warn({ err: error, topic, messageCount: items.length }, 'a batch was not confirmed');
        discard(producer);
        throw error;
      }
    },
  });

  return {
    publish: gatherer.submit,
    check: async () => {
      await connected();
      return null;
    },
    async close() {
      await gatherer.close();
      const producer = await connecting?.catch(() => undefined);
      await producer?.disconnect();
    },
  };
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    // Longer than the nine seconds a broker takes to be replaced as leader; whoever waits has been answered by then.
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 14 },
  });
  await producer.connect();
  return producer;
}
