// The place for messages that cannot be handled: their topic's dead-letter topic, unchanged, with the reason in headers.
import { type Kafka, type KafkaMessage, Partitioners, type Producer } from 'kafkajs';

const MAX_REASON_LENGTH = 1_000;

export type DeadLetters = {
  /** Stores a message with its reason; resolves when all in-sync replicas have it. */
  put(partition: number, message: KafkaMessage, error: Error): Promise<void>;
  close(): Promise<void>;
};

/** Makes the dead letters of one topic; connects with the first message put there. */
export function createDeadLetters(options: {
  kafka: Kafka;
  sourceTopic: string;
  topic: string;
}): DeadLetters {
  let connecting: Promise<Producer> | undefined;

  async function connect(): Promise<Producer> {
    const producer = options.kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    return producer;
  }

  return {
    async put(partition, message, error) {
      connecting ??= connect().catch((failure) => {
        connecting = undefined;
        throw failure;
      });
      const producer = await connecting;
      const headers = {
        ...message.headers,
        error: `${error.name}: ${error.message}`.slice(0, MAX_REASON_LENGTH),
        'source-topic': options.sourceTopic,
        'source-partition': String(partition),
        'source-offset': message.offset,
      };
      const { key, value } = message;
      await producer.send({ topic: options.topic, acks: -1, messages: [{ key, value, headers }] });
    },
    async close() {
      const producer = await connecting?.catch(() => undefined);
      await producer?.disconnect();
    },
  };
}
