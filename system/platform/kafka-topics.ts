// Creates the topics that are missing. An existing topic is left as it is.
import type { Kafka } from 'kafkajs';

const MAX_REPLICATION = 3;

/**
 * Creates each topic that does not exist, with as many replicas as there are brokers, at most 3; of three, two must have
 * a record before it counts as written. Returns the names of the topics created.
 */
export async function createTopics(
  kafka: Kafka,
  topics: readonly { name: string; partitionCount: number; retentionMs: number }[],
): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length === 0) return [];
    const { brokers } = await admin.describeCluster();
    const replicationFactor = Math.min(MAX_REPLICATION, brokers.length);
    await admin.createTopics({
      waitForLeaders: true,
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
    return missing.map(({ name }) => name);
  } finally {
    await admin.disconnect();
  }
}
