// The rules from a shopper's action to the coupon they hold and the notification on their socket, through a real broker; and what
// becomes of both when the same comes twice, several processes are at it, or a service is away.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../behaviour/testing.ts';
import { encodeBatch } from '../behaviour/transports/behaviour-message.ts';
import { readConfig } from '../config.ts';
import type { BehaviourReport } from '../contract/behaviour.ts';
import type { Notification } from '../contract/notifications.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import { startRedisBehind } from '../faults/redis-behind.ts';
import {
  act,
  prepareRecommendingShop,
  type RecommendingShop,
  type Shopper,
} from '../recommendations/shop-testing.ts';
import { did } from '../recommendations/testing.ts';

const TEST_TIMEOUT_MS = 300_000;
const ROLES = 'api,behaviour-consumer,rules-engine';
const RULES_ON = {
  SHOP_RULES: 'on',
  RECOMMENDATIONS_ENGINE: 'none',
  ORDERS_TRANSPORT: 'direct',
  BEHAVIOUR_TRANSPORT: 'kafka',
  BEHAVIOUR_GATHER_MS: '5',
};

let shop: RecommendingShop;
beforeAll(async () => {
  shop = await prepareRecommendingShop();
});
afterAll(() => shop?.deleteTopics());
afterEach(async () => {
  await shop.closeOpened();
  for (const table of ['rule_firings', 'coupons', 'notifications', 'cart_lines', 'behaviour_actions'])
    await shop.database.query(`DELETE FROM ${table}`);
});

const start = (changes: Record<string, string> = {}) =>
  shop.start({ SHOP_ROLES: ROLES, ...RULES_ON, ...changes });

type Alerted = Shopper & { alerts: Notification[] };

async function connect(api: { url: string }, customerId: number): Promise<Alerted> {
  const shopper = await shop.connect(api, customerId);
  const alerts: Notification[] = [];
  // One that is pushed while somebody connects is given to them, too: as a screen does, each id counts once.
  shopper.socket.on('notification', (one) => {
    if (!alerts.some(({ id }) => id === one.id)) alerts.push(one);
  });
  return { ...shopper, alerts };
}
const clickOn = (categoryId: number): BehaviourReport => ({
  ...did('click', 1),
  target: { type: 'category', id: categoryId },
});
const couponsOf = ({ alerts }: Alerted) =>
  alerts.flatMap(({ content }) => (content.kind === 'coupon-issued' ? [content.coupon] : []));

async function held(customerId: number): Promise<string[]> {
  const { rows } = await shop.database.query<{ told: string }>(
    `SELECT rule || ' ' || scope || ' ' || coalesce(target_id::text, '') AS told
       FROM coupons JOIN coupon_definitions d ON d.id = definition_id WHERE customer_id = $1 ORDER BY 1`,
    [customerId],
  );
  return rows.map(({ told }) => told.trim());
}
async function stored(customerId: number): Promise<number> {
  const { rows } = await shop.database.query('SELECT id FROM notifications WHERE customer_id = $1', [
    customerId,
  ]);
  return rows.length;
}

async function loggedCount(): Promise<number> {
  const { rows } = await shop.database.query('SELECT id FROM behaviour_actions');
  return rows.length;
}

it('an action brings its person a coupon and tells them of it, once, whatever they do after it', async () => {
  const api = await start();
  const [shopper, other] = [await connect(api, 1), await connect(api, 2)];
  await act(shopper, clickOn(1), clickOn(1), clickOn(1));
  const [coupon] = await until('a coupon', () => (couponsOf(shopper).length > 0 ? couponsOf(shopper) : null));
  expect(coupon).toMatchObject({
    rule: 'category-clicked-today',
    scope: { kind: 'category', categoryId: 1 },
    targetName: 'fruit',
    benefit: { kind: 'rate', ratio: 0.1 },
  });
  const { rows } = await shop.database.query('SELECT id, expires_at FROM coupons WHERE customer_id = 1');
  expect(rows).toEqual([{ id: coupon!.id, expires_at: new Date(coupon!.expiresAt) }]);
  await act(shopper, clickOn(1));
  // What comes next of the same person is looked at after what came before.
  await act(shopper, clickOn(2), clickOn(2), clickOn(2));
  await until('another', () => couponsOf(shopper).length === 2);
  expect(await held(1)).toEqual(['category-clicked-today category 1', 'category-clicked-today category 2']);
  expect(other.alerts).toEqual([]);
  const metrics = await (await fetch(`${api.url}/metrics`)).text();
  expect(metrics).toMatch(/^shop_rules_given_total\{rule="category-clicked-today"\} 2$/m);
});

it('gives for a cart, a search and a purchase what the tables of the shop say, not what is merely told', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const api = await start();
  const shopper = await connect(api, 3);
  const headers = { authorization: `Bearer ${shop.tokens[3]}`, 'content-type': 'application/json' };
  const send = (method: string, path: string, body: unknown) =>
    fetch(`${api.url}${path}`, { method, headers, body: JSON.stringify(body) });
  // Nothing is in the cart, and nothing was bought.
  await act(
    shopper,
    did('cart-create', 2),
    did('cart-create', 4),
    did('cart-create', 6),
    did('order-create', 2),
  );
  for (const productId of [2, 4, 6]) await send('PUT', `/cart/items/${productId}`, { quantity: 1 });
  await act(shopper, did('cart-create', 6));
  await until('a coupon for the cart', async () => (await held(3)).length > 0);
  expect(await held(3)).toEqual(['cart-of-one-category category 1']);
  const search = () => ({ ...did('search', 1), target: { type: 'text', text: 'sofa' } }) as BehaviourReport;
  await act(shopper, search(), search());
  await until('a coupon for the search', async () => (await held(3)).length > 1);
  // 10 of each are in stock, so 7 leave few of it.
  await shop.database.query('UPDATE products SET price_krw = 5000, list_price_krw = 5000 WHERE id = 60');
  const viewer = await connect(api, 4);
  const wisher = await connect(api, 2);
  await shop.database.query('INSERT INTO wishes (customer_id, product_id, wished_at) VALUES (2, 60, now())');
  await act(viewer, did('click', 60));
  await until('a viewer', async () => {
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    return /^shop_rules_people 2$/m.test(metrics);
  });
  const id = did('click', 1).id;
  const lines = [{ productId: 60, quantity: 7 }];
  const placed = await send('POST', '/orders', { id, lines, paymentMethod: 'card' });
  expect(await placed.json()).toMatchObject({ state: 'confirmed' });
  await act(shopper, did('order-create', 60));
  for (const { alerts } of [viewer, wisher]) {
    const alert = await until('an alert', () => alerts.find(({ content }) => content.kind === 'stock-low'));
    expect(alert.content).toMatchObject({ productId: 60, stockCount: 3 });
  }
  await until('a coupon for the purchase', async () => (await held(3)).length > 2);
  expect(await held(3)).toEqual([
    'cart-of-one-category category 1',
    'category-searched-most category 2',
    'purchase all',
  ]);
});

it('a batch that comes again gives nothing twice, at one process or at two', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const { topic } = namesOf(TOPICS.behaviour, shop.prefix);
  const api = await start();
  await start({ SHOP_ROLES: 'rules-engine' });
  const shopper = await connect(api, 1);
  const producer = shop.kafka.producer();
  await producer.connect();
  shop.opened.push(() => producer.disconnect());
  await shop.database.query('UPDATE products SET stock_count = 3 WHERE id = 10');
  const actions = [did('click', 10), clickOn(2), clickOn(2), clickOn(2)].map((report) => ({
    ...report,
    customerId: 1,
    actedAt: new Date(),
  }));
  const { value } = encodeBatch({ customerId: 1, actions, receivedMs: 0 });
  // In every partition: as if the group had been divided anew over it, several times.
  const messages = [0, 1, 2, 0, 1, 2, 0, 1, 2].map((partition) => ({ partition, key: '1', value }));
  await producer.send({ topic, messages });
  await until('a coupon', () => couponsOf(shopper).length > 0);
  await shop.closeOpened();
  // The processes are closed: all that lay there was looked at, or is by the next one.
  const again = await start();
  const marker = await connect(again, 2);
  await act(marker, clickOn(1), clickOn(1), clickOn(1));
  await until('a coupon of somebody else', () => couponsOf(marker).length > 0);
  await until('what lay there', async () => {
    const admin = shop.kafka.admin();
    await admin.connect();
    try {
      const groupId = namesOf(TOPICS.behaviour, shop.prefix, TOPICS.behaviour.furtherGroups[1]).consumerGroup;
      const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const ends = await admin.fetchTopicOffsets(topic);
      return ends.every(({ partition, high }) =>
        committed?.partitions.some(
          (one) => one.partition === partition && Number(one.offset) === Number(high),
        ),
      );
    } finally {
      await admin.disconnect();
    }
  });
  expect(await held(1)).toEqual(['category-clicked-today category 2']);
  // The coupon, and that few are left.
  expect(await stored(1)).toBe(2);
});

it('people whose partitions go to another process get what they are due there', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const api = await shop.start({ SHOP_ROLES: 'api,behaviour-consumer', ...RULES_ON });
  const first = await start({ SHOP_ROLES: 'rules-engine' });
  const shoppers = await Promise.all([1, 2, 3, 4].map((customerId) => connect(api, customerId)));
  for (const shopper of shoppers) await act(shopper, clickOn(1), clickOn(1));
  await until('a log of it', async () => (await loggedCount()) === 8);
  await start({ SHOP_ROLES: 'rules-engine' });
  await first.close();
  for (const shopper of shoppers) await act(shopper, clickOn(1));
  for (const shopper of shoppers) await until('a coupon', () => couponsOf(shopper).length > 0);
  for (const customerId of [1, 2, 3, 4]) expect(await held(customerId)).toHaveLength(1);
});

it('coupons are given without Redis, and whoever was not told is told at the next connection', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const api = await shop.start({ SHOP_ROLES: 'api,behaviour-consumer', ...RULES_ON });
  const redis = await startRedisBehind(shop.redis.url);
  shop.opened.push(redis.close);
  await start({ SHOP_ROLES: 'rules-engine', REDIS_URL: redis.url });
  const shopper = await connect(api, 3);
  redis.setAway(true);
  await act(shopper, clickOn(1), clickOn(1), clickOn(1));
  await until('a coupon', async () => (await held(3)).length === 1);
  await until('a notification', async () => (await stored(3)) === 1);
  expect(shopper.alerts).toEqual([]);
  shopper.socket.disconnect();
  redis.setAway(false);
  const back = await connect(api, 3);
  await until('what was missed', () => couponsOf(back).length === 1);
});

it('nothing is given where the rules are off, and on they need the topic', async () => {
  const off = await shop.start({ SHOP_ROLES: ROLES, RECOMMENDATIONS_ENGINE: 'none' });
  const shopper = await connect(off, 1);
  await act(shopper, clickOn(1), clickOn(1), clickOn(1));
  await until('a log of it', async () => (await loggedCount()) === 3);
  expect(await held(1)).toEqual([]);
  const direct = { ...RULES_ON, SHOP_ROLES: 'api', BEHAVIOUR_TRANSPORT: 'direct' };
  expect(() => readConfig({ ...shop.environment, ...direct })).toThrow(
    /SHOP_RULES: found "on", needed off, or BEHAVIOUR_TRANSPORT=kafka beside it/,
  );
});
