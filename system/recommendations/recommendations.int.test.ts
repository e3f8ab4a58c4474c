// Recommendations from a shopper's action to the push on their socket and the page that is read, through a real broker.
import { randomBytes } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../behaviour/testing.ts';
import { readConfig } from '../config.ts';
import type { BehaviourReport } from '../contract/behaviour.ts';
import {
  type FreshRecommendations,
  RECOMMENDATION_KINDS,
  type RecommendationPage,
} from '../contract/recommendations.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../contract/sockets.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import { createSessions } from '../customers/sessions.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createClock } from '../platform/settings/clock.ts';
import { createTestDatabase, createTestRedis, testLog } from '../platform/testing.ts';
import { type ServingProcess, serve } from '../serve.ts';
import { createRecommendationStore, type StoredList } from './store.ts';
import { did } from './testing.ts';

const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
const prefix = `test-${randomBytes(6).toString('hex')}.`;
const redis = createTestRedis();
let database: Database;
let kafka: Kafka;
let environment: Record<string, string>;
const tokens: string[] = [];

beforeAll(async () => {
  const created = await createTestDatabase();
  database = created.database;
  const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
  kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(prefix));
  const sessions = createSessions({ redis: redis.redis, database, clock });
  await database.query(`INSERT INTO categories (id, name) VALUES (1, 'fruit'), (2, 'sofas')`);
  await database.query(`
    INSERT INTO products (id, category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count, order_count)
    SELECT n, 1 + n % 2, CASE n % 2 WHEN 0 THEN '유기농 딸기 ' ELSE 'sofa ' END || n, '{}', 1000 + n, 1000 + n, 10, 10, n
      FROM generate_series(1, 60) AS n`);
  for (const customerId of [1, 2, 3]) {
    await database.query(
      `INSERT INTO customers (id, name, nickname, region, email) VALUES ($1, 'Kim', 'kim', 'Seoul', 'kim@example.kr')`,
      [customerId],
    );
    tokens[customerId] = (await sessions.issue({ customerId, roles: ['customer'] })).accessToken;
  }
  environment = {
    DATABASE_URL: created.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    PORT: '0',
    LOG_LEVEL: 'silent',
    RECOMMENDATIONS_ENGINE: 'incremental',
    SHOP_ROLES: 'api,behaviour-consumer,recommender',
  };
});

afterAll(async () => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: topicDefinitions(prefix).map(({ name }) => name) });
  await admin.disconnect();
});

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function startShop(changes: Record<string, string> = {}): Promise<ServingProcess> {
  const shop = await serve(readConfig({ ...environment, ...changes }), testLog);
  opened.push(shop.close);
  await until('a shop that is ready', () => fetch(`${shop.url}/health/ready`).then(({ ok }) => ok));
  return shop;
}

type Shopper = { socket: Socket<ServerToClientEvents, ClientToServerEvents>; heard: FreshRecommendations[] };

async function connect(shop: ServingProcess, customerId: number): Promise<Shopper> {
  const socket: Shopper['socket'] = connectSocket(shop.url, {
    auth: { accessToken: tokens[customerId] },
    transports: ['websocket'],
    forceNew: true,
  });
  opened.push(() => socket.disconnect());
  const heard: FreshRecommendations[] = [];
  socket.on('recommendations:fresh', (fresh) => heard.push(fresh));
  await until('a socket', () => socket.connected);
  return { socket, heard };
}

function act({ socket }: Shopper, ...actions: BehaviourReport[]): Promise<unknown> {
  const reports = actions.map(({ id, action, target }) => ({ id, action, target }));
  return new Promise((resolve) => socket.emit('behaviour:actions', reports, resolve));
}

const answersOf = ({ heard }: Shopper) => heard.flatMap(({ answersActionIds }) => answersActionIds);

async function read(
  shop: ServingProcess,
  path: string,
  customerId: number | null,
): Promise<RecommendationPage> {
  const headers: Record<string, string> =
    customerId === null ? {} : { authorization: `Bearer ${tokens[customerId]}` };
  const answer = await fetch(`${shop.url}/recommendations/${path}`, { headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as RecommendationPage;
}

const idsOf = ({ items }: RecommendationPage) => items.map(({ id }) => id);

it('an action brings its person lists that reflect it, stored before they are pushed, and nobody else', async () => {
  const shop = await startShop();
  const [one, other] = [await connect(shop, 1), await connect(shop, 2)];
  const clicks = [did('click', 2), did('cart-create', 4)];
  await act(one, ...clicks);
  await until('lists', () => answersOf(one).length === 2);
  const [fresh] = one.heard;
  expect(fresh!.answersActionIds).toEqual(clicks.map(({ id }) => id));
  expect(fresh!.lists.map(({ kind }) => kind)).toEqual([
    'category',
    'discounts',
    'viewed',
    'for-you',
    'trending',
    'bought-together',
  ]);
  for (const { kind, productIds, reflectsActionId } of fresh!.lists) {
    expect(productIds).toHaveLength(20);
    expect(reflectsActionId).toBe(kind === 'trending' ? null : clicks[1]!.id);
  }
  for (const { receivedMs, consumedMs, startedMs, storedMs } of fresh!.stages!)
    expect([receivedMs, consumedMs, startedMs, storedMs]).toEqual(
      [receivedMs, consumedMs, startedMs, storedMs].toSorted((a, b) => a - b),
    );
  // The most popular of the even ones, in pages that begin again.
  const pages = [];
  for (const page of [0, 1, 5]) pages.push(idsOf(await read(shop, `category?page=${page}`, 1)));
  expect(pages).toEqual([
    [60, 58, 56, 54],
    [52, 50, 48, 46],
    [60, 58, 56, 54],
  ]);
  expect(idsOf(await read(shop, 'trending', null)).slice(0, 2)).toEqual([4, 2]);
  expect(other.heard).toEqual([]);
  // A stranger to it is shown what is popular.
  expect(await read(shop, 'for-you', 2)).toMatchObject({ madeAt: null, pageCount: 5 });
  expect(idsOf(await read(shop, 'for-you', 2))).toEqual([60, 59, 58, 57]);
});

it('a list of one’s own needs a session, and there are the six kinds and no other', async () => {
  const shop = await startShop({ SHOP_ROLES: 'api' });
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${shop.url}/recommendations/${path}`, { headers })).status;
  expect(await status('viewed')).toBe(401);
  const headers = { authorization: `Bearer ${tokens[1]}` };
  expect(await status('viewed', headers)).toBe(200);
  expect(await status('horoscope', headers)).toBe(400);
  expect(await status('viewed?page=-1', headers)).toBe(400);
  expect(await status('viewed?customerId=2', headers)).toBe(400);
});

it('whoever connects is given the newest lists again', async () => {
  const shop = await startShop();
  const first = await connect(shop, 3);
  const click = did('click', 6);
  await act(first, click);
  await until('lists', () => answersOf(first).includes(click.id));
  first.socket.disconnect();
  const again = await connect(shop, 3);
  await until('lists', () => again.heard.length > 0);
  expect(again.heard[0]!.answersActionIds).toEqual([]);
  expect(new Set(again.heard[0]!.lists.map(({ kind }) => kind)).size).toBe(6);
  const own = again.heard[0]!.lists.filter(({ kind }) => kind !== 'trending');
  expect(own.map(({ reflectsActionId }) => reflectsActionId)).toEqual(own.map(() => click.id));
});

it('what was done while no recommender ran is answered when one runs, at whichever instance one is connected', async () => {
  const [one, other] = [await startShop({ SHOP_ROLES: 'api' }), await startShop({ SHOP_ROLES: 'api' })];
  const elsewhere = await connect(one, 2);
  const here = await connect(other, 2);
  const clicks = [did('click', 7), did('hover', 8)];
  await act(here, ...clicks);
  expect(elsewhere.heard).toEqual([]);
  await startShop({ SHOP_ROLES: 'behaviour-consumer,recommender' });
  for (const shopper of [elsewhere, here]) {
    await until('lists', () => answersOf(shopper).length >= 2);
    expect(new Set(answersOf(shopper))).toEqual(new Set(clicks.map(({ id }) => id)));
  }
});

it('a message that nobody can read is set aside once, and the actions behind it are answered', async () => {
  const { topic, deadLetterTopic } = namesOf(TOPICS.behaviour, prefix);
  const shop = await startShop();
  const shopper = await connect(shop, 1);
  const producer = kafka.producer();
  await producer.connect();
  const messages = [0, 1, 2].map((partition) => ({ partition, key: '1', value: '{"version":9}' }));
  await producer.send({ topic, messages });
  await producer.disconnect();
  const click = did('click', 9);
  await act(shopper, click);
  await until('lists', () => answersOf(shopper).includes(click.id));
  const admin = kafka.admin();
  await admin.connect();
  opened.push(() => admin.disconnect());
  const setAside = async () => {
    const ends = await admin.fetchTopicOffsets(deadLetterTopic);
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  };
  await until('dead letters', async () => (await setAside()) >= 3);
  const metrics = await (await fetch(`${shop.url}/metrics`)).text();
  expect(metrics).toMatch(/^shop_recommendations_unreadable_total 3$/m);
  expect(metrics).toMatch(/^shop_recommendations_pushes_total [1-9]/m);
  expect(metrics).toMatch(/^shop_recommendations_active_users [1-9]/m);
  await shop.close();
  expect(await setAside()).toBe(3);
});

it('the periodic engine answers too', async () => {
  const shop = await startShop({ RECOMMENDATIONS_ENGINE: 'periodic' });
  const shopper = await connect(shop, 3);
  const click = did('click', 10);
  await act(shopper, click);
  await until('lists', () => answersOf(shopper).includes(click.id));
  expect(shopper.heard.at(-1)!.lists).toHaveLength(6);
});

it('lists older than is kept go by the hour', async () => {
  const store = createRecommendationStore({ database, kinds: RECOMMENDATION_KINDS, keepHours: 2 });
  const list = (madeAt: string): StoredList => ({
    customerId: 50,
    list: { kind: 'viewed', productIds: [1], reflectsActionId: null, madeAt },
  });
  await store.add([list('2026-03-02T08:30:00.000Z'), list('2026-03-02T10:59:00.000Z')]);
  expect(await store.newest(50, 'viewed')).toMatchObject({ madeAt: '2026-03-02T10:59:00.000Z' });
  await store.upkeep(new Date('2026-03-02T12:10:00Z'));
  expect(await store.newest(50, 'viewed')).toMatchObject({ madeAt: '2026-03-02T10:59:00.000Z' });
  await store.upkeep(new Date('2026-03-02T13:10:00Z'));
  expect(await store.newest(50, 'viewed')).toBeNull();
});

it('an engine is refused where actions do not go through the topic', () => {
  const changes = { ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' };
  expect(() => readConfig({ ...environment, ...changes })).toThrow(
    /RECOMMENDATIONS_ENGINE: found "incremental", needed none, or BEHAVIOUR_TRANSPORT=kafka beside it/,
  );
});
