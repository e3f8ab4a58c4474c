// Publishes messages to one topic: acknowledged by all in-sync replicas, without duplicates from retries, in batches.
import { CompressionTypes, type Kafka, Partitioners, type Producer, type RecordMetadata } from 'kafkajs';
import type { Log } from '../diagnostics/log.ts';
import { createGatherer, type Gathered } from '../gathering/gather.ts';

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
  const partitions: PartitionOfMessage = new WeakMap();
  let connecting: Promise<Producer> | undefined;

  // An idempotent producer of kafkajs does not recover from a gap in its sequence numbers, so after any failure a new
  // one takes over. That may double a message, which the consumer recognises by its order id.
  function discard(broken: Producer): void {
    connecting = undefined;
    broken.disconnect().catch((error) => log.warn({ err: error }, 'a broken producer did not disconnect'));
  }

  function connected(): Promise<Producer> {
    connecting ??= connect(kafka, partitions).catch((error) => {
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
      const messages = items.map(encode);
      try {
        const confirmed = await producer.send({
          topic,
          acks: -1,
          compression: CompressionTypes.None,
          messages,
        });
        const unconfirmedCount = countUnconfirmed(
          messages.map((message) => partitions.get(message)),
          confirmed,
        );
        if (unconfirmedCount > 0)
          throw new Error(`${unconfirmedCount} of ${messages.length} messages were not confirmed`);
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

/** Which partition a message was meant for. */
type PartitionOfMessage = WeakMap<object, number>;

/**
 * How many messages went to partitions of which the answers say nothing. A batch goes to several leaders at once, and when
 * one leader has confirmed its part and then takes a partition over from another one that failed, kafkajs holds that
 * partition for done: it resolves and never sends the rest.
 */
export function countUnconfirmed(
  partitions: readonly (number | undefined)[],
  confirmed: readonly Pick<RecordMetadata, 'partition' | 'errorCode'>[],
): number {
  const done = new Set(
    confirmed.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition),
  );
  return partitions.filter((partition) => partition === undefined || !done.has(partition)).length;
}

async function connect(kafka: Kafka, partitions: PartitionOfMessage): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: () => {
      const choose = Partitioners.DefaultPartitioner();
      return (asked) => {
        const partition = choose(asked);
        partitions.set(asked.message, partition);
        return partition;
      };
    },
    allowAutoTopicCreation: false,
    // Longer than the nine seconds a broker takes to be replaced as leader; whoever waits has been answered by then.
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 14 },
  });
  await producer.connect();
  return producer;
}
