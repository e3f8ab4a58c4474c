// What the cache does when its Redis is full or stands still, and when a cache worker is killed: the shop serves on.
import pg from 'pg';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type OwnRedis, startOwnRedis } from '../../deploy/local/testing/own-redis.ts';
import { createTestApi, type TestApi } from '../api-testing.ts';
import { CACHE_HEADER, type CachePolicy, HOT_SET_KEYS, type HotSetMeta } from '../contract/cache.ts';
import { seedHotShop } from '../hot-set/testing.ts';
import { afterTests, createTestDatabase, createTestRedis } from '../platform/testing.ts';
import { freeze } from './service-process.ts';
import { type ShopProcess, startShopProcess } from './shop-process.ts';

const WITHIN = { timeout: 60_000, interval: 50 };
const PRODUCT_COUNT = 1_500;
const ROOM_BYTES = 500_000;
const AT_ONCE = 50;
const STANDS_STILL_MS = 2_000;
/** However slow the machine is: it is asked both while the silent Redis is tried and while it is left alone. */
const LEAST_ROUND_COUNT = 3;
/** A Redis that did not answer is left alone for so long, by the clock of the test. */
const REST_MS = 1_000;

let own: OwnRedis;
beforeAll(async () => {
  own = await startOwnRedis();
  afterTests(own.close);
  process.env.STAMPEDE_TEST_REDIS_URL = own.url;
});

async function startShop(policy: CachePolicy, environment: object = {}): Promise<TestApi> {
  const api = await createTestApi({ CACHE_POLICY: policy, CACHE_WAIT_MS: '2000', ...environment });
  await seedHotShop(api.database, { customerCount: 0, productCount: PRODUCT_COUNT });
  return api;
}

async function look(api: TestApi, id: number): Promise<unknown> {
  const answer = await api.app.inject(`/products/${id}`);
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json()).toMatchObject({ id, priceKrw: 1_000 + id });
  return answer.headers[CACHE_HEADER];
}

/** Everybody's pages once, some at a time; gives how often each outcome was. */
async function lookAtAll(api: TestApi): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let first = 1; first <= PRODUCT_COUNT; first += AT_ONCE) {
    const ids = Array.from({ length: AT_ONCE }, (_, index) => first + index);
    for (const outcome of await Promise.all(ids.map((id) => look(api, id))))
      counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
  }
  return counts;
}

/** Waits until Redis has these pages. */
async function untilHit(api: TestApi, ids: readonly number[]): Promise<void> {
  const outcomes = async () => {
    api.clock.advance(REST_MS);
    return Promise.all(ids.map((id) => look(api, id)));
  };
  await expect.poll(outcomes, WITHIN).toEqual(ids.map(() => 'hit'));
}

/** Keeps everybody from reading products, on a connection of its own. */
async function createLock(databaseUrl: string) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  onTestFinished(() => client.end());
  return {
    take: () => client.query('BEGIN; LOCK TABLE products IN ACCESS EXCLUSIVE MODE'),
    release: () => client.query('ROLLBACK'),
    /** Statements that wait for it. */
    async waiterCount(): Promise<number> {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_locks
          WHERE NOT granted AND relation = 'products'::regclass
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows[0]?.count ?? 0;
    },
  };
}

/** What a counter of the cache has come to, over all kinds. */
async function counted(api: TestApi, name: string): Promise<number> {
  const { body } = await api.app.inject('/metrics');
  const values = [...body.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

describe.runIf(process.platform === 'linux')('a Redis of its own', () => {
  async function leaveRoom(policy: 'allkeys-lru' | 'noeviction'): Promise<number> {
    onTestFinished(async () => void (await own.redis.config('SET', 'maxmemory', '0')));
    const maxBytes = (await own.info('used_memory')) + ROOM_BYTES;
    await own.redis.config('SET', 'maxmemory-policy', policy);
    await own.redis.config('SET', 'maxmemory', String(maxBytes));
    return maxBytes;
  }

  test('that has reached its maxmemory evicts under redis-lru, and the pages stay right', async () => {
    const api = await startShop('redis-lru');
    const maxBytes = await leaveRoom('allkeys-lru');
    const evictedBefore = await own.info('evicted_keys');
    await lookAtAll(api);
    await lookAtAll(api);
    expect((await own.info('evicted_keys')) - evictedBefore).toBeGreaterThan(100);
    expect(await own.info('used_memory')).toBeLessThan(maxBytes + ROOM_BYTES);
    // What was read last is there.
    await untilHit(api, [7]);
  });

  test.each(['redis-lru', 'read-through', 'ttl', 'write-invalidate'] as const)(
    'that is full and evicts nothing leaves the pages of %s to the database, and is used again when it has room',
    async (policy) => {
      const api = await startShop(policy, { CACHE_SIZE: String(PRODUCT_COUNT) });
      await leaveRoom('noeviction');
      const counts = await lookAtAll(api);
      expect(counts.bypass).toBeGreaterThan(0);
      expect(await counted(api, 'shop_cache_failures_total')).toBeGreaterThan(0);
      await own.redis.config('SET', 'maxmemory', '0');
      await untilHit(api, [9]);
    },
  );

  test('that stands still for two seconds is not waited for, and each page is loaded once at a time', async () => {
    const api = await startShop('ttl', { CACHE_WAIT_MS: '200', CACHE_TTL_MS: '3600000' });
    const ids = [1, 2, 3, 4];
    await untilHit(api, ids);
    const lock = await createLock(api.databaseUrl);
    const thaw = freeze(own.pid);
    try {
      const startedMs = performance.now();
      let roundCount = 0;
      for (
        ;
        performance.now() - startedMs < STANDS_STILL_MS || roundCount < LEAST_ROUND_COUNT;
        roundCount++
      ) {
        const before = await counted(api, 'shop_cache_loads_total');
        // Nobody's load ends before everybody has come.
        await lock.take();
        const asked = Array.from({ length: AT_ONCE }, (_, index) => look(api, 1 + (index % ids.length)));
        await expect.poll(lock.waiterCount, WITHIN).toBe(ids.length);
        await lock.release();
        expect(new Set(await Promise.all(asked))).toEqual(new Set(['bypass']));
        expect((await counted(api, 'shop_cache_loads_total')) - before).toBe(ids.length);
        api.clock.advance(REST_MS / 2);
      }
    } finally {
      thaw();
    }
    await untilHit(api, ids);
  });
});

describe('a cache worker that is killed', () => {
  test('in the middle of a refresh leaves the old set whole, and the other one goes on from there', async () => {
    const { database, url } = await createTestDatabase();
    const { redis, keyPrefix } = createTestRedis();
    await seedHotShop(database, { customerCount: 200, productCount: 300 });
    const environment = {
      DATABASE_URL: url,
      REDIS_URL: own.url,
      REDIS_KEY_PREFIX: keyPrefix,
      ORDERS_TRANSPORT: 'direct',
      SHOP_ROLES: 'cache-worker',
      CACHE_REFRESH_MS: '1000',
      CACHE_SIZE: '100',
      HOT_SET_CUSTOMERS: '100',
    };
    const workers: ShopProcess[] = [];
    onTestFinished(async () => {
      for (const worker of workers) if (worker.isRunning()) await worker.stop();
    });
    for (const _ of [1, 2]) workers.push(await startShopProcess(environment));
    const meta = async () =>
      JSON.parse((await redis.hget(HOT_SET_KEYS.meta, 'set')) ?? '{}') as Partial<HotSetMeta>;
    await expect.poll(async () => (await meta()).version, WITHIN).toBeGreaterThan(1);
    const leads = async (worker: ShopProcess) =>
      /^shop_hot_set_leader 1$/m.test(await (await fetch(`${worker.url}/metrics`)).text());
    const lock = await createLock(url);
    await lock.take();
    await expect.poll(lock.waiterCount, WITHIN).toBeGreaterThan(0);
    const [first, second] = workers;
    const [leader, other] = (await leads(first!)) ? [first!, second!] : [second!, first!];
    const before = await meta();
    await leader.kill();
    await lock.release();
    expect(await redis.hlen(HOT_SET_KEYS.products)).toBe(100);
    expect(await redis.hlen(HOT_SET_KEYS.users)).toBe(100);
    await expect.poll(() => leads(other), WITHIN).toBe(true);
    await expect.poll(async () => (await meta()).version, WITHIN).toBeGreaterThan(before.version ?? 0);
    expect(await redis.hlen(HOT_SET_KEYS.products)).toBe(100);
    // What the killed one laid goes; the other lays something at each of its refreshes, for a moment.
    await expect.poll(() => redis.keys(`${keyPrefix}cache:staged:*`), WITHIN).toEqual([]);
    expect(other.isRunning()).toBe(true);
  });
});
