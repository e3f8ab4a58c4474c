// Where a consumer group that has read nothing yet begins: what is older than people are active for is of no use to it.
import type { Kafka } from 'kafkajs';
import type { TopicNames } from '../contract/topics.ts';
import type { PartitionOffset } from '../platform/kafka/kafka-consumer.ts';

/**
 * The offsets of the messages since `sinceMs` (Unix ms on the broker's clock), for a group that has none; nothing for one that has.
 * It only asks: setting offsets from outside would join the group for two fetches that wait 5 s each.
 */
export async function beginLately(
  kafka: Pick<Kafka, 'admin'>,
  names: Pick<TopicNames, 'topic' | 'consumerGroup'>,
  sinceMs: number,
): Promise<PartitionOffset[]> {
  const { topic, consumerGroup: groupId } = names;
  const admin = kafka.admin();
  await admin.connect();
  try {
    const committed = await admin.fetchOffsets({ groupId, topics: [topic] });
    if (committed.flatMap(({ partitions }) => partitions).some(({ offset }) => Number(offset) >= 0))
      return [];
    return await admin.fetchTopicOffsetsByTimestamp(topic, sinceMs);
  } finally {
    await admin.disconnect();
  }
}
