// What the broker knows of a run: how far its consumer group is behind, whether all was committed, what was given up.
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { kafkaAccess } from '../../../deploy/local/services/judging/kafka-access.ts';
import {
  DEAD_LETTER_SUFFIX,
  ORDERS_CONSUMER_GROUP,
  ORDERS_TOPIC,
} from '../../../system/contract/messages.ts';
import type { BrokerFacts } from '../../audit/rule.ts';

export type BrokerWatch = {
  facts(): Promise<BrokerFacts>;
  /** Deletes the run's topics and consumer groups: all that start with its prefix. */
  removeAll(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Connects to the broker as an observer of the topics and groups with this prefix, which must not be empty; signs in and
 * encrypts as KAFKA_BROKERS' companions in the environment say.
 */
export async function watchBroker(
  brokers: readonly string[],
  prefix: string,
  access = kafkaAccess(),
): Promise<BrokerWatch> {
  if (prefix === '') throw new Error('A run’s topics need a prefix; an empty one would match everybody’s.');
  const kafka = new Kafka({
    ...access,
    clientId: 'rehearsal',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  let isRemoved = false;
  return {
    async facts() {
      // Asking for a topic makes it where the broker is set so.
      if (isRemoved)
        throw new Error(`The topics ${prefix}* were removed; nothing is known of them any more.`);
      const [publishedCount, committedCount, deadLetterCount] = await Promise.all([
        endOffsets(admin, `${prefix}${ORDERS_TOPIC}`),
        committedOffsets(admin, `${prefix}${ORDERS_CONSUMER_GROUP}`, `${prefix}${ORDERS_TOPIC}`),
        endOffsets(admin, `${prefix}${ORDERS_TOPIC}${DEAD_LETTER_SUFFIX}`),
      ]);
      return { publishedCount, committedCount, deadLetterCount };
    },
    async removeAll() {
      isRemoved = true;
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      const { groups } = await admin.listGroups();
      const ours = groups.map((group) => group.groupId).filter((group) => group.startsWith(prefix));
      if (ours.length > 0) await admin.deleteGroups(ours);
    },
    close: () => admin.disconnect(),
  };
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
