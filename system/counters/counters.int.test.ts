// The live counters of a whole shop: who is counted where, what sockets are told, and what becomes of it when something breaks.
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../behaviour/testing.ts';
import { MAX_WATCHED_PRODUCTS } from '../contract/counters.ts';
import { seedCoupons } from '../coupons/testing.ts';
import { startRedisBehind } from '../faults/redis-behind.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { testLog } from '../platform/testing.ts';
import type { ServingProcess } from '../serve.ts';
import { productKey } from './keys.ts';
import { createPeopleInRedis } from './people-in-redis.ts';
import { type CountingShop, prepareCountingShop, type Tab } from './shop-testing.ts';

const LIMIT = { timeout: 60_000 };

let shop: CountingShop;
beforeAll(async () => {
  shop = await prepareCountingShop();
});
afterEach(() => shop.closeOpened());

/** Waits until a page shows this of a product. */
const shows = (tab: Tab, productId: number, values: ReturnType<Tab['product']>) =>
  expect.poll(() => tab.product(productId), LIMIT).toMatchObject(values);

it('people are counted, not tabs, and are gone with their browser', { timeout: 300_000 }, async () => {
  const api = await shop.start();
  const [watcher, tab, sameTab, other] = await Promise.all([1, 2, 2, 3].map((id) => shop.open(api, id)));
  watcher!.socket.emit('counters:watch', { productIds: [1, 2], shop: true });
  await shows(watcher!, 1, { viewing: 0, bought: 0, inCart: 0 });
  await expect.poll(watcher!.inShop, LIMIT).toBe(3);
  for (const { socket } of [tab!, sameTab!, other!]) socket.emit('counters:view', { productId: 1 });
  await shows(watcher!, 1, { viewing: 2 });
  tab!.socket.emit('counters:view', { productId: 2 });
  await shows(watcher!, 2, { viewing: 1 });
  expect(watcher!.product(1).viewing).toBe(2);
  sameTab!.socket.emit('counters:view', { productId: null });
  await shows(watcher!, 1, { viewing: 1 });
  // Without a word, as a browser that is killed.
  for (const { socket } of [other!, tab!]) {
    socket.io.reconnection(false);
    socket.io.engine.close();
  }
  await shows(watcher!, 1, { viewing: 0 });
  await shows(watcher!, 2, { viewing: 0 });
  await expect.poll(watcher!.inShop, LIMIT).toBe(2);
});

it('guests are people too, each once and apart from customers, at any instance, and leave no ghost', {
  timeout: 300_000,
}, async () => {
  const [near, killed] = [await shop.start(), await shop.startProcess()];
  const [guest, other] = [await shop.beginVisit(near), await shop.beginVisit(killed)];
  const watcher = await shop.open(near, guest);
  watcher.socket.emit('counters:watch', { productIds: [3], shop: true });
  const tabs = await Promise.all([
    shop.open(near, guest),
    shop.open(killed, guest),
    shop.open(killed, other),
    shop.open(killed, 1),
  ]);
  for (const { socket } of tabs) socket.emit('counters:view', { productId: 3 });
  await shows(watcher, 3, { viewing: 3 });
  await expect.poll(watcher.inShop, LIMIT).toBe(3);
  await killed.kill();
  await shows(watcher, 3, { viewing: 1 });
  await expect.poll(watcher.inShop, LIMIT).toBe(1);
});

it('a list page hears of all its products in one message, and of nothing when it is left', {
  timeout: 300_000,
}, async () => {
  const api = await shop.start();
  const [list, visitor] = [await shop.open(api, 1), await shop.open(api, 2)];
  const productIds = [1, 2, 3, 4, 5];
  list.socket.emit('counters:watch', { productIds });
  await until('all values', () => productIds.every((id) => list.product(id).bought !== undefined));
  list.messages.length = 0;
  await list.socket.emitWithAck('counters:watch', { productIds: [] });
  const watcher = await shop.open(api, 3);
  watcher.socket.emit('counters:watch', { productIds });
  await until('all values at once', () => watcher.messages.length > 0);
  expect(watcher.messages[0]?.products?.map(({ productId }) => productId)).toEqual(productIds);
  visitor.socket.emit('counters:view', { productId: 5 });
  await shows(watcher, 5, { viewing: 1 });
  expect(list.messages).toEqual([]);
});

it('two instances count together, and the people of one that is killed are soon gone', {
  timeout: 300_000,
}, async () => {
  const near = await shop.start();
  const killed = await shop.startProcess();
  const watcher = await shop.open(near, 1);
  watcher.socket.emit('counters:watch', { productIds: [1, 2], shop: true });
  const [here, there, onlyThere] = [
    await shop.open(near, 2),
    await shop.open(killed, 2),
    await shop.open(killed, 3),
  ];
  for (const { socket } of [here, there, onlyThere]) socket.emit('counters:view', { productId: 1 });
  await shows(watcher, 1, { viewing: 2 });
  await expect.poll(watcher.inShop, LIMIT).toBe(3);
  here.socket.emit('counters:view', { productId: 2 });
  await shows(watcher, 2, { viewing: 1 });
  expect(watcher.product(1).viewing).toBe(2);
  here.socket.emit('counters:view', { productId: 1 });
  await shows(watcher, 2, { viewing: 0 });
  await killed.kill();
  await shows(watcher, 1, { viewing: 1 });
  await expect.poll(watcher.inShop, LIMIT).toBe(2);
  const left = await shop.redis.redis.keys(`${shop.redis.keyPrefix}counters:of:*`);
  expect(left).toHaveLength(1);
});

it('people are read once however much changes meanwhile, and what nobody reads is kept nowhere', async () => {
  const redis = createRedis({ url: shop.redis.url, keyPrefix: '', log: testLog });
  const keyPrefix = `${shop.redis.keyPrefix}alone:`;
  const people = createPeopleInRedis({ redis, keyPrefix });
  const key = productKey('inCart', 1);
  let nowMs = 1_000;
  const tell = (what: 'joined' | 'left', personId: number, doneMs = ++nowMs) =>
    people.record([{ what, key, personId, doneMs }], 0);
  const unknown = () => people.record([{ what: 'unknown', key, doneMs: ++nowMs }], 0);
  const begin = async () => String(await people.beginReading([key]));
  const store = async (reading: string, personIds: readonly number[]) =>
    (await people.store([{ key, reading, personIds }])).length === 0;
  const kept = async () =>
    (await redis.keys(`${keyPrefix}counters:*`)).filter(
      (one) => !one.startsWith(`${keyPrefix}counters:done:`),
    );
  await tell('joined', 1);
  await tell('left', 2);
  expect(await kept()).toEqual([]);

  const [one, other] = [await begin(), await begin()];
  await tell('left', 2);
  for (const personId of [3, 4, 5]) await tell('joined', personId);
  await tell('left', 5);
  expect(await store(one, [1, 2])).toBe(true);
  expect(await people.counts([key])).toEqual([3]);
  await tell('left', 1);
  // Somebody else who read it knows less than what was kept up to date since.
  expect(await store(other, [1, 2])).toBe(true);
  expect(await people.counts([key])).toEqual([2]);

  await begin();
  await unknown();
  expect(await people.counts([key])).toEqual([null]);
  const before = await begin();
  await unknown();
  const after = await begin();
  expect(await store(before, [1, 2])).toBe(false);
  expect(await store(after, [])).toBe(true);
  expect(await people.counts([key])).toEqual([0]);
  await redis.quit();
});

it('what carts and orders tell out of order is counted as it was done', async () => {
  const redis = createRedis({ url: shop.redis.url, keyPrefix: '', log: testLog });
  const people = createPeopleInRedis({ redis, keyPrefix: `${shop.redis.keyPrefix}order:` });
  const [read, unread] = [productKey('inCart', 1), productKey('inCart', 2)];
  const bought = productKey('bought', 1);
  const begun = await people.beginReading([read, bought]);
  const store = (keys: readonly string[], readings: readonly string[], personIds: readonly number[]) =>
    people.store(keys.map((key, index) => ({ key, reading: readings[index] ?? '', personIds })));
  // A cart's process tells that somebody put it in when the order that took it out has told so already.
  const putAndOrdered = async (key: string, doneMs: number) => {
    await people.record([{ what: 'left', key, personId: 7, doneMs: doneMs + 5 }], 0);
    await people.record([{ what: 'joined', key, personId: 7, doneMs }], 0);
  };
  await putAndOrdered(read, 1_000);
  expect(await store([read, bought], begun, [8])).toEqual([]);
  expect(await people.counts([read])).toEqual([1]);
  await putAndOrdered(read, 2_000);
  expect(await people.counts([read])).toEqual([1]);
  // Put in once more, and told before that it was taken out the time before.
  await people.record([{ what: 'joined', key: read, personId: 7, doneMs: 3_010 }], 0);
  await people.record([{ what: 'left', key: read, personId: 7, doneMs: 3_000 }], 0);
  expect(await people.counts([read])).toEqual([2]);
  // Begun to be read between the two, when the database had both.
  await people.record([{ what: 'left', key: unread, personId: 7, doneMs: 4_005 }], 0);
  const late = await people.beginReading([unread]);
  await people.record([{ what: 'joined', key: unread, personId: 7, doneMs: 4_000 }], 0);
  expect(await store([unread], late, [])).toEqual([]);
  expect(await people.counts([unread])).toEqual([0]);
  // Cancelled at once, which is told first; read again, it is without them.
  await people.record([{ what: 'unknown', key: bought, doneMs: 5_005 }], 0);
  const anew = await people.beginReading([bought]);
  await people.record([{ what: 'joined', key: bought, personId: 9, doneMs: 5_000 }], 0);
  expect(await store([bought], anew, [8])).toEqual([]);
  expect(await people.counts([bought])).toEqual([1]);
  await redis.quit();
});

it('thousands of people and counters are kept and asked for together', async () => {
  const redis = createRedis({ url: shop.redis.url, keyPrefix: '', log: testLog });
  const people = createPeopleInRedis({ redis, keyPrefix: `${shop.redis.keyPrefix}many:` });
  const keys = Array.from({ length: 1_500 }, (_, index) => productKey('bought', index + 1));
  const readings = await people.beginReading(keys);
  // The first has 2,500 people, who also fill a script alone; each other as many as the last digit of its product says.
  const peopleOf = (index: number) =>
    Array.from({ length: index === 0 ? 2_500 : (index + 1) % 10 }, (_, id) => id + 1);
  const read = keys.map((key, index) => ({
    key,
    reading: readings[index] ?? '',
    personIds: peopleOf(index),
  }));
  expect(await people.store([...read, { key: 'bought:9999', reading: 'none', personIds: [1] }])).toEqual([
    'bought:9999',
  ]);
  const counts = await people.counts([...keys, 'bought:9999', 'viewing:1', 'shop']);
  expect(counts).toEqual([...keys.map((_, index) => peopleOf(index).length), null, 0, 0]);
  await redis.quit();
});

async function order(
  api: ServingProcess,
  customerId: number,
  productIds: readonly number[],
  coupon: { couponId?: string | undefined } = {},
): Promise<string> {
  const id = uuidv7();
  const lines = productIds.map((productId) => ({ productId, quantity: 1 }));
  const answer = await shop.ask(api, customerId, 'POST', '/orders', {
    id,
    lines,
    paymentMethod: 'bank',
    ...coupon,
  });
  expect(answer.status).toBe(201);
  return id;
}

it('who bought a product and who has it in the cart is told as orders and carts are written', {
  timeout: 300_000,
}, async () => {
  const api = await shop.start();
  // Before anybody watches: read from the database.
  await order(api, 1, [6, 7]);
  await order(api, 1, [6]);
  const cancelled = await order(api, 2, [6]);
  const put = (customerId: number, productId: number) =>
    shop.ask(api, customerId, 'PUT', `/cart/items/${productId}`, { quantity: 2 });
  await put(3, 6);
  const page = await shop.open(api, 4);
  page.socket.emit('counters:watch', { productIds: [6, 7, 999_999] });
  await shows(page, 6, { bought: 2, inCart: 1 });
  await shows(page, 7, { bought: 1, inCart: 0 });
  await put(4, 6);
  await put(4, 7);
  await put(4, 6);
  await shows(page, 6, { inCart: 2 });
  await order(api, 4, [6]);
  await shows(page, 6, { bought: 3, inCart: 1 });
  await order(api, 4, [6]);
  await shop.ask(api, 2, 'POST', `/orders/${cancelled}/cancel`);
  await shows(page, 6, { bought: 2 });
  await shop.ask(api, 3, 'DELETE', '/cart/items/6');
  await shows(page, 6, { inCart: 0 });
  await shop.ask(api, 4, 'DELETE', '/cart');
  await shows(page, 7, { inCart: 0 });
  expect(page.product(999_999)).toEqual({ viewing: 0 });
});

it('who used a coupon of a type is counted, until the order is cancelled', { timeout: 300_000 }, async () => {
  const api = await shop.start();
  const [couponId, other, further] = await seedCoupons(shop.database, [5, 6, 5], new Date());
  await order(api, 5, [8], { couponId });
  const { rows } = await shop.database.query<{ id: number }>(
    'SELECT DISTINCT definition_id AS id FROM coupons ORDER BY 1',
  );
  const [definitionId = 0, ofFurther = 0] = rows.map(({ id }) => id);
  const page = await shop.open(api, 1);
  const used = () =>
    Object.fromEntries(
      page.messages.flatMap(({ coupons = [] }) =>
        coupons.map((coupon) => [coupon.couponDefinitionId, coupon.used]),
      ),
    );
  page.socket.emit('counters:watch', { couponDefinitionIds: [definitionId, ofFurther, 999_999] });
  await expect.poll(used, LIMIT).toEqual({ [definitionId]: 1, [ofFurther]: 0 });
  const cancelled = await order(api, 6, [8], { couponId: other });
  await order(api, 5, [9], { couponId: further });
  await expect.poll(used, LIMIT).toEqual({ [definitionId]: 2, [ofFurther]: 1 });
  await shop.ask(api, 6, 'POST', `/orders/${cancelled}/cancel`);
  await expect.poll(used, LIMIT).toEqual({ [definitionId]: 1, [ofFurther]: 1 });
});

it('without Redis the shop serves on, and the counters are right again when it is back or was emptied', {
  timeout: 300_000,
}, async () => {
  const redis = await startRedisBehind(shop.redis.url);
  const api = await shop.start({ REDIS_URL: redis.url });
  const [page, visitor, leaving] = [
    await shop.open(api, 1),
    await shop.open(api, 2),
    await shop.open(api, 3),
  ];
  page.socket.emit('counters:watch', { productIds: [1], shop: true });
  for (const { socket } of [visitor, leaving]) socket.emit('counters:view', { productId: 1 });
  await shows(page, 1, { viewing: 2 });
  redis.setAway(true);
  leaving.socket.disconnect();
  expect((await shop.ask(api, 1, 'GET', '/products')).status).toBe(200);
  expect(await page.socket.emitWithAck('counters:watch', { productIds: [1, 2], shop: true })).toEqual({
    kind: 'accepted',
  });
  redis.setAway(false);
  await shows(page, 1, { viewing: 1 });
  await shows(page, 2, { viewing: 0, bought: 0 });
  await expect.poll(page.inShop, LIMIT).toBe(2);
  for await (const keys of shop.redis.redis.scanStream({ match: `${shop.redis.keyPrefix}counters:*` }))
    for (const key of keys as string[]) await shop.redis.redis.del(key.slice(shop.redis.keyPrefix.length));
  visitor.socket.emit('counters:view', { productId: 2 });
  await shows(page, 2, { viewing: 1 });
  await until('everybody', async () => (await shop.redis.redis.hlen('counters:shop')) === 2);
  redis.close();
});

it('nonsense, forged numbers and too much are refused by the socket, and others go on', {
  timeout: 300_000,
}, async () => {
  const api = await shop.start();
  const [page, rude] = [await shop.open(api, 1), await shop.open(api, 2)];
  page.socket.emit('counters:watch', { productIds: [1] });
  const raw = rude.socket as unknown as { emit(event: string, ...args: unknown[]): void };
  const ask = (event: string, payload: unknown) =>
    new Promise<{ kind: string; code?: string }>((resolve) => raw.emit(event, payload, resolve));
  const tooMany = Array.from({ length: MAX_WATCHED_PRODUCTS + 1 }, (_, index) => index + 1);
  for (const [event, payload] of [
    ['counters:view', { productId: 1, viewing: 1_000 }],
    ['counters:view', { productId: 1, customerId: 1 }],
    ['counters:view', { productId: 'shop|1' }],
    ['counters:watch', { productIds: tooMany }],
    ['counters:watch', null],
  ] as const)
    expect(await ask(event, payload)).toMatchObject({ kind: 'refused', code: 'invalid-request' });
  raw.emit('counters:view');
  raw.emit('counters:watch', { productIds: [1] }, 'not a function');
  raw.emit('counters:changed', { changedMs: 1, products: [{ productId: 1, viewing: 1_000 }] });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => ask('counters:view', { productId: 2 + (index % 2) })),
  );
  expect(answers.filter(({ code }) => code === 'too-many-requests').length).toBeGreaterThan(10);
  await shows(page, 1, { viewing: 0 });
  const visitor = await shop.open(api, 3);
  expect(await visitor.socket.emitWithAck('counters:view', { productId: 1 })).toEqual({ kind: 'accepted' });
  await shows(page, 1, { viewing: 1 });
  expect(
    Math.max(...page.messages.flatMap(({ products = [] }) => products.map(({ viewing = 0 }) => viewing))),
  ).toBeLessThan(3);
});
