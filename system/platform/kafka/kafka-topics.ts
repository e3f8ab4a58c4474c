// Creates the topics that are missing. An existing topic is left as it is.
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { ALL_TOPICS, namesOf } from '../../contract/topics.ts';

const MAX_REPLICATION = 3;
const LEADERS_WITHIN_MS = 30_000;
const POLL_MS = 100;

export type TopicDefinition = { name: string; partitionCount: number; retentionMs: number };

/** How the topics of the table and their dead-letter topics are created, with the prefix of this shop. */
export function topicDefinitions(prefix: string, topics = ALL_TOPICS): TopicDefinition[] {
  return topics.flatMap((one) => {
    const { topic, deadLetterTopic } = namesOf(one, prefix);
    const { partitionCount, retentionMs } = one;
    return [topic, deadLetterTopic].map((name) => ({ name, partitionCount, retentionMs }));
  });
}

/**
 * Creates each topic that does not exist, with as many replicas as there are brokers, at most 3; of three, two must have
 * a record before it counts as written. Returns the names of the topics created.
 */
export async function createTopics(kafka: Kafka, topics: readonly TopicDefinition[]): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length === 0) return [];
    const { brokers } = await admin.describeCluster();
    const replicationFactor = Math.min(MAX_REPLICATION, brokers.length);
    await admin.createTopics({
      // kafkajs gives up when the broker it asks has not heard of the new topics yet, which happens with three brokers.
      waitForLeaders: false,
      topics: missing.map(({ name, partitionCount, retentionMs }) => ({
        topic: name,
        numPartitions: partitionCount,
        replicationFactor,
        configEntries: [
          { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
          { name: 'retention.ms', value: String(retentionMs) },
        ],
      })),
    });
    const created = missing.map(({ name }) => name);
    await untilLed(admin, created);
    return created;
  } finally {
    await admin.disconnect();
  }
}

/** Waits until every partition has a leader, so that the first message finds one. */
async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  const deadlineMs = performance.now() + LEADERS_WITHIN_MS;
  for (;;) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics });
      if (metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!isNotThereYet(error) || performance.now() >= deadlineMs) throw error;
    }
    if (performance.now() >= deadlineMs) {
      throw new Error(
        `Topics ${topics.join(', ')} have no leaders after ${LEADERS_WITHIN_MS / 1_000} s; are all brokers up?`,
      );
    }
    await delay(POLL_MS);
  }
}

function isNotThereYet(error: unknown): boolean {
  const type: unknown = error instanceof Error ? Reflect.get(error, 'type') : undefined;
  return type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'LEADER_NOT_AVAILABLE';
}
