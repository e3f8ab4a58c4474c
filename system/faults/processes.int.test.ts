// What happens when a process of the shop is killed in mid-load.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ORDER_TRANSPORTS } from '../contract/processes.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createTestDatabase, createTestRedis, testLog } from '../platform/testing.ts';
import { accountFindings, untilWell } from './account.ts';
import { type FaultShop, PRODUCT_IDS, prepareFaultShop } from './fault-shop.ts';
import { type ShopProcess, startShopProcess } from './shop-process.ts';
import { startShoppers } from './shoppers.ts';
import { until } from './until.ts';

const TEST_TIMEOUT_MS = 400_000;
const kafkaPrefix = `test-${randomBytes(6).toString('hex')}.`;
const topics = namesOf(TOPICS.orders, kafkaPrefix);
const brokers = (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(',');
const admin = createKafka({ brokers, clientId: 'test', log: testLog }).admin();
const testRedis = createTestRedis();
let database: Database;
let shop: FaultShop;

beforeAll(async () => {
  const created = await createTestDatabase();
  database = created.database;
  const { redis, url: redisUrl, keyPrefix: redisKeyPrefix } = testRedis;
  const services = {
    database,
    databaseUrl: created.url,
    redis,
    redisUrl,
    redisKeyPrefix,
    brokers,
    kafkaPrefix,
  };
  shop = await prepareFaultShop(services);
  await admin.connect();
});
afterAll(async () => {
  await admin.deleteTopics({ topics: [topics.topic, topics.deadLetterTopic] });
  await admin.disconnect();
});

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function start(environment: Record<string, string>): Promise<ShopProcess> {
  const started = await startShopProcess({ ...shop.environment, ...environment });
  opened.push(() => started.isRunning() && started.stop());
  return started;
}

async function shopUnderLoad(urls: readonly string[]) {
  const shoppers = startShoppers(await shop.shoppersOf(urls), PRODUCT_IDS);
  opened.push(() => shoppers.close());
  await untilWell('a shop under load', shoppers);
  return shoppers;
}

/** Orders that the consumer has committed to the database, and those whose offsets it has committed to the broker. */
async function consumedCounts(): Promise<{ stored: number; committed: number }> {
  const groupId = topics.consumerGroup;
  const [{ partitions = [] } = {}] = await admin.fetchOffsets({ groupId, topics: [topics.topic] });
  const committed = partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM audit.orders');
  return { stored: rows[0]?.count ?? 0, committed };
}

test(
  'a consumer killed between commit and offset: its orders come again, and each is resolved once',
  async () => {
    const api = await start({ SHOP_ROLES: 'api' });
    let consumer = await start({ SHOP_ROLES: 'orders-consumer' });
    const shoppers = await shopUnderLoad([api.url]);
    // The offset follows the commit within a second; killed before it, orders are stored that the broker gives again.
    await until('orders that are stored and come again', async () => {
      const before = await consumedCounts();
      if (before.stored <= before.committed) return false;
      await consumer.kill();
      const { stored, committed } = await consumedCounts();
      if (stored > committed) return true;
      consumer = await start({ SHOP_ROLES: 'orders-consumer' });
      return false;
    });
    await start({ SHOP_ROLES: 'orders-consumer' });
    await untilWell('a shop with a new consumer', shoppers);
    expect(await accountFindings(shoppers, database)).toEqual([]);
    const toldAgain = [...shoppers.heard.values()].filter((told) =>
      told.some(({ stages }) => stages === null),
    );
    expect(toldAgain.length).toBeGreaterThan(0);
    expect(api.isRunning()).toBe(true);
  },
  TEST_TIMEOUT_MS,
);

test(
  'APIs of every transport killed with open requests and sockets: what was accepted is resolved and told',
  async () => {
    const consumer = await start({ SHOP_ROLES: 'orders-consumer' });
    const environments = ORDER_TRANSPORTS.map((transport) => ({
      SHOP_ROLES: 'api',
      ORDERS_TRANSPORT: transport,
    }));
    const apis = await Promise.all(environments.map(start));
    const shoppers = await shopUnderLoad(apis.map(({ url }) => url));
    await until('open requests', () =>
      [...shoppers.attempts.values()].some(({ answer }) => answer === 'open'),
    );
    await Promise.all(apis.map((api) => api.kill()));
    await until('lost answers', () =>
      [...shoppers.attempts.values()].some(({ answer }) => answer === 'unknown'),
    );
    await Promise.all(
      apis.map(({ url }, index) => start({ ...environments[index], PORT: new URL(url).port })),
    );
    await untilWell('a shop with new APIs', shoppers);
    expect(await accountFindings(shoppers, database)).toEqual([]);
    expect(consumer.isRunning()).toBe(true);
  },
  TEST_TIMEOUT_MS,
);
