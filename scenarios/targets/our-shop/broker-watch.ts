// What the broker knows of a run, for each topic in use: how far its consumer groups are behind, whether all was committed,
// what was given up.
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { kafkaAccess } from '../../../deploy/local/services/judging/kafka-access.ts';
import {
  ALL_TOPICS,
  type ConsumerGroup,
  groupsOf,
  namesOf,
  type Topic,
} from '../../../system/contract/topics.ts';
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
  const groupsInUse = new Set<ConsumerGroup>();
  let isRemoved = false;
  return {
    async facts() {
      // Asking for a topic makes it where the broker is set so.
      if (isRemoved)
        throw new Error(`The topics ${prefix}* were removed; nothing is known of them any more.`);
      const there = new Set(await admin.listTopics());
      for (const topic of topics) if (there.has(namesOf(topic, prefix).topic)) inUse.add(topic);
      const watched = topics.filter((topic) => inUse.has(topic));
      await noteGroups(admin, watched, prefix, groupsInUse);
      const isRead = (group: ConsumerGroup) => groupsInUse.has(group);
      return { topics: await Promise.all(watched.map((topic) => factsOf(admin, topic, prefix, isRead))) };
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

/** A topic's own group is waited for whatever happens; a further one from when the broker has heard of it. */
async function noteGroups(
  admin: Admin,
  topics: readonly Topic[],
  prefix: string,
  inUse: Set<ConsumerGroup>,
): Promise<void> {
  for (const topic of topics) inUse.add(topic);
  const further = topics.flatMap((topic) => topic.furtherGroups ?? []).filter((group) => !inUse.has(group));
  if (further.length === 0) return;
  const { groups } = await admin.listGroups();
  const there = new Set(groups.map(({ groupId }) => groupId));
  for (const group of further) if (there.has(`${prefix}${group.consumerGroup}`)) inUse.add(group);
}

async function factsOf(
  admin: Admin,
  of: Topic,
  prefix: string,
  isRead: (group: ConsumerGroup) => boolean,
): Promise<TopicFacts> {
  const { topic, deadLetterTopic } = namesOf(of, prefix);
  const [publishedCount, deadLetterCount] = await Promise.all([
    endOffsets(admin, topic),
    endOffsets(admin, deadLetterTopic),
  ]);
  // Where nobody has consumed anything there need not be anybody yet who knows of the group.
  const committedCounts = groupsOf(of)
    .filter(isRead)
    .map((group) =>
      publishedCount === 0 ? 0 : committedOffsets(admin, namesOf(of, prefix, group).consumerGroup, topic),
    );
  // The slowest of them says how far the topic is worked off.
  const committedCount = Math.min(...(await Promise.all(committedCounts)));
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
