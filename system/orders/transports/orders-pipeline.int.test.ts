import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Kafka } from 'kafkajs';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import type { OrderOutcome, PlaceOrderBody } from '../../contract/orders.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../contract/sockets.ts';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import { seedCoupons } from '../../coupons/testing.ts';
import { createSessions } from '../../customers/sessions.ts';
import { createKafka } from '../../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../../platform/kafka/kafka-topics.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import { createClock } from '../../platform/settings/clock.ts';
import { createTestDatabase, createTestRedis, testLog } from '../../platform/testing.ts';
import { type ServingProcess, serve } from '../../serve.ts';
import { auditFindings, orderBody, orderToPlace, seedShop } from '../testing.ts';
import { encodeOrder } from './order-message.ts';

type ShopperSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
const DEADLINE_MS = 120_000;
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
  await seedShop(database, { stockCounts: [10_000, 0, 10_000], customerCount: 3 });
  const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
  kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(prefix));
  const sessions = createSessions({ redis: redis.redis, database, clock });
  for (const customerId of [1, 2, 3])
    tokens[customerId] = (await sessions.issue({ customerId, roles: ['customer'] })).accessToken;
  environment = {
    DATABASE_URL: created.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    PORT: '0',
    LOG_LEVEL: 'silent',
    SHOP_ROLES: 'api,orders-consumer',
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

/** Waits until `probe` gives something. */
async function until<T>(what: string, probe: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${DEADLINE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const isReady = (url: string) => fetch(`${url}/health/ready`).then(({ ok }) => ok);

async function startShop(changes: Record<string, string> = {}): Promise<ServingProcess> {
  const shop = await serve(readConfig({ ...environment, ...changes }), testLog);
  opened.push(shop.close);
  await until('a shop that is ready', () => isReady(shop.url));
  return shop;
}

/** A shopper's socket and all outcomes it has heard. */
async function connectShopper(shop: ServingProcess, customerId: number) {
  const socket: ShopperSocket = connectSocket(shop.url, {
    transports: ['websocket'],
    auth: { accessToken: tokens[customerId] },
  });
  opened.push(() => socket.close());
  const heard: { event: string; outcome: OrderOutcome }[] = [];
  socket.on('order:confirmed', (outcome) => heard.push({ event: 'order:confirmed', outcome }));
  socket.on('order:rejected', (outcome) => heard.push({ event: 'order:rejected', outcome }));
  await once(socket as unknown as EventTarget & NodeJS.EventEmitter, 'connect');
  const hear = (orderId: string, count = 1) =>
    until(`outcome of ${orderId}`, () => {
      const found = heard.filter(({ outcome }) => outcome.orderId === orderId);
      return found.length >= count ? found : undefined;
    });
  return { socket, heard, hear };
}

/** What was heard of one order: what the test before left on the topic may be told as well. */
const heardOf = ({ heard }: Awaited<ReturnType<typeof connectShopper>>, id: string) =>
  heard.filter(({ outcome }) => outcome.orderId === id);

function postOrder(url: string, customerId: number, order: PlaceOrderBody): Promise<Response> {
  return fetch(`${url}/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[customerId]}`, 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
}

const getOrder = (url: string, customerId: number, id: string) =>
  fetch(`${url}/orders/${id}`, { headers: { authorization: `Bearer ${tokens[customerId]}` } });

async function publish(...values: string[]): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  // One key, so that all of them come in one batch.
  await producer.send({
    topic: namesOf(TOPICS.orders, prefix).topic,
    messages: values.map((value) => ({ key: '1', value })),
  });
  await producer.disconnect();
}

describe('an order through Kafka', () => {
  it('is accepted, and its shopper hears the outcome by socket with all stages', async () => {
    const shop = await startShop();
    const shopper = await connectShopper(shop, 1);
    const [good, soldOut] = [orderBody([1]), orderBody([2])];
    const answer = await postOrder(shop.url, 1, good);
    expect([answer.status, await answer.json()]).toEqual([202, { id: good.id, state: 'accepted' }]);
    const [heard] = await shopper.hear(good.id);
    expect(heard).toMatchObject({
      event: 'order:confirmed',
      outcome: { state: 'confirmed', totalKrw: 12_500 },
    });
    const { receivedMs, publishedMs, consumedMs, startedMs, committedMs } = heard!.outcome.stages!;
    const passed = [receivedMs, publishedMs!, consumedMs!, startedMs, committedMs];
    expect(passed).toEqual(passed.toSorted((a, b) => a - b));
    await postOrder(shop.url, 1, soldOut);
    expect(await shopper.hear(soldOut.id)).toMatchObject([
      { event: 'order:rejected', outcome: { rejectionReason: 'sold-out' } },
    ]);
    expect(await (await getOrder(shop.url, 1, good.id)).json()).toMatchObject({ state: 'confirmed' });
    expect((await getOrder(shop.url, 2, good.id)).status).toBe(404);
  });

  it('reaches its shopper from another process than the one that holds the socket', async () => {
    const api = await startShop({ SHOP_ROLES: 'api' });
    await startShop({ SHOP_ROLES: 'orders-consumer' });
    const [shopper, stranger] = [await connectShopper(api, 1), await connectShopper(api, 2)];
    const order = orderBody([1]);
    await postOrder(api.url, 1, order);
    await shopper.hear(order.id);
    expect(stranger.heard).toEqual([]);
  });

  it('with the id of another customer is told to its sender as one that cannot be used', async () => {
    const shop = await startShop();
    const [owner, stranger] = [await connectShopper(shop, 1), await connectShopper(shop, 2)];
    const order = orderBody([1]);
    await postOrder(shop.url, 1, order);
    await owner.hear(order.id);
    expect((await postOrder(shop.url, 2, order)).status).toBe(202);
    expect(await stranger.hear(order.id)).toMatchObject([
      { event: 'order:rejected', outcome: { rejectionReason: 'order-id-taken', totalKrw: 0, stages: null } },
    ]);
    expect(heardOf(owner, order.id)).toHaveLength(1);
    expect((await getOrder(shop.url, 2, order.id)).status).toBe(404);
  });

  it('with the id of another order of theirs is refused at once, also while that one still waits', async () => {
    const api = await startShop({ SHOP_ROLES: 'api' });
    const order = orderBody([{ productId: 1, quantity: 1 }, 3]);
    const statusOf = async (changes: Partial<PlaceOrderBody>) => {
      const answer = await postOrder(api.url, 1, { ...order, ...changes });
      const { code } = (await answer.json()) as { code?: string };
      return code ?? answer.status;
    };
    expect(await statusOf({})).toBe(202);
    expect(await statusOf({ lines: [{ productId: 1, quantity: 2 }] })).toBe('order-id-reused');
    expect(await statusOf({ paymentMethod: 'bank' })).toBe('order-id-reused');
    expect(await statusOf({ lines: order.lines.toReversed() })).toBe(202);
    await startShop({ SHOP_ROLES: 'orders-consumer' });
    await until('the order', async () => (await getOrder(api.url, 1, order.id)).ok);
    expect(await statusOf({ paymentMethod: 'bank' })).toBe('order-id-reused');
    expect(await statusOf({})).toBe(202);
    expect(await (await getOrder(api.url, 1, order.id)).json()).toMatchObject({ paymentMethod: 'card' });
  });

  it('with such an id that the shop had forgotten is told as a conflict, which is no outcome', async () => {
    const shop = await startShop();
    const shopper = await connectShopper(shop, 1);
    const conflicts: unknown[] = [];
    shopper.socket.on('order:conflict', (conflict) => conflicts.push(conflict));
    const order = orderBody([1]);
    await postOrder(shop.url, 1, order);
    await shopper.hear(order.id);
    await redis.redis.del(`order-body:1:${order.id}`);
    expect((await postOrder(shop.url, 1, { ...order, paymentMethod: 'bank' })).status).toBe(202);
    await until('the conflict', () => conflicts.length > 0);
    expect(conflicts).toEqual([{ orderId: order.id, code: 'order-id-reused' }]);
    expect(heardOf(shopper, order.id)).toHaveLength(1);
  });

  it('that the broker delivers twice is placed once and told twice', async () => {
    const shop = await startShop();
    const shopper = await connectShopper(shop, 1);
    const order = orderBody([1]);
    const { value } = encodeOrder(orderToPlace(1, order, clock.now()), clock.monotonicMs());
    await publish(value);
    await shopper.hear(order.id);
    await publish(value);
    const told = await shopper.hear(order.id, 2);
    expect(told.map(({ outcome }) => outcome.stages === null)).toEqual([false, true]);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('goes through beside messages that nobody can read, which end as dead letters', async () => {
    const shop = await startShop();
    const shopper = await connectShopper(shop, 1);
    const dead = await readDeadLetters();
    const [before, after] = [orderBody([1]), orderBody([1])];
    const encode = (order: PlaceOrderBody) => encodeOrder(orderToPlace(1, order, clock.now()), 0).value;
    // The second message passes the boundary, but its time is more than the database can hold.
    const poison = encode(orderBody([1])).replace(/"placedAt":"\d+/, '"placedAt":"0000');
    await publish(encode(before), poison, '{"version":2}', encode(after));
    await shopper.hear(before.id);
    await shopper.hear(after.id);
    await until('two dead letters', () => dead.length === 2);
    expect(dead.map(({ value }) => value).sort()).toEqual([poison, '{"version":2}'].sort());
    expect(dead.find(({ value }) => value === '{"version":2}')?.error).toMatch(/not an order of version 1/);
  });

  async function readDeadLetters() {
    const dead: { value: string; error: string }[] = [];
    const consumer = kafka.consumer({ groupId: `${prefix}dead`, maxWaitTimeInMs: 100 });
    opened.push(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topic: namesOf(TOPICS.orders, prefix).deadLetterTopic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        dead.push({ value: String(message.value), error: String(message.headers?.error) });
      },
    });
    return dead;
  }
});

describe('an order without a broker', () => {
  it('is decided in the request and pushed all the same', async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' });
    const shopper = await connectShopper(shop, 1);
    const order = orderBody([1]);
    const answer = await postOrder(shop.url, 1, order);
    expect([answer.status, await answer.json()]).toMatchObject([201, { id: order.id, state: 'confirmed' }]);
    const [heard] = await shopper.hear(order.id);
    expect(heard?.outcome.stages).toMatchObject({ publishedMs: null, consumedMs: null });
    const stranger = await postOrder(shop.url, 2, order);
    expect([stranger.status, await stranger.json()]).toMatchObject([409, { code: 'order-id-taken' }]);
  });

  it('may be decided in one batch with others, and is answered and pushed all the same', async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'direct-batched', SHOP_ROLES: 'api' });
    const shopper = await connectShopper(shop, 1);
    const orders = Array.from({ length: 20 }, () => orderBody([1]));
    const answers = await Promise.all(orders.map((order) => postOrder(shop.url, 1, order)));
    expect(answers.map(({ status }) => status)).toEqual(orders.map(() => 201));
    for (const { id } of orders) expect(await shopper.hear(id)).toMatchObject([{ event: 'order:confirmed' }]);
    const committed = new Set(shopper.heard.map(({ outcome }) => outcome.stages?.committedMs));
    expect(committed.size).toBeLessThan(orders.length);
    expect(await auditFindings(database)).toEqual([]);
  });

  it.each(['direct', 'direct-batched'])(
    'is refused by %s when its id stands for another order of theirs',
    async (transport) => {
      const shop = await startShop({ ORDERS_TRANSPORT: transport, SHOP_ROLES: 'api' });
      const order = orderBody([1]);
      const other = { ...order, lines: [{ productId: 1, quantity: 2 }] };
      const atOnce = await Promise.all([order, other].map((body) => postOrder(shop.url, 1, body)));
      expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409]);
      const won = atOnce[0]?.status === 201 ? order : other;
      const again = [
        await postOrder(shop.url, 1, won),
        await postOrder(shop.url, 1, { ...won, paymentMethod: 'bank' }),
      ];
      expect(again.map(({ status }) => status)).toEqual([201, 409]);
      expect(await again[1]?.json()).toMatchObject({ code: 'order-id-reused' });
      const view = await (await getOrder(shop.url, 1, order.id)).json();
      expect(view).toMatchObject({ paymentMethod: 'card', lines: [{ quantity: won.lines[0]?.quantity }] });
    },
  );

  it('can be cancelled by its own customer, once', async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' });
    const order = orderBody([1]);
    await postOrder(shop.url, 1, order);
    const cancel = async (customerId: number) => {
      const headers = { authorization: `Bearer ${tokens[customerId]}` };
      const answer = await fetch(`${shop.url}/orders/${order.id}/cancel`, { method: 'POST', headers });
      return answer.status;
    };
    expect([await cancel(2), await cancel(1), await cancel(1)]).toEqual([404, 200, 409]);
    const list = await fetch(`${shop.url}/orders?pageSize=1`, {
      headers: { authorization: `Bearer ${tokens[1]}` },
    });
    expect(await list.json()).toMatchObject({ items: [{ id: order.id, state: 'cancelled' }], hasNext: true });
  });

  it('is refused when a product stands in two lines', async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' });
    expect((await postOrder(shop.url, 1, orderBody([1, 1]))).status).toBe(400);
  });
});

describe.each(['kafka', 'direct', 'direct-batched'])('an order with a coupon by %s', (transport) => {
  const start = () =>
    startShop({
      ORDERS_TRANSPORT: transport,
      SHOP_ROLES: transport === 'kafka' ? 'api,orders-consumer' : 'api',
    });
  const withCoupon = (couponId: string) => ({ ...orderBody([1]), couponId });
  const reasonOf = ([one]: { outcome: OrderOutcome }[]) => one?.outcome.rejectionReason ?? one?.outcome.state;

  it('has it alone of several at once, is told why the others have not, and gives it back', async () => {
    const shop = await start();
    const shopper = await connectShopper(shop, 1);
    const [[couponId], [foreign]] = [
      await seedCoupons(database, [1], clock.now(), { rule: transport }),
      await seedCoupons(database, [2], clock.now(), { rule: transport }),
    ];
    const orders = Array.from({ length: 6 }, () => withCoupon(couponId!));
    const answers = await Promise.all(orders.map((order) => postOrder(shop.url, 1, order)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(transport === 'kafka' ? 202 : 201));
    const reasons = await Promise.all(orders.map(async ({ id }) => reasonOf(await shopper.hear(id))));
    expect(reasons.toSorted()).toEqual(['confirmed', ...Array(5).fill('coupon-used')]);
    const won = orders[reasons.indexOf('confirmed')]!;
    const again = await postOrder(shop.url, 1, won);
    expect(again.status).toBe(answers[0]?.status);
    const view = await (await getOrder(shop.url, 1, won.id)).json();
    expect(view).toMatchObject({ state: 'confirmed', couponId, totalKrw: 11_500 });
    const another = withCoupon(foreign!);
    await postOrder(shop.url, 1, another);
    expect(reasonOf(await shopper.hear(another.id))).toBe('coupon-unknown');
    await fetch(`${shop.url}/orders/${won.id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[1]}` },
    });
    const next = withCoupon(couponId!);
    await postOrder(shop.url, 1, next);
    expect(reasonOf(await shopper.hear(next.id))).toBe('confirmed');
    expect(await auditFindings(database)).toEqual([]);
  });

  it('is refused at the door where its coupon is no id', async () => {
    const shop = await start();
    for (const couponId of ['x', 7, "' OR 1=1 --", null, '01960A3C-7B1A-7C3E-8000-0123456789AB'])
      expect((await postOrder(shop.url, 1, { ...orderBody([1]), couponId: couponId as string })).status).toBe(
        400,
      );
  });
});

describe('a socket', () => {
  it('is refused without a valid access token', async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' });
    for (const auth of [{}, { accessToken: 'made-up' }, { accessToken: 7 }]) {
      const socket = connectSocket(shop.url, { transports: ['websocket'], auth, reconnection: false });
      opened.push(() => socket.close());
      const error = await new Promise<Error>((resolve) => socket.on('connect_error', resolve));
      expect(error.message).toBe('not-signed-in');
    }
  });

  it("gives stored outcomes again after a reconnect, of the customer's own orders only", async () => {
    const shop = await startShop({ ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' });
    const [own, foreign, unknown] = [orderBody([1]), orderBody([1]), orderBody([1])];
    await postOrder(shop.url, 1, own);
    await postOrder(shop.url, 2, foreign);
    const { socket } = await connectShopper(shop, 1);
    const outcomes = await socket.emitWithAck('orders:resume', [own.id, foreign.id, unknown.id]);
    expect(outcomes).toEqual([
      { orderId: own.id, state: 'confirmed', rejectionReason: null, totalKrw: 12_500, stages: null },
    ]);
    const tooMany = Array.from({ length: 51 }, () => orderBody([1]).id);
    expect(await socket.emitWithAck('orders:resume', tooMany)).toEqual([]);
  });
});

describe('a shop that is told to stop', () => {
  it('ends with 0, and no accepted order is lost or doubled', async () => {
    const child = spawn(process.execPath, [new URL('../../main.ts', import.meta.url).pathname, 'serve'], {
      env: { PATH: process.env.PATH, ...environment, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    opened.push(() => child.kill('SIGKILL'));
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const url = await until('the address', () => /"url":"([^"]+)"/.exec(output)?.[1]);
    await until('a shop that is ready', () => isReady(url).catch(() => false));
    const orders = Array.from({ length: 200 }, () => orderBody([1]));
    const answers = orders.map((order) =>
      postOrder(url, 3, order).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    await Promise.any(answers);
    child.kill('SIGTERM');
    const statuses = await Promise.all(answers);
    expect(await exited).toEqual([0, null]);
    const accepted = orders.filter((_, index) => statuses[index] === 202).map(({ id }) => id);
    expect(accepted.length).toBeGreaterThan(0);
    await startShop();
    await until('every accepted order decided', async () => {
      const { rows } = await database.query(
        `SELECT count(*)::int AS count FROM audit.orders WHERE id = ANY($1::uuid[]) AND state = 'confirmed'`,
        [accepted],
      );
      return rows[0]?.count === accepted.length;
    });
    expect(await auditFindings(database)).toEqual([]);
  });
});
