// Asks the broker what was written to the shop's topics and what their consumer groups have committed.
import type { Admin, Kafka } from 'kafkajs';
import { type ConsumerGroup, groupsOf, namesOf, type Topic } from '../../contract/topics.ts';

/** One partition of a topic and the consumer group that reads it. */
export type PartitionRead = {
  topic: string;
  group: string;
  partition: number;
  /** Messages before the group's commit, since the topic's creation. */
  committedCount: number;
  lagCount: number;
};
/** Names are those of the table, without prefix; `writtenCount` counts from the topic's creation. */
export type TopicReading = {
  written: { topic: string; writtenCount: number }[];
  reads: PartitionRead[];
};

/** What is asked of a broker. */
export type TopicReader = Pick<Admin, 'listTopics' | 'fetchTopicOffsets' | 'fetchOffsets'>;

/** Topics that the broker does not have (yet) are left out. */
export async function readTopics(
  broker: TopicReader,
  topics: readonly Topic[],
  prefix: string,
): Promise<TopicReading> {
  const there = new Set(await broker.listTopics());
  const reading: TopicReading = { written: [], reads: [] };
  for (const one of topics) {
    const { topic, deadLetterTopic } = namesOf(one, prefix);
    if (there.has(topic)) {
      const offsets = await broker.fetchTopicOffsets(topic);
      reading.written.push({ topic: one.name, writtenCount: writtenOf(offsets) });
      for (const group of groupsOf(one))
        reading.reads.push(...(await readsOf(broker, one, { prefix, group, offsets })));
    }
    if (there.has(deadLetterTopic)) {
      const offsets = await broker.fetchTopicOffsets(deadLetterTopic);
      reading.written.push({ topic: one.deadLetterTopic, writtenCount: writtenOf(offsets) });
    }
  }
  return reading;
}

type Offsets = Awaited<ReturnType<TopicReader['fetchTopicOffsets']>>;

const writtenOf = (offsets: Offsets) => offsets.reduce((sum, { high }) => sum + Number(high), 0);

/** Of a further group nothing is told before its first commit: where its role does not run nobody is behind. */
async function readsOf(
  broker: TopicReader,
  of: Topic,
  { prefix, group, offsets }: { prefix: string; group: ConsumerGroup; offsets: Offsets },
): Promise<PartitionRead[]> {
  const { topic, consumerGroup } = namesOf(of, prefix, group);
  const committed = await broker.fetchOffsets({ groupId: consumerGroup, topics: [topic] });
  const partitions = committed.flatMap((entry) => entry.partitions);
  const next = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  if (group !== of && ![...next.values()].some((offset) => offset >= 0)) return [];
  return offsets.map(({ partition, high, low }) => {
    // A partition without a commit has offset −1; what retention took away is not waited for.
    const committedCount = Math.max(next.get(partition) ?? -1, Number(low));
    const lagCount = Math.max(0, Number(high) - committedCount);
    return { topic: of.name, group: group.consumerGroup, partition, committedCount, lagCount };
  });
}

/** Asks the broker over a connection of its own, which opens at the first question. */
export function createTopicReading(deps: { kafka: Kafka; topics: readonly Topic[]; prefix: string }): {
  read(): Promise<TopicReading>;
  close(): Promise<void>;
} {
  let connected: Promise<Admin> | undefined;
  const connect = async (): Promise<Admin> => {
    const admin = deps.kafka.admin({ retry: { retries: 1 } });
    await admin.connect();
    return admin;
  };
  return {
    async read() {
      connected ??= connect();
      try {
        return await readTopics(await connected, deps.topics, deps.prefix);
      } catch (error) {
        const broken = connected;
        connected = undefined;
        // The next question opens a new connection.
        void broken.then((admin) => admin.disconnect()).catch(() => undefined);
        throw error;
      }
    },
    async close() {
      await connected?.then((admin) => admin.disconnect()).catch(() => undefined);
    },
  };
}
