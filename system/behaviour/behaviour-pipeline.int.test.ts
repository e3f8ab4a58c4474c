// The behaviour log from the shopper's request or socket to the operator's answer, through a real broker.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Kafka } from 'kafkajs';
import { Registry } from 'prom-client';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { BehaviourAnswer, BehaviourPage, BehaviourReport } from '../contract/behaviour.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../contract/sockets.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import { createSessions } from '../customers/sessions.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createWaiting } from '../platform/postgres/waiting.ts';
import { createClock } from '../platform/settings/clock.ts';
import { createTestDatabase, createTestRedis, testLog } from '../platform/testing.ts';
import { type ServingProcess, serve } from '../serve.ts';
import { createAddActions } from './add-actions.ts';
import { createBehaviourMetrics } from './metrics.ts';
import { createPostgresBehaviourStore } from './store/postgres-store.ts';
import { actionAt, idAt, until } from './testing.ts';
import { createBehaviourConsumer } from './transports/behaviour-consumer.ts';
import { encodeBatch } from './transports/behaviour-message.ts';

const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
const prefix = `test-${randomBytes(6).toString('hex')}.`;
const redis = createTestRedis();
const OPERATOR = 9;
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
  for (const customerId of [1, 2, 3, OPERATOR]) {
    const roles = [customerId === OPERATOR ? ('operator' as const) : ('customer' as const)];
    await database.query(
      `INSERT INTO customers (id, name, nickname, region, email, roles) VALUES ($1, 'Kim', 'kim', 'Seoul', 'kim@example.kr', $2)`,
      [customerId, roles],
    );
    tokens[customerId] = (await sessions.issue({ customerId, roles })).accessToken;
  }
  environment = {
    DATABASE_URL: created.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    PORT: '0',
    LOG_LEVEL: 'silent',
    SHOP_ROLES: 'api,behaviour-consumer',
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

const report = (target: BehaviourReport['target'], action: BehaviourReport['action'] = 'click') => ({
  id: idAt(new Date()),
  action,
  target,
});
const click = (id: number) => report({ type: 'product', id });

function post(shop: ServingProcess, customerId: number | null, body: unknown): Promise<Response> {
  const authorization = customerId === null ? {} : { authorization: `Bearer ${tokens[customerId]}` };
  return fetch(`${shop.url}/behaviour`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  });
}

async function lookUp(shop: ServingProcess, query: string): Promise<BehaviourPage> {
  const answer = await fetch(`${shop.url}/operator/behaviour/actions?${query}`, {
    headers: { authorization: `Bearer ${tokens[OPERATOR]}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as BehaviourPage;
}

const storedIds = async (customerId: number) => {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM behaviour_actions WHERE customer_id = $1 ORDER BY id',
    [customerId],
  );
  return rows.map(({ id }) => id);
};

async function publish(...values: string[]): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  // One key, so that all of them come in one batch.
  await producer.send({
    topic: namesOf(TOPICS.behaviour, prefix).topic,
    messages: values.map((value) => ({ key: '1', value })),
  });
  await producer.disconnect();
}

describe('an action', () => {
  it.each(['kafka', 'direct'])('posted is found by the operator, newest first (%s)', async (transport) => {
    const shop = await startShop({ BEHAVIOUR_TRANSPORT: transport });
    const html = '<img src=x onerror=alert(1)> 딸기';
    const actions = [click(7), report({ type: 'text', text: html }, 'search'), click(8)];
    const answer = await post(shop, 1, { actions });
    expect([answer.status, await answer.json()]).toEqual([202, { acceptedCount: 3 }]);
    const page = await until('three actions', async () => {
      const found = await lookUp(shop, `customerId=1&pageSize=3`);
      return found.items[0]?.id === actions[2]?.id ? found : null;
    });
    expect(page.items.map(({ id }) => id)).toEqual(actions.map(({ id }) => id).toReversed());
    expect(page.items[1]).toMatchObject({ customerId: 1, target: { type: 'text', id: null, text: html } });
    const searched = await lookUp(shop, `customerId=1&search=${encodeURIComponent('딸')}&pageSize=1`);
    expect(searched.items[0]?.id).toBe(actions[1]?.id);
  });

  it('told by socket is found as well, and what cannot be taken is told', async () => {
    const shop = await startShop();
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = connectSocket(shop.url, {
      transports: ['websocket'],
      auth: { accessToken: tokens[2] },
    });
    opened.push(() => socket.close());
    await once(socket as unknown as EventTarget & NodeJS.EventEmitter, 'connect');
    const tell = (actions: unknown): Promise<BehaviourAnswer> =>
      socket.emitWithAck('behaviour:actions', actions as BehaviourReport[]);
    const action = click(7);
    expect(await tell([action])).toEqual({ kind: 'accepted', acceptedCount: 1 });
    expect(await tell([{ ...click(7), customerId: 1 }])).toMatchObject({ code: 'invalid-request' });
    await until('the action', async () => (await storedIds(2)).includes(action.id));
    expect(await storedIds(2)).toEqual([action.id]);
  });

  it('is stored once, however often it is sent and delivered', async () => {
    const shop = await startShop();
    const [sent, last] = [click(7), click(8)];
    for (let count = 0; count < 3; count += 1)
      expect((await post(shop, 3, { actions: [sent] })).status).toBe(202);
    const { value } = encodeBatch({
      customerId: 3,
      receivedMs: 0,
      actions: [actionAt(new Date(), { customerId: 3 })],
    });
    await publish(value, value);
    await publish(value);
    await post(shop, 3, { actions: [last] });
    await until('the last', async () => (await storedIds(3)).length >= 3);
    await until('the offsets', async () => (await lagOf()) === 0);
    expect(await storedIds(3)).toHaveLength(3);
  });

  it('of a batch that was cut off in its middle is neither lost nor doubled', async () => {
    const store = createPostgresBehaviourStore({ database, retentionDays: 400 });
    const metrics = createBehaviourMetrics(new Registry());
    const monotonicMs = clock.monotonicMs;
    let cutOffCount = 0;
    // What is left by a process that ends with half of its batch stored and no offset: the batch comes again.
    const add: typeof store.add = async (actions) => {
      if (cutOffCount > 0) return store.add(actions);
      cutOffCount += 1;
      await store.add(actions.slice(0, Math.ceil(actions.length / 2)));
      throw new Error('cut off');
    };
    const consumer = createBehaviourConsumer({
      kafka,
      prefix,
      addActions: createAddActions({ store: { add }, batchMax: 1_000, metrics, monotonicMs }),
      isActionFault: store.isActionFault,
      metrics,
      waiting: createWaiting({ what: 'actions', metrics, clock, log: testLog }),
      monotonicMs,
      log: testLog,
    });
    const actions = Array.from({ length: 20 }, () => actionAt(new Date(), { customerId: 51 }));
    await publish(encodeBatch({ customerId: 51, receivedMs: 0, actions }).value);
    consumer.start();
    opened.push(consumer.close);
    await until('all', async () => (await storedIds(51)).length === actions.length);
    await until('the offsets', async () => (await lagOf()) === 0);
    expect(cutOffCount).toBe(1);
    expect(await storedIds(51)).toEqual(actions.map(({ id }) => id).toSorted());
  });

  it('that nobody can read ends as a dead letter, and its neighbours are stored', async () => {
    await startShop();
    const [before, after] = [
      actionAt(new Date(), { customerId: 41 }),
      actionAt(new Date(), { customerId: 41 }),
    ];
    const batch = (action: typeof before) =>
      encodeBatch({ customerId: 41, receivedMs: 0, actions: [action] }).value;
    // Passes the boundary, but PostgreSQL knows no such time.
    const poison = batch(actionAt(new Date(), { customerId: 41 })).replace(
      /"actedAt":"\d{4}/,
      '"actedAt":"0000',
    );
    await publish(batch(before), poison, '{"version":2}', batch(after));
    await until('both', async () => (await storedIds(41)).length === 2);
    await until('two dead letters', async () => (await deadLetterCount()) === 2);
  });

  it('of strangers and forged ones are refused, as is what is too much of one customer alone', async () => {
    const shop = await startShop({ BEHAVIOUR_RATE_PER_SECOND: '5' });
    expect((await post(shop, null, { actions: [click(7)] })).status).toBe(401);
    const forged = await post(shop, 1, { actions: [{ ...click(7), customerId: 2 }] });
    expect([forged.status, await forged.json()]).toMatchObject([400, { code: 'invalid-request' }]);
    expect((await post(shop, 1, { actions: [{ ...click(7), id: idAt(new Date(0)) }] })).status).toBe(400);
    const many = () => ({ actions: Array.from({ length: 30 }, () => click(7)) });
    await post(shop, 1, many());
    const flood = await post(shop, 1, many());
    expect([flood.status, Number(flood.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
    expect((await post(shop, 2, many())).status).toBe(202);
  });

  it('is looked up by operators alone', async () => {
    const shop = await startShop();
    for (const path of ['actions', 'histogram']) {
      const url = `${shop.url}/operator/behaviour/${path}`;
      expect((await fetch(url)).status).toBe(401);
      expect((await fetch(url, { headers: { authorization: `Bearer ${tokens[1]}` } })).status).toBe(403);
      expect((await fetch(url, { headers: { authorization: `Bearer ${tokens[OPERATOR]}` } })).status).toBe(
        200,
      );
    }
  });

  async function lagOf(): Promise<number> {
    const { topic, consumerGroup } = namesOf(TOPICS.behaviour, prefix);
    return withAdmin(async (admin) => {
      const ends = await admin.fetchTopicOffsets(topic);
      const [done] = await admin.fetchOffsets({ groupId: consumerGroup, topics: [topic] });
      const sum = (offsets: { offset: string }[]) =>
        offsets.reduce((total, { offset }) => total + Math.max(0, Number(offset)), 0);
      return sum(ends) - sum(done?.partitions ?? []);
    });
  }

  function deadLetterCount(): Promise<number> {
    return withAdmin(async (admin) => {
      const ends = await admin.fetchTopicOffsets(namesOf(TOPICS.behaviour, prefix).deadLetterTopic);
      return ends.reduce((total, { offset }) => total + Number(offset), 0);
    });
  }

  async function withAdmin<T>(ask: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await ask(admin);
    } finally {
      await admin.disconnect();
    }
  }
});
