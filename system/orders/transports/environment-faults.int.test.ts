// What becomes of orders while the database answers but refuses its service: a read-only standby, a rotated password, a
// right or a table that is gone, prepared statements that a connection has forgotten. All of them are mended by an
// operator, so no order may be given up meanwhile.
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Admin } from 'kafkajs';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import type { PlaceOrderBody } from '../../contract/orders.ts';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import { createSessions } from '../../customers/sessions.ts';
import { until } from '../../faults/until.ts';
import { logOptions } from '../../platform/diagnostics/log.ts';
import { createKafka } from '../../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../../platform/kafka/kafka-topics.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import { createClock } from '../../platform/settings/clock.ts';
import { afterTests, createTestDatabase, createTestRedis, testLog } from '../../platform/testing.ts';
import { type ServingProcess, serve } from '../../serve.ts';
import { auditFindings, orderBody, seedShop } from '../testing.ts';

const prefix = `test-${randomBytes(6).toString('hex')}.`;
const role = `shop_${randomBytes(6).toString('hex')}`;
const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
const topics = namesOf(TOPICS.orders, prefix);
const redis = createTestRedis();
let database: Database;
let admin: Admin;
let environment: Record<string, string>;
let accessToken: string;

beforeAll(async () => {
  const created = await createTestDatabase();
  database = created.database;
  afterTests(async () => {
    await database.query(`DROP OWNED BY ${role}`);
    await database.query(`DROP ROLE ${role}`);
  });
  await seedShop(database, { stockCounts: [1_000_000], customerCount: 1 });
  await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'right'`);
  for (const schema of ['public', 'audit'])
    await database.query(
      `GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role};
       GRANT ALL ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
    );
  const kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(prefix));
  admin = kafka.admin();
  await admin.connect();
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis: redis.redis, database, clock });
  ({ accessToken } = await sessions.issue({ customerId: 1, roles: ['customer'] }));
  const url = new URL(created.url);
  url.username = role;
  url.password = 'right';
  environment = {
    DATABASE_URL: url.href,
    DATABASE_POOL_SIZE: '4',
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    PORT: '0',
  };
});

afterAll(async () => {
  await admin.deleteTopics({ topics: topicDefinitions(prefix).map(({ name }) => name) });
  await admin.disconnect();
});

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

type LoggedShop = ServingProcess & { lines: { msg: string; cause?: string }[] };

async function startShop(changes: Record<string, string>): Promise<LoggedShop> {
  const lines: LoggedShop['lines'] = [];
  const target = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const config = readConfig({ ...environment, ...changes });
  const shop = await serve(config, pino(logOptions({ level: 'info', name: 'test' }), target));
  opened.push(shop.close);
  await until('a shop that is ready', async () => (await ready(shop)).status === 200);
  return { ...shop, lines };
}

/** Causes of waiting that the log has told, one for each line. */
const causesTold = ({ lines }: LoggedShop) =>
  lines.filter(({ msg }) => msg.startsWith('orders wait')).map(({ cause = '' }) => cause);

const ready = (shop: ServingProcess) => fetch(`${shop.url}/health/ready`);

async function metric(shop: ServingProcess, name: string): Promise<string[]> {
  const text = await (await fetch(`${shop.url}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith(name));
}

const order = (shop: ServingProcess, body: PlaceOrderBody) =>
  fetch(`${shop.url}/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Sends single orders until it is told to stop; gives those that were accepted, and every other answer. */
function flow(shop: ServingProcess) {
  const accepted: string[] = [];
  const others: { status: number; code: string; retryAfter: string | null }[] = [];
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const body = orderBody([1]);
      const answer = await order(shop, body);
      const { code = '' } = (await answer.json()) as { code?: string };
      if (answer.ok) accepted.push(body.id);
      else others.push({ status: answer.status, code, retryAfter: answer.headers.get('retry-after') });
    }
  })();
  const stop = async () => {
    isOver = true;
    await running;
  };
  opened.push(stop);
  return { accepted, others, stop };
}

async function storedCount(ids: readonly string[]): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit.orders WHERE id = ANY($1::uuid[]) AND state = 'confirmed'`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}

async function deadLetterCount(): Promise<number> {
  const offsets = await admin.fetchTopicOffsets(topics.deadLetterTopic);
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

/** New connections are refused or come under the changed setting; those that stand have it from before. */
const cutConnections = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`;

/** What an operator's mistake or a change of servers looks like, and how it is undone. */
const FAULTS = [
  [
    'a database that is read-only',
    [`ALTER ROLE ${role} SET default_transaction_read_only = on`, cutConnections],
    [`ALTER ROLE ${role} RESET default_transaction_read_only`],
    '25006',
  ],
  [
    'a password that was changed',
    [`ALTER ROLE ${role} PASSWORD 'other'`, cutConnections],
    [`ALTER ROLE ${role} PASSWORD 'right'`],
    '28P01',
  ],
  [
    'a right that was taken away',
    [`REVOKE INSERT ON orders FROM ${role}`],
    [`GRANT INSERT ON orders TO ${role}`],
    '42501',
  ],
  [
    'a table that is not there',
    ['ALTER TABLE order_lines RENAME TO order_lines_away'],
    ['ALTER TABLE order_lines_away RENAME TO order_lines'],
    '42P01',
  ],
] as const;

async function inTurn(statements: readonly string[]): Promise<void> {
  for (const statement of statements) await database.query(statement);
}

describe.each(FAULTS)('%s', (_name, plant, undo, sqlState) => {
  test('keeps accepted orders waiting, says so, and loses none', async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'kafka' });
    const { accepted, stop } = flow(shop);
    await until('orders that flow', () => accepted.length > 5);
    await inTurn(plant);
    try {
      const acceptedBefore = accepted.length;
      await until('a shop that says why', async () => {
        const answer = await ready(shop);
        const { reasons } = (await answer.json()) as { reasons: Record<string, string> };
        return answer.status === 503 && reasons['orders-consumer']?.includes(sqlState);
      });
      await until('more attempts than poison is given', async () => {
        const [line = ''] = await metric(shop, `shop_orders_waits_total{cause="${sqlState}"`);
        return Number(line.split(' ').at(-1)) > 5;
      });
      expect(await metric(shop, 'shop_orders_waiting ')).toEqual(['shop_orders_waiting 1']);
      await until('further orders', () => accepted.length > acceptedBefore + 5);
    } finally {
      await inTurn(undo);
    }
    await until('a shop that is ready again', async () => (await ready(shop)).status === 200);
    await stop();
    await until('every order', async () => (await storedCount(accepted)) === accepted.length);
    expect(await deadLetterCount()).toBe(0);
    expect(await metric(shop, 'shop_orders_waiting ')).toEqual(['shop_orders_waiting 0']);
    expect(causesTold(shop)).toContain(sqlState);
    expect(causesTold(shop)).toHaveLength(new Set(causesTold(shop)).size);
    expect(shop.lines.some(({ msg }) => msg.startsWith('orders go on'))).toBe(true);
    expect(await auditFindings(database)).toEqual([]);
  });

  test.each(['direct', 'direct-batched'])('is answered with 503 by %s, never with 500', async (transport) => {
    const shop = await startShop({ ORDERS_TRANSPORT: transport, SHOP_ROLES: 'api' });
    const { accepted, others, stop } = flow(shop);
    await until('orders that flow', () => accepted.length > 5);
    await inTurn(plant);
    try {
      await until('refusals', () => others.filter(({ code }) => code === 'order-not-placed').length > 5);
      expect((await ready(shop)).status).toBe(503);
      expect(await metric(shop, 'shop_orders_waiting ')).toEqual(['shop_orders_waiting 1']);
    } finally {
      await inTurn(undo);
    }
    const acceptedBefore = accepted.length;
    await until('orders that flow again', () => accepted.length > acceptedBefore + 20);
    await stop();
    expect((await ready(shop)).status).toBe(200);
    for (const answer of others) expect(answer).toMatchObject({ status: 503, retryAfter: '2' });
    expect(await storedCount(accepted)).toBe(accepted.length);
    expect(causesTold(shop)).toContain(sqlState);
    expect(causesTold(shop).length).toBeLessThan(10);
  });
});

test('prepared statements that the connections have forgotten cost no order', async () => {
  await database.query(`
    CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      EXECUTE 'DEALLOCATE ALL';
      RETURN NULL;
    END $$;
    CREATE TRIGGER forgetful AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION forget()`);
  opened.push(() => database.query('DROP TRIGGER IF EXISTS forgetful ON orders; DROP FUNCTION forget()'));
  const shop = await startShop({ ORDERS_TRANSPORT: 'kafka' });
  const { accepted, stop } = flow(shop);
  await until('statements that were missed', async () => {
    const [line = ''] = await metric(shop, 'shop_orders_waits_total{cause="26000"');
    return Number(line.split(' ').at(-1)) > 3;
  });
  await stop();
  await until('every order', async () => (await storedCount(accepted)) === accepted.length);
  expect(await deadLetterCount()).toBe(0);
  expect(await auditFindings(database)).toEqual([]);
});
