// The topics on the broker, as a table: whoever creates, fills, reads, watches or audits topics goes by it. All names stand
// here without the prefix of KAFKA_PREFIX; `namesOf` puts it before them.
import { ROLES, type ShopRole } from './roles.ts';

/** Processes that read a topic together, each message once. */
export type ConsumerGroup = {
  consumerGroup: string;
  /** The role whose processes are the consumer group. */
  consumedBy: ShopRole;
};

export type Topic = ConsumerGroup & {
  name: string;
  /** What its messages are keyed by: those of one key stand in one partition and so keep their order. */
  key: string;
  partitionCount: number;
  /** How long a message is kept, in ms. */
  retentionMs: number;
  /**
   * Groups beside the topic's own that read all of it for themselves, where their roles run. What cannot be handled is set aside by
   * the topic's own group alone.
   */
  furtherGroups?: readonly ConsumerGroup[];
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
    consumedBy: ROLES.behaviourConsumer.name,
    furtherGroups: [
      { consumerGroup: 'recommendations', consumedBy: ROLES.recommender.name },
      { consumerGroup: 'rules', consumedBy: ROLES.rulesEngine.name },
    ],
    deadLetterTopic: 'behaviour.dead',
    schemaVersion: 1,
  },
} as const satisfies Record<string, Topic>;

/** Every topic of the table. */
export const ALL_TOPICS: readonly Topic[] = Object.values(TOPICS);

/** What a topic, its dead-letter topic and its consumer group are called on the broker. */
export type TopicNames = { topic: string; deadLetterTopic: string; consumerGroup: string };

/** Every group that reads a topic, its own first; the others are there only where their roles run. */
export function groupsOf(topic: Topic): readonly ConsumerGroup[] {
  return [topic, ...(topic.furtherGroups ?? [])];
}

/** @param prefix the shop's KAFKA_PREFIX. @param group one of those that read the topic; left out: its own. */
export function namesOf(topic: Topic, prefix: string, group: ConsumerGroup = topic): TopicNames {
  return {
    topic: `${prefix}${topic.name}`,
    deadLetterTopic: `${prefix}${topic.deadLetterTopic}`,
    consumerGroup: `${prefix}${group.consumerGroup}`,
  };
}
