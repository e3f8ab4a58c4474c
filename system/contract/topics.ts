// The topics on the broker, as a table: whoever creates, fills, reads, watches or audits topics goes by it. All names stand
// here without the prefix of KAFKA_PREFIX; `namesOf` puts it before them.
import { ROLES, type ShopRole } from './roles.ts';

export type Topic = {
  name: string;
  /** What its messages are keyed by: those of one key stand in one partition and so keep their order. */
  key: string;
  partitionCount: number;
  /** How long a message is kept, in ms. */
  retentionMs: number;
  consumerGroup: string;
  /** The role whose processes are the consumer group. */
  consumedBy: ShopRole;
  /** Where messages go that cannot be handled. It is created like the topic itself. */
  deadLetterTopic: string;
  /** `version` of its messages; a consumer refuses any other. */
  schemaVersion: number;
};

const DAY_MS = 24 * 60 * 60 * 1_000;

export const TOPICS = {
  orders: {
    name: 'orders',
    key: 'customer id',
    partitionCount: 3,
    retentionMs: 30 * DAY_MS,
    consumerGroup: 'orders',
    consumedBy: ROLES.ordersConsumer.name,
    deadLetterTopic: 'orders.dead',
    schemaVersion: 1,
  },
  products: {
    name: 'products',
    key: 'id of the product’s arrival',
    partitionCount: 3,
    retentionMs: 7 * DAY_MS,
    consumerGroup: 'products',
    consumedBy: ROLES.productsConsumer.name,
    deadLetterTopic: 'products.dead',
    schemaVersion: 1,
  },
  users: {
    name: 'users',
    key: 'id of the person’s arrival',
    partitionCount: 3,
    retentionMs: 7 * DAY_MS,
    consumerGroup: 'users',
    consumedBy: ROLES.usersConsumer.name,
    deadLetterTopic: 'users.dead',
    schemaVersion: 1,
  },
  behaviour: {
    name: 'behaviour',
    key: 'customer id',
    partitionCount: 3,
    retentionMs: 7 * DAY_MS,
    consumerGroup: 'behaviour',
    consumedBy: 'behaviour-consumer',
    deadLetterTopic: 'behaviour.dead',
    schemaVersion: 1,
  },
} as const satisfies Record<string, Topic>;

/** Every topic of the table. */
export const ALL_TOPICS: readonly Topic[] = Object.values(TOPICS);

/** What a topic, its dead-letter topic and its consumer group are called on the broker. */
export type TopicNames = { topic: string; deadLetterTopic: string; consumerGroup: string };

/** @param prefix the shop's KAFKA_PREFIX. */
export function namesOf(topic: Topic, prefix: string): TopicNames {
  return {
    topic: `${prefix}${topic.name}`,
    deadLetterTopic: `${prefix}${topic.deadLetterTopic}`,
    consumerGroup: `${prefix}${topic.consumerGroup}`,
  };
}
