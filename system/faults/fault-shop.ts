// A small shop of its own for fault tests: products, customers with sessions, topics, and the environment that its
// processes get. Not used by the shop itself.
import { createSessions } from '../customers/sessions.ts';
import { seedShop } from '../orders/testing.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { createClock } from '../platform/settings/clock.ts';
import { testLog } from '../platform/testing.ts';
import type { Shopper } from './shoppers.ts';

/** The last product is sold out. */
export const PRODUCT_IDS = [1, 2, 3, 4];
const CUSTOMER_COUNT = 6;

export type FaultShop = {
  environment: Record<string, string>;
  /** Shoppers with new sessions, spread over the given APIs. */
  shoppersOf(urls: readonly string[]): Promise<Shopper[]>;
};

/** Prepares the shop on a migrated, empty database. */
export async function prepareFaultShop(services: {
  database: Database;
  databaseUrl: string;
  redis: Redis;
  redisUrl: string;
  redisKeyPrefix: string;
  brokers: readonly string[];
  kafkaPrefix: string;
}): Promise<FaultShop> {
  const { database, redis, brokers, kafkaPrefix } = services;
  await seedShop(database, {
    stockCounts: [1_000_000, 1_000_000, 1_000_000, 0],
    customerCount: CUSTOMER_COUNT,
  });
  const kafka = createKafka({ brokers, clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(kafkaPrefix));
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis, database, clock });
  return {
    environment: {
      DATABASE_URL: services.databaseUrl,
      REDIS_URL: services.redisUrl,
      REDIS_KEY_PREFIX: services.redisKeyPrefix,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_PREFIX: kafkaPrefix,
      DATABASE_POOL_SIZE: '5',
    },
    shoppersOf: (urls) =>
      Promise.all(
        Array.from({ length: CUSTOMER_COUNT }, async (_, index) => {
          const customerId = index + 1;
          const { accessToken, refreshToken } = await sessions.issue({ customerId, roles: ['customer'] });
          return { customerId, url: urls[index % urls.length] as string, accessToken, refreshToken };
        }),
      ),
  };
}
