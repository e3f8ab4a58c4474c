// Arrivals on a real broker and a real database: what is stored, what is not stored twice, what is set aside.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import type { ProductList } from '../contract/catalog.ts';
import { namesOf, TOPICS, type Topic } from '../contract/topics.ts';
import { hashPassword } from '../customers/passwords.ts';
import { until } from '../faults/until.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { afterTests, createTestDatabase, createTestRedis, testLog } from '../platform/testing.ts';
import { type ServingProcess, serve } from '../serve.ts';
import { productMessage, userMessage } from './testing.ts';

const prefix = `test-${randomBytes(6).toString('hex')}.`;
const role = `shop_${randomBytes(6).toString('hex')}`;
const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
const redis = createTestRedis();
let database: Database;
let kafka: Kafka;
let environment: Record<string, string>;
const { products, users } = TOPICS;

beforeAll(async () => {
  const created = await createTestDatabase();
  database = created.database;
  afterTests(() => database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`));
  await database.query(
    `INSERT INTO categories (name) VALUES ('things'); CREATE ROLE ${role} LOGIN PASSWORD 'right';
     GRANT USAGE ON SCHEMA public TO ${role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role};
     GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
  );
  kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(prefix));
  const url = new URL(created.url);
  url.username = role;
  url.password = 'right';
  environment = {
    DATABASE_URL: url.href,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    PORT: '0',
    LOG_LEVEL: 'silent',
    SHOP_ROLES: 'api,products-consumer,users-consumer',
    ORDERS_TRANSPORT: 'direct',
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
  await until('a shop that is ready', async () => (await ready(shop)).status === 200);
  return shop;
}

const ready = (shop: ServingProcess) => fetch(`${shop.url}/health/ready`);

/** Messages with their ids as keys, or all with `key`, so that they come in one batch. */
async function publish(topic: Topic, messages: readonly ({ id: string } | string)[], key?: string) {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({
    topic: namesOf(topic, prefix).topic,
    messages: messages.map((message) => ({
      key: key ?? (typeof message === 'string' ? null : message.id),
      value: typeof message === 'string' ? message : JSON.stringify(message),
    })),
  });
  await producer.disconnect();
}

async function metric(shop: ServingProcess, name: string): Promise<number> {
  const text = await (await fetch(`${shop.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

async function stored(view: 'products' | 'customers', ids: readonly string[]) {
  const { rows } = await database.query(
    `SELECT * FROM audit.${view} WHERE arrival_id = ANY ($1::uuid[]) ORDER BY 1`,
    [ids],
  );
  return rows;
}

async function deadLetters(topic: Topic): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(namesOf(topic, prefix).deadLetterTopic);
  await admin.disconnect();
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

describe('a product that arrives', () => {
  test('is the newest of the catalogue, with all that was said of it', async () => {
    const shop = await startShop();
    const message = productMessage({ name: 'Novelty', registeredAt: '2027-01-01T00:00:00.000Z' });
    await publish(products, [message]);
    const list = async () =>
      (await (await fetch(`${shop.url}/products?sort=newest&pageSize=1`)).json()) as ProductList;
    await until('the product', async () => (await list()).items[0]?.name === 'Novelty');
    const id = (await list()).items[0]?.id;
    expect(await (await fetch(`${shop.url}/products/${id}`)).json()).toMatchObject({
      ...message.product,
      id,
      orderCount: 0,
      soldOut: false,
    });
  });

  test('is stored once, however often it is delivered, and the first that has its id is the one', async () => {
    const shop = await startShop();
    const repeated = randomUUID();
    const first = productMessage({ name: 'first' }, repeated);
    const others = [productMessage(), productMessage()];
    const before = await metric(shop, 'shop_intake_repeated_total{topic="products"}');
    await publish(products, [first, others[0]!, productMessage({ name: 'second' }, repeated)], 'one batch');
    await publish(products, [first, others[1]!], 'one batch');
    await until('the last one', async () => (await stored('products', [others[1]!.id])).length === 1);
    const rows = await stored('products', [repeated, ...others.map(({ id }) => id)]);
    expect(rows.map((row) => [row.arrival_id, row.name])).toEqual([
      [repeated, 'first'],
      [others[0]!.id, 'A thing'],
      [others[1]!.id, 'A thing'],
    ]);
    expect(await metric(shop, 'shop_intake_repeated_total{topic="products"}')).toBe(before + 2);
  });

  test('is stored beside messages that are at fault, which end as dead letters', async () => {
    const shop = await startShop();
    const deadBefore = await deadLetters(products);
    const good = [productMessage(), productMessage()];
    // The second and the third pass the boundary; only the database knows that they cannot be.
    const bad = ['{"version":2}', productMessage({ categoryId: 99 }), productMessage({ name: 'a\u0000b' })];
    await publish(products, [good[0]!, ...bad, good[1]!], 'one batch');
    await until('the neighbours', async () => {
      const rows = await stored(
        'products',
        good.map(({ id }) => id),
      );
      return rows.length === 2;
    });
    await until('the dead letters', async () => (await deadLetters(products)) === deadBefore + 3);
    expect(await metric(shop, 'shop_intake_dead_letters_total{topic="products"}')).toBe(3);
  });

  test('waits, and says so, while the database refuses its service', async () => {
    const shop = await startShop();
    const deadBefore = await deadLetters(products);
    await database.query(`REVOKE INSERT ON products FROM ${role}`);
    const messages = Array.from({ length: 20 }, () => productMessage());
    try {
      await publish(products, messages);
      await until('a shop that says why', async () => {
        const answer = await ready(shop);
        const { reasons } = (await answer.json()) as { reasons: Record<string, string> };
        return answer.status === 503 && /products wait.*42501/.test(reasons['products-consumer'] ?? '');
      });
      expect(await metric(shop, 'shop_intake_waiting{topic="products"}')).toBe(1);
      const waits = 'shop_intake_waits_total{topic="products",cause="42501"}';
      await until('more attempts than poison is given', async () => (await metric(shop, waits)) > 5);
    } finally {
      await database.query(`GRANT INSERT ON products TO ${role}`);
    }
    const ids = messages.map(({ id }) => id);
    await until('all of them', async () => (await stored('products', ids)).length === ids.length);
    expect(await deadLetters(products)).toBe(deadBefore);
    await until('a shop that is ready again', async () => (await ready(shop)).status === 200);
    expect(await metric(shop, 'shop_intake_waiting{topic="products"}')).toBe(0);
  });
});

describe('a person who arrives', () => {
  const signIn = (shop: ServingProcess, email: string, password: string) =>
    fetch(`${shop.url}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });

  test('signs in with the password whose hash came along, and is who they were said to be', async () => {
    const shop = await startShop();
    const message = userMessage({ passwordHash: await hashPassword('correct horse') });
    await publish(users, [message]);
    await until('the person', async () => (await stored('customers', [message.id])).length === 1);
    const answer = await signIn(shop, message.user.email.toUpperCase(), 'correct horse');
    expect(answer.status).toBe(201);
    const { accessToken } = (await answer.json()) as { accessToken: string };
    const me = await fetch(`${shop.url}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    const { passwordHash: _, registeredAt, ...said } = message.user;
    expect(await me.json()).toMatchObject({
      ...said,
      createdAt: registeredAt,
      grade: 'BRONZE',
      roles: ['customer'],
      points: 0,
      lastOrderedAt: null,
    });
  });

  test('without a password keeps their e-mail and is let in by none', async () => {
    const shop = await startShop();
    const message = userMessage();
    await publish(users, [message]);
    await until('the person', async () => (await stored('customers', [message.id])).length === 1);
    expect((await signIn(shop, message.user.email, 'correct horse')).status).toBe(401);
    const { email, name, nickname, gender, birthYear, region, marketingConsent } = message.user;
    const body = { email, name, nickname, gender, birthYear, region, marketingConsent };
    const answer = await fetch(`${shop.url}/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, password: 'correct horse' }),
    });
    expect(answer.status).toBe(409);
  });

  test('is the first of two messages with their id, and of two people with one e-mail the first has it', async () => {
    await startShop();
    const deadBefore = await deadLetters(users);
    const ids = Array.from({ length: 10 }, () => randomUUID());
    const pairs = ids.flatMap((id) =>
      ['first', 'second'].map((nickname) => userMessage({ nickname, email: `${id}@pair.test` }, id)),
    );
    const namesake = userMessage({ nickname: 'namesake', email: `${ids[0]!.toUpperCase()}@pair.test` });
    await publish(users, pairs);
    await until('the first ones', async () => (await stored('customers', ids)).length === ids.length);
    await publish(users, [namesake]);
    await until('the dead letter', async () => (await deadLetters(users)) === deadBefore + 1);
    const rows = await stored('customers', [...ids, namesake.id]);
    expect(rows.map(({ nickname }) => nickname)).toEqual(ids.map(() => 'first'));
  });
});

test('three consumers of each group share its partitions and store each arrival once', async () => {
  const roles = 'products-consumer,users-consumer';
  const shared = randomUUID();
  await Promise.all([0, 1, 2].map(() => startShop({ SHOP_ROLES: roles })));
  const arriving = Array.from({ length: 60 }, () => ({
    product: productMessage({ name: shared }),
    user: userMessage({ name: shared }),
  }));
  const [productIds, userIds] = [
    arriving.map(({ product }) => product.id),
    arriving.map(({ user }) => user.id),
  ];
  for (let delivery = 0; delivery < 2; delivery += 1) {
    await publish(
      products,
      arriving.map(({ product }) => product),
    );
    await publish(
      users,
      arriving.map(({ user }) => user),
    );
  }
  const last = { product: productMessage(), user: userMessage() };
  await publish(products, [last.product]);
  await publish(users, [last.user]);
  await until('all of them', async () => {
    const found = [
      await stored('products', [...productIds, last.product.id]),
      await stored('customers', [...userIds, last.user.id]),
    ];
    return found.every((rows) => rows.length === 61);
  });
  for (const view of ['products', 'customers']) {
    const { rows } = await database.query(`SELECT FROM audit.${view} WHERE name = $1`, [shared]);
    expect(rows).toHaveLength(60);
  }
});
