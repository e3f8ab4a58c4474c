import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { HOT_SET_KEYS, type HotSetMeta } from '../contract/cache.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { createClock } from '../platform/settings/clock.ts';
import {
  createTestDatabase,
  createTestRedis,
  type TestDatabase,
  type TestRedis,
  testLog,
} from '../platform/testing.ts';
import { createHotSetRedis, type HotSetRedis, readHotCustomers } from './hot-set-redis.ts';
import { createHotSetMetrics } from './metrics.ts';
import { refreshHotSet } from './refresh.ts';
import { seedHotShop } from './testing.ts';
import { startHotSetWorker } from './worker.ts';

const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
const WITHIN = { timeout: 60_000, interval: 20 };

let shop: TestDatabase;
let redis: TestRedis;
beforeAll(async () => {
  shop = await createTestDatabase();
  redis = createTestRedis();
  await seedHotShop(shop.database, { customerCount: 3_000, productCount: 4_000 });
});
beforeEach(async () => {
  const keys = Object.values(HOT_SET_KEYS);
  await redis.redis.del(...keys, 'cache:leader', 'cache:version');
});

async function readMeta(): Promise<HotSetMeta | null> {
  const text = await redis.redis.hget(HOT_SET_KEYS.meta, 'set');
  return text === null ? null : JSON.parse(text);
}

function deps(everyMs: number, hotSet: HotSetRedis = createHotSetRedis(redis.redis)) {
  const { database } = shop;
  const counts = { customerCount: 1_000, productCount: 1_000 };
  return {
    database,
    redis: hotSet,
    clock,
    log: testLog,
    everyMs,
    ...counts,
    leaseMs: 3_000,
    lookEveryMs: 50,
  };
}

function startWorker(everyMs: number, hotSet?: HotSetRedis) {
  const { registry } = createMetrics();
  const worker = startHotSetWorker({ ...deps(everyMs, hotSet), metrics: createHotSetMetrics(registry) });
  onTestFinished(worker.close);
  const value = async (name: string, outcome?: string) => {
    const found = (await registry.getSingleMetric(name)?.get())?.values;
    return found?.find(({ labels }) => outcome === undefined || labels.outcome === outcome)?.value ?? 0;
  };
  const refreshes = (outcome: string) => value('shop_hot_set_refreshes_total', outcome);
  const leads = async () => (await value('shop_hot_set_leader')) === 1;
  return { ...worker, refreshes, leads };
}

test('the set holds those whom the rules choose, with what is known of it', async () => {
  startWorker(60_000);
  await expect.poll(readMeta, WITHIN).toMatchObject({
    version: 1,
    customerCount: 1_000,
    customersWithOrdersCount: 600,
    productCount: 1_000,
    popularProductCount: 700,
  });
  const hot = await readHotCustomers(redis.redis);
  const { rows } = await shop.database.query<{ id: number }>(
    `(SELECT id FROM customers WHERE last_ordered_at IS NOT NULL ORDER BY last_ordered_at, id LIMIT 600)
     UNION ALL (SELECT id FROM customers WHERE last_ordered_at IS NULL ORDER BY created_at DESC LIMIT 400)`,
  );
  const ids = (list: readonly { id: number }[]) => list.map(({ id }) => id).sort((a, b) => a - b);
  expect(ids(hot?.customers ?? [])).toEqual(ids(rows));
  const popular = await shop.database.query<{ id: number }>(
    'SELECT id FROM products ORDER BY order_count DESC, id DESC LIMIT 700',
  );
  const products = await redis.redis.hkeys(HOT_SET_KEYS.products);
  expect(products).toEqual(expect.arrayContaining(popular.rows.map(({ id }) => String(id))));
});

test('over 200 refreshes no reader sees an empty set or one that is mixed of two', async () => {
  const { database } = shop;
  const owner = 'tester';
  const hotSet = createHotSetRedis(redis.redis);
  await hotSet.lead(owner, 600_000);
  // Each refresh has marks of its own in every part, so that a mixture shows.
  const refresh = async (mark: number) => {
    await database.query(`UPDATE customers SET birth_year = $1 WHERE id <= 80`, [mark]);
    await database.query(`UPDATE products SET price_krw = $1, list_price_krw = $1 WHERE id > 3980`, [mark]);
    return refreshHotSet({ ...deps(60_000, hotSet), owner, customerCount: 60, productCount: 60 });
  };
  expect((await refresh(1)).outcome).toBe('swapped');
  let isOver = false;
  let looks = 0;
  const findings: string[] = [];
  async function read(): Promise<void> {
    const connection = createRedis({ url: redis.url, keyPrefix: redis.keyPrefix, log: testLog });
    let lastVersion = 0;
    while (!isOver) {
      const results = await connection
        .multi()
        .hget(HOT_SET_KEYS.meta, 'set')
        .hvals(HOT_SET_KEYS.users)
        .hvals(HOT_SET_KEYS.products)
        .hlen(HOT_SET_KEYS.lists)
        .exec();
      const [meta, users, products, places] = (results ?? []).map(([, value]) => value);
      const told: HotSetMeta = JSON.parse(String(meta));
      const years = new Set((users as string[]).map((text) => JSON.parse(text).birthYear));
      const newest = (products as string[]).map((text) => JSON.parse(text).value);
      const prices = new Set(newest.filter(({ id }) => id > 3_980).map(({ priceKrw }) => priceKrw));
      looks++;
      if ((users as string[]).length !== told.customerCount || newest.length !== told.productCount)
        findings.push(`version ${told.version}: ${newest.length} products of ${told.productCount}`);
      if (Number(places) === 0) findings.push(`version ${told.version}: no lists`);
      if (prices.size !== 1 || years.size > 2 || !years.has([...prices][0]))
        findings.push(`version ${told.version}: years ${[...years]}, prices ${[...prices]}`);
      if (told.version < lastVersion) findings.push(`${lastVersion} went back to ${told.version}`);
      lastVersion = told.version;
    }
    connection.disconnect();
  }
  const readers = [read(), read(), read(), read()];
  for (let mark = 2; mark <= 201; mark++) expect((await refresh(mark)).outcome).toBe('swapped');
  isOver = true;
  await Promise.all(readers);
  expect(findings).toEqual([]);
  expect(looks).toBeGreaterThan(200);
});

test('of two workers one leads; when it is killed the other goes on', async () => {
  let isDead = false;
  // Whatever becomes of the test: nobody else could end it.
  onTestFinished(() => {
    isDead = true;
  });
  const healthy = createHotSetRedis(redis.redis);
  // Killed: none of its commands arrives any more, and it gives no lease back.
  const mortal: HotSetRedis = {
    ...healthy,
    lead: (...args) => (isDead ? new Promise(() => undefined) : healthy.lead(...args)),
  };
  const { registry } = createMetrics();
  const killed = startHotSetWorker({ ...deps(150, mortal), metrics: createHotSetMetrics(registry) });
  await expect.poll(readMeta, WITHIN).not.toBeNull();
  const other = startWorker(150);
  const before = (await readMeta())?.version ?? 0;
  await expect.poll(async () => (await readMeta())?.version, WITHIN).toBeGreaterThan(before + 2);
  expect(await other.leads()).toBe(false);
  expect(await other.refreshes('ok')).toBe(0);
  isDead = true;
  await expect.poll(other.leads, WITHIN).toBe(true);
  await expect.poll(() => other.refreshes('ok'), WITHIN).toBeGreaterThan(1);
  void killed;
});

test('a worker that was killed between laying and swapping changes nothing, and its leftovers go', async () => {
  const hotSet = createHotSetRedis(redis.redis);
  startWorker(60_000);
  await expect.poll(readMeta, WITHIN).toMatchObject({ version: 1 });
  const staged = { users: new Map([['1', '{}']]), products: new Map(), lists: new Map() };
  await hotSet.stage(7, staged);
  expect(await redis.redis.ttl('cache:staged:7:users')).toBeGreaterThan(0);
  expect(await redis.redis.hlen(HOT_SET_KEYS.users)).toBe(1_000);
  const meta = { ...(await readMeta())!, version: 7 };
  expect(await hotSet.swap('somebody else', meta, staged)).toBe('lost-lead');
  expect(await redis.redis.hlen(HOT_SET_KEYS.users)).toBe(1_000);
});

test('what a leader of before read is not swapped in over what was read later, nor what is incomplete', async () => {
  const hotSet = createHotSetRedis(redis.redis);
  await hotSet.lead('tester', 60_000);
  const { meta } = await refreshHotSet({ ...deps(60_000, hotSet), owner: 'tester' });
  const set = {
    users: new Map([['1', '{}']]),
    products: new Map([['1', '{}']]),
    lists: new Map([['1', '{}']]),
  };
  await hotSet.stage(meta.version, set);
  expect(await hotSet.swap('tester', meta, set)).toBe('outrun');
  const later = { ...meta, version: meta.version + 1 };
  await hotSet.stage(later.version, set);
  await redis.redis.del(`cache:staged:${later.version}:products`);
  expect(await hotSet.swap('tester', later, set)).toBe('incomplete');
  expect(await redis.redis.hlen(HOT_SET_KEYS.products)).toBe(1_000);
});

test('a refresh that fails keeps the old set, says so, and the next that succeeds takes it back', async () => {
  const worker = startWorker(100);
  await expect.poll(readMeta, WITHIN).not.toBeNull();
  await shop.database.query('ALTER TABLE products RENAME TO products_away');
  try {
    await expect.poll(() => worker.refreshes('failed'), WITHIN).toBeGreaterThan(1);
    expect(worker.check()).toMatch(/the old hot set stays: .*products/);
    expect(await redis.redis.hlen(HOT_SET_KEYS.products)).toBe(1_000);
    expect((await readHotCustomers(redis.redis))?.customers).toHaveLength(1_000);
  } finally {
    await shop.database.query('ALTER TABLE products_away RENAME TO products');
  }
  await expect.poll(() => worker.check(), WITHIN).toBeNull();
});

test('a Redis that lost everything has its set again long before the next refresh is due', async () => {
  startWorker(3_600_000);
  await expect.poll(readMeta, WITHIN).not.toBeNull();
  await redis.redis.del(...Object.values(HOT_SET_KEYS), 'cache:leader', 'cache:version');
  await expect.poll(readMeta, WITHIN).toMatchObject({ version: 1, productCount: 1_000 });
  // One part alone is as good as none.
  await redis.redis.del(HOT_SET_KEYS.products);
  await expect.poll(() => redis.redis.hlen(HOT_SET_KEYS.products), WITHIN).toBe(1_000);
});
