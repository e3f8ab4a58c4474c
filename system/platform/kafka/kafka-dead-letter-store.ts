// What an operator can do with a dead-letter topic: read what is open, publish a message again, mark it as done. The
// topic itself keeps which ones are done: a mark is a message without a value in the same partition that names an
// offset. A beginning of the topic that is done altogether is deleted, so that it stays short.
import { randomBytes } from 'node:crypto';
import { type Admin, type IHeaders, type Kafka, type KafkaMessage, Partitioners } from 'kafkajs';

const DONE_HEADER = 'dead-letter-done';
const OWN_HEADERS = new Set(['error', 'source-topic', 'source-partition', 'source-offset', DONE_HEADER]);

/** A message that could not be handled; `partition` and `offset` are its place among the dead letters. */
export type DeadLetter = {
  partition: number;
  offset: string;
  time: Date;
  error: string;
  /** `partition:offset` that it had in its topic. */
  source: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: IHeaders;
};

export type DeadLetterStore = {
  /** The open dead letters, oldest first. */
  list(): Promise<DeadLetter[]>;
  /** Publishes a dead letter to its topic again and marks it. Interrupted in between it stays open and may come twice. */
  retry(letter: DeadLetter): Promise<void>;
  /** Marks a dead letter as done. Doing so again changes nothing. */
  drop(letter: DeadLetter): Promise<void>;
  /** Deletes the beginning of each partition in which nothing is open. */
  trim(): Promise<void>;
  close(): Promise<void>;
};

type Span = { partition: number; low: bigint; high: bigint };

/** Opens the dead letters of a topic. @throws Error when the broker does not answer or has no such topic. */
export async function openDeadLetters(options: {
  kafka: Kafka;
  topic: string;
  deadLetterTopic: string;
}): Promise<DeadLetterStore> {
  const { kafka, topic, deadLetterTopic } = options;
  const admin = kafka.admin();
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await admin.connect();
  const topics = await admin.listTopics();
  if (!topics.includes(deadLetterTopic)) {
    await admin.disconnect();
    throw new Error(`there is no topic ${deadLetterTopic}; found ${topics.join(', ') || 'none'}`);
  }
  await producer.connect();

  async function markDone({ partition, offset }: DeadLetter): Promise<void> {
    const mark = { partition, key: null, value: null, headers: { [DONE_HEADER]: offset } };
    await producer.send({ topic: deadLetterTopic, acks: -1, messages: [mark] });
  }

  async function read(): Promise<{ spans: Span[]; open: DeadLetter[] }> {
    const spans = await readSpans(admin, deadLetterTopic);
    const open = openOnes(await readMessages({ kafka, admin, topic: deadLetterTopic, spans }));
    return { spans, open };
  }

  return {
    async list() {
      const { open } = await read();
      return open.sort((a, b) => a.time.getTime() - b.time.getTime());
    },
    async retry(letter) {
      const { key, value } = letter;
      const headers = Object.fromEntries(
        Object.entries(letter.headers).filter(([name]) => !OWN_HEADERS.has(name)),
      );
      await producer.send({ topic, acks: -1, messages: [{ key, value, headers }] });
      await markDone(letter);
    },
    drop: markDone,
    async trim() {
      const { spans, open } = await read();
      const partitions = spans.flatMap(({ partition, low, high }) => {
        const offsets = open
          .filter((letter) => letter.partition === partition)
          .map(({ offset }) => BigInt(offset));
        const first = offsets.reduce((least, offset) => (offset < least ? offset : least), high);
        return first > low ? [{ partition, offset: String(first) }] : [];
      });
      if (partitions.length > 0) await admin.deleteTopicRecords({ topic: deadLetterTopic, partitions });
    },
    async close() {
      await producer.disconnect();
      await admin.disconnect();
    },
  };
}

async function readSpans(admin: Admin, topic: string): Promise<Span[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }));
}

type Read = { partition: number; message: KafkaMessage };

/** Every message within the spans, by a consumer group of its own that leaves nothing behind. */
async function readMessages(source: {
  kafka: Kafka;
  admin: Admin;
  topic: string;
  spans: Span[];
}): Promise<Read[]> {
  const { kafka, admin, topic } = source;
  const unread = new Map(
    source.spans.filter(({ low, high }) => low < high).map((span) => [span.partition, span.high]),
  );
  if (unread.size === 0) return [];
  const groupId = `${topic}.reader-${randomBytes(6).toString('hex')}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, allowAutoTopicCreation: false });
  const found: Read[] = [];
  const { promise: end, resolve, reject } = Promise.withResolvers<void>();
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const { partition } = batch;
        const high = unread.get(partition);
        if (high === undefined) return;
        for (const message of batch.messages)
          if (BigInt(message.offset) < high) found.push({ partition, message });
        if (BigInt(batch.lastOffset()) + 1n >= high) unread.delete(partition);
        if (unread.size === 0) resolve();
      },
    });
    await end;
  } finally {
    await consumer.disconnect();
  }
  await admin.deleteGroups([groupId]);
  return found;
}

/** Leaves out the marks and what they mark. */
function openOnes(messages: readonly Read[]): DeadLetter[] {
  const done = new Set<string>();
  for (const { partition, message } of messages) {
    const marked = message.headers?.[DONE_HEADER];
    if (marked !== undefined) done.add(`${partition}:${marked}`);
  }
  return messages
    .filter(({ partition, message }) => {
      return message.headers?.[DONE_HEADER] === undefined && !done.has(`${partition}:${message.offset}`);
    })
    .map(({ partition, message }) => deadLetterOf(partition, message));
}

function deadLetterOf(partition: number, message: KafkaMessage): DeadLetter {
  const { key, value, offset, headers = {} } = message;
  return {
    partition,
    offset,
    time: new Date(Number(message.timestamp)),
    error: String(headers.error ?? 'unknown'),
    source: `${headers['source-partition'] ?? '?'}:${headers['source-offset'] ?? '?'}`,
    key,
    value,
    headers,
  };
}
