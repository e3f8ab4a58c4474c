// Where a consumer group that has read nothing yet begins: what is older than people are active for is of no use to it.
import type { Kafka } from 'kafkajs';
import type { TopicNames } from '../contract/topics.ts';

/** Sets the offsets of a group that has none to the messages since `sinceMs` (Unix ms on the broker's clock). */
export async function beginLately(kafka: Kafka, names: TopicNames, sinceMs: number): Promise<void> {
  const { topic, consumerGroup: groupId } = names;
  const admin = kafka.admin();
  await admin.connect();
  try {
    const committed = await admin.fetchOffsets({ groupId, topics: [topic] });
    if (committed.flatMap(({ partitions }) => partitions).some(({ offset }) => Number(offset) >= 0)) return;
    const partitions = await admin.fetchTopicOffsetsByTimestamp(topic, sinceMs);
    await admin.setOffsets({ groupId, topic, partitions });
  } finally {
    await admin.disconnect();
  }
}
