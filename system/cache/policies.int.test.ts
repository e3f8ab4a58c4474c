// Every policy on a real Redis against the same contract, and against the model that a replay runs.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { CACHE_POLICIES, type CachePolicy, HOT_SET_KEYS } from '../contract/cache.ts';
import { CACHE_MODELS } from '../contract/cache-models.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import { createRedis, type Redis } from '../platform/redis/redis.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { afterTests, createTestDatabase, createTestRedis, testConfig, testLog } from '../platform/testing.ts';
import { type Cache, createCache } from './cache.ts';
import { createProductsChanged } from './invalidation.ts';
import { createCacheMetrics } from './metrics.ts';
import { parseEntry } from './policy.ts';

const CACHING = CACHE_POLICIES.filter((policy) => policy !== 'none' && policy !== 'worker');

let database: Awaited<ReturnType<typeof createTestDatabase>>['database'];
let url: string;
let keyPrefix: string;
beforeAll(async () => {
  ({ database } = await createTestDatabase());
  ({ url, keyPrefix } = createTestRedis());
  await database.query('CREATE TABLE facts (id int PRIMARY KEY, fact int NOT NULL)');
  await database.query('INSERT INTO facts SELECT n, n * 10 FROM generate_series(1, 50) AS n');
});

/** A cache with keys of its own in Redis. */
function setUp(policy: CachePolicy, environment: object = {}, connection?: Redis) {
  const prefix = `${keyPrefix}${randomBytes(4).toString('hex')}:`;
  const redis = connection ?? createRedis({ url, keyPrefix: prefix, log: testLog });
  const channels = createRedis({ url, keyPrefix: '', log: testLog });
  afterTests(() => {
    redis.disconnect();
    channels.disconnect();
  });
  const config = testConfig({
    CACHE_POLICY: policy,
    REDIS_KEY_PREFIX: prefix,
    CACHE_WAIT_MS: '2000',
    ...environment,
  });
  const clock = fixedClock('2026-03-02T11:00:00Z');
  const { registry } = createMetrics();
  const cache: Cache<number, number> = createCache({
    redis,
    config,
    clock,
    kind: 'product',
    nameOf: String,
    findInHotSet: async (hot, key) => parseEntry<number>(await hot.hget(HOT_SET_KEYS.products, String(key))),
    random: () => 0.5,
    metrics: createCacheMetrics(registry),
    log: testLog,
  });
  let loadCount = 0;
  const load = (id: number) => async () => {
    loadCount++;
    const { rows } = await database.query<{ fact: number }>('SELECT fact FROM facts WHERE id = $1', [id]);
    return rows[0]?.fact ?? null;
  };
  const read = (id: number) => cache.read(id, load(id));
  const changed = createProductsChanged({ redis: channels, config, log: testLog });
  return { cache, redis, channels, clock, registry, read, changed, prefix, loads: () => loadCount };
}

/** A read that has left nothing under way behind it. */
async function outcomeOf({ read }: ReturnType<typeof setUp>, id: number) {
  const { outcome } = await read(id);
  await new Promise((resolve) => setImmediate(resolve));
  return outcome;
}

describe.each(CACHE_POLICIES)('policy %s', (policy) => {
  test('gives what the database has, and null for what there is not, which it does not keep', async () => {
    const { read, loads } = setUp(policy);
    expect((await read(3)).value).toBe(30);
    expect((await read(3)).value).toBe(30);
    expect((await read(999)).value).toBeNull();
    expect((await read(999)).value).toBeNull();
    expect(loads()).toBeGreaterThanOrEqual(3);
  });

  test('passes on an error of the database, and reads again the next time', async () => {
    const { cache, read } = setUp(policy);
    const failing = cache.read(4, () => Promise.reject(new Error('the database is away')));
    await expect(failing).rejects.toThrow('the database is away');
    expect((await read(4)).value).toBe(40);
  });

  test('goes on from the database without a Redis, and with one that answers too late', async () => {
    const nowhere = createRedis({ url: 'redis://127.0.0.1:1', keyPrefix: 'x:', log: testLog });
    const away = setUp(policy, { CACHE_WAIT_MS: '20' }, nowhere);
    expect((await Promise.all([1, 2, 3].map(away.read))).map(({ value }) => value)).toEqual([10, 20, 30]);
    const slow = setUp(policy, { CACHE_WAIT_MS: '20' });
    const silence = () => new Promise<never>(() => undefined);
    Object.assign(slow.redis, { hget: silence, get: silence, eval: silence });
    const { value, outcome } = await slow.read(5);
    expect({ value, outcome }).toEqual({ value: 50, outcome: policy === 'none' ? null : 'bypass' });
    expect(slow.loads()).toBe(1);
  });
});

describe.each(CACHING)('policy %s keeps', (policy) => {
  test('what was loaded, for every process, with its age', async () => {
    const here = setUp(policy);
    expect(await outcomeOf(here, 7)).toBe('miss');
    await expect.poll(async () => (await here.read(7)).outcome).toBe('hit');
    here.clock.advance(1_500);
    expect(await here.read(7)).toEqual({ value: 70, outcome: 'hit', ageMs: 1_500 });
    expect(here.loads()).toBe(1);
  });

  test('no more than one load under way: 100 who miss the same key at once', async () => {
    const here = setUp(policy);
    const answers = await Promise.all(Array.from({ length: 100 }, () => here.read(8)));
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set([80]));
    expect(here.loads()).toBe(1);
  });

  test('nothing over a flush', async () => {
    const here = setUp(policy);
    await here.read(9);
    await expect.poll(async () => (await here.read(9)).outcome).toBe('hit');
    const keys = await here.channels.keys(`${here.prefix}*`);
    await here.channels.del(...keys);
    expect((await here.read(9)).value).toBe(90);
    expect(here.loads()).toBe(2);
  });
});

test.each(['read-through', 'write-invalidate', 'ttl'] as const)(
  'the hits of %s are those of its model, whatever is read',
  async (policy) => {
    const steps = fc.array(
      fc.record({ key: fc.integer({ min: 1, max: 12 }), passMs: fc.nat(40), isWrite: fc.boolean() }),
      { minLength: 20, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 8 }), async (given, size) => {
        const here = setUp(policy, { CACHE_SIZE: String(size), CACHE_TTL_MS: '200' });
        const model = CACHE_MODELS[policy]({
          ...{ sizeCount: size, ttlMs: 200, earlyRefreshBeta: 0, loadMs: 0, refreshEveryMs: 1 },
          ...{ hotKeys: () => [], maxBytes: 0, bytesOf: () => 1, random: () => 0.5 },
        });
        let nowMs = 0;
        for (const { key, passMs, isWrite } of given) {
          here.clock.advance(passMs);
          nowMs += passMs;
          if (isWrite && policy === 'write-invalidate') {
            here.changed([key]);
            await here.channels.ping();
            model.write(key, nowMs);
          }
          expect((await here.read(key)).outcome).toBe(model.read(key, nowMs));
          // What was loaded is on its way to Redis on this connection.
          await new Promise((resolve) => setImmediate(resolve));
          await here.redis.ping();
        }
        here.redis.disconnect();
        here.channels.disconnect();
      }),
      { numRuns: 8 },
    );
  },
);

test('what was read before a write is not kept after it', async () => {
  const here = setUp('write-invalidate');
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const late = here.cache.read(11, async () => {
    await written;
    return 110;
  });
  // The look-up is done, and with it the lease is given, when its key is there.
  await expect.poll(() => here.channels.exists(`${here.prefix}cache:lease:product:11`)).toBe(1);
  here.changed([11]);
  await here.channels.ping();
  write();
  expect((await late).value).toBe(110);
  await new Promise((resolve) => setImmediate(resolve));
  await here.redis.ping();
  expect((await here.read(11)).outcome).toBe('miss');
});

test('the worker’s policy reads the hot set and keeps nothing beside it', async () => {
  const here = setUp('worker');
  const entry = { atMs: here.clock.now().getTime() - 5, untilMs: null, loadMs: 1, value: 777 };
  await here.redis.hset(HOT_SET_KEYS.products, '1', JSON.stringify(entry));
  expect(await here.read(1)).toEqual({ value: 777, outcome: 'hit', ageMs: 5 });
  expect((await here.read(2)).outcome).toBe('miss');
  expect((await here.read(2)).outcome).toBe('miss');
});

test('a Redis that is full keeps nothing more, and the shop goes on from the database', async () => {
  const here = setUp('ttl');
  const full = async () => {
    throw new Error('OOM command not allowed when used memory > maxmemory');
  };
  Object.assign(here.redis, { set: full });
  expect((await here.read(12)).value).toBe(120);
  expect((await here.read(13)).value).toBe(130);
});

test('an entry near its end is renewed once beside a reader who gets the old one', async () => {
  const here = setUp('ttl', { CACHE_TTL_MS: '1000', CACHE_EARLY_REFRESH_BETA: '1' });
  let loads = 0;
  const load = async () => {
    loads++;
    here.clock.advance(100);
    return loads;
  };
  await here.cache.read(14, load);
  await expect.poll(async () => (await here.cache.read(14, load)).outcome).toBe('hit');
  expect(loads).toBe(1);
  here.clock.advance(850);
  const early = await here.cache.read(14, load);
  expect(early).toMatchObject({ value: 1, outcome: 'hit' });
  await expect.poll(async () => (await here.cache.read(14, load)).value).toBe(2);
});
