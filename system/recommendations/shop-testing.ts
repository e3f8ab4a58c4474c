// A shop with recommendations and shoppers at its sockets, through a real broker, for tests. Not used by the shop itself.
import { randomBytes } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { until } from '../behaviour/testing.ts';
import { readConfig } from '../config.ts';
import type { BehaviourReport } from '../contract/behaviour.ts';
import type { FreshRecommendations } from '../contract/recommendations.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../contract/sockets.ts';
import { createSessions } from '../customers/sessions.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createClock } from '../platform/settings/clock.ts';
import { createTestDatabase, createTestRedis, type TestRedis, testLog } from '../platform/testing.ts';
import { type ServingProcess, serve } from '../serve.ts';

const CUSTOMER_COUNT = 4;

export type Shopper = {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  heard: FreshRecommendations[];
};

export type RecommendingShop = {
  database: Database;
  kafka: Kafka;
  prefix: string;
  redis: TestRedis;
  /** Of a process with all that recommendations need. */
  environment: Record<string, string>;
  tokens: string[];
  /** Further customers, up to this id, each with a token. */
  signUp(lastId: number): Promise<void>;
  /** In this process, and ready. */
  start(changes?: Record<string, string>): Promise<ServingProcess>;
  connect(shop: Pick<ServingProcess, 'url'>, customerId: number): Promise<Shopper>;
  /** To be closed at the end of the test. */
  opened: (() => unknown)[];
  closeOpened(): Promise<void>;
  deleteTopics(): Promise<void>;
};

/** 60 products, the greater ids the more popular, the even ones fruit and the others sofas, and four customers. */
export async function prepareRecommendingShop(): Promise<RecommendingShop> {
  const prefix = `test-${randomBytes(6).toString('hex')}.`;
  const redis = createTestRedis();
  const { database, url } = await createTestDatabase();
  const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
  const kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(prefix));
  await database.query(`INSERT INTO categories (id, name) VALUES (1, 'fruit'), (2, 'sofas')`);
  await database.query(`
    INSERT INTO products (id, category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count, order_count)
    SELECT n, 1 + n % 2, CASE n % 2 WHEN 0 THEN '유기농 딸기 ' ELSE 'sofa ' END || n, '{}', 1000 + n, 1000 + n, 10, 10, n
      FROM generate_series(1, 60) AS n`);
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis: redis.redis, database, clock });
  const tokens: string[] = [];
  async function signUp(lastId: number): Promise<void> {
    const firstId = Math.max(1, tokens.length);
    await database.query(
      `INSERT INTO customers (id, name, nickname, region, email)
       SELECT id, 'Kim', 'kim', 'Seoul', 'kim@example.kr' FROM generate_series($1::integer, $2) AS id`,
      [firstId, lastId],
    );
    for (let customerId = firstId; customerId <= lastId; customerId += 1)
      tokens[customerId] = (await sessions.issue({ customerId, roles: ['customer'] })).accessToken;
  }
  await signUp(CUSTOMER_COUNT);
  const environment = {
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    PORT: '0',
    LOG_LEVEL: 'silent',
    RECOMMENDATIONS_ENGINE: 'incremental',
    SHOP_ROLES: 'api,behaviour-consumer,recommender',
  };
  const opened: (() => unknown)[] = [];
  return {
    database,
    kafka,
    prefix,
    redis,
    environment,
    tokens,
    signUp,
    async start(changes = {}) {
      const shop = await serve(readConfig({ ...environment, ...changes }), testLog);
      opened.push(shop.close);
      await until('a shop that is ready', () => fetch(`${shop.url}/health/ready`).then(({ ok }) => ok));
      return shop;
    },
    async connect({ url: shopUrl }, customerId) {
      const socket: Shopper['socket'] = connectSocket(shopUrl, {
        auth: { accessToken: tokens[customerId] },
        transports: ['websocket'],
        forceNew: true,
      });
      opened.push(() => socket.disconnect());
      const heard: FreshRecommendations[] = [];
      socket.on('recommendations:fresh', (fresh) => heard.push(fresh));
      await until('a socket', () => socket.connected);
      return { socket, heard };
    },
    opened,
    async closeOpened() {
      for (const close of opened.splice(0).reverse()) await close();
    },
    async deleteTopics() {
      const admin = kafka.admin();
      await admin.connect();
      await admin.deleteTopics({ topics: topicDefinitions(prefix).map(({ name }) => name) });
      await admin.disconnect();
    },
  };
}

/** Resolves when the shop has answered that it took them in. */
export function act({ socket }: Shopper, ...actions: BehaviourReport[]): Promise<unknown> {
  const reports = actions.map(({ id, action, target }) => ({ id, action, target }));
  return new Promise((resolve) => socket.emit('behaviour:actions', reports, resolve));
}

/** Ids of the actions that the shopper was pushed lists for. */
export const answersOf = ({ heard }: Shopper): string[] =>
  heard.flatMap(({ answersActionIds }) => answersActionIds);
