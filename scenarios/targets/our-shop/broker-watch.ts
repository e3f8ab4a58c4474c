// What the broker knows of a run, for each topic in use: how far its consumer group is behind, whether all was committed,
// what was given up.
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { kafkaAccess } from '../../../deploy/local/services/judging/kafka-access.ts';
import { ALL_TOPICS, namesOf, type Topic } from '../../../system/contract/topics.ts';
import type { BrokerFacts, TopicFacts } from '../../audit/rules/rule.ts';
import { deleteGroups, FORGOTTEN_WITHIN_MS } from './consumer-groups.ts';

export type BrokerWatch = {
  /**
   * Of every topic of the table that the broker has. One that was seen stays in use: a broker that has lost it gives no
   * facts rather than facts without it.
   */
  facts(): Promise<BrokerFacts>;
  /** Deletes the run's topics and consumer groups: all that start with its prefix. */
  removeAll(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Connects to the broker as an observer of the topics and groups with this prefix, which must not be empty; signs in and
 * encrypts as KAFKA_BROKERS' companions in the environment say. `topics`: the table, without prefix.
 */
export async function watchBroker(
  brokers: readonly string[],
  prefix: string,
  options: { access?: ReturnType<typeof kafkaAccess>; topics?: readonly Topic[] } = {},
): Promise<BrokerWatch> {
  const { access = kafkaAccess(), topics = ALL_TOPICS } = options;
  if (prefix === '') throw new Error('A run’s topics need a prefix; an empty one would match everybody’s.');
  const kafka = new Kafka({
    ...access,
    clientId: 'rehearsal',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  const inUse = new Set<Topic>();
  let isRemoved = false;
  return {
    async facts() {
      // Asking for a topic makes it where the broker is set so.
      if (isRemoved)
        throw new Error(`The topics ${prefix}* were removed; nothing is known of them any more.`);
      const there = new Set(await admin.listTopics());
      for (const topic of topics) if (there.has(namesOf(topic, prefix).topic)) inUse.add(topic);
      const watched = topics.filter((topic) => inUse.has(topic));
      return { topics: await Promise.all(watched.map((topic) => factsOf(admin, topic, prefix))) };
    },
    async removeAll() {
      isRemoved = true;
      const ownTopics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (ownTopics.length > 0) await admin.deleteTopics({ topics: ownTopics });
      const { groups } = await admin.listGroups();
      const ours = groups.map((group) => group.groupId).filter((group) => group.startsWith(prefix));
      const left = await deleteGroups(admin, ours, FORGOTTEN_WITHIN_MS);
      if (left.length > 0) throw new Error(`Kafka still counts members of ${left.join(', ')}`);
    },
    close: () => admin.disconnect(),
  };
}

async function factsOf(admin: Admin, of: Topic, prefix: string): Promise<TopicFacts> {
  const { topic, consumerGroup, deadLetterTopic } = namesOf(of, prefix);
  const [publishedCount, deadLetterCount] = await Promise.all([
    endOffsets(admin, topic),
    endOffsets(admin, deadLetterTopic),
  ]);
  // Where nobody has consumed anything there need not be anybody yet who knows of the group.
  const committedCount = publishedCount === 0 ? 0 : await committedOffsets(admin, consumerGroup, topic);
  return { topic: of.name, publishedCount, committedCount, deadLetterCount };
}

async function endOffsets(admin: Admin, topic: string): Promise<number> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return partitions.reduce((sum, partition) => sum + Number(partition.high) - Number(partition.low), 0);
}

/** A partition without a commit has offset −1: nothing of it was consumed yet. */
async function committedOffsets(admin: Admin, groupId: string, topic: string): Promise<number> {
  const topics = await admin.fetchOffsets({ groupId, topics: [topic] });
  const partitions = topics.flatMap((entry) => entry.partitions);
  return partitions.reduce((sum, partition) => sum + Math.max(0, Number(partition.offset)), 0);
}
