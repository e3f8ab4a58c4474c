import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { HOT_SET_KEYS, type HotSetMeta } from '../../../system/contract/cache.ts';
import { newMark } from '../../data/run-mark.ts';
import { keyPrefixOf, removeKeys } from './redis-keys.ts';
import { watchRedis } from './redis-watch.ts';

const redisUrl = process.env.STAMPEDE_TEST_REDIS_URL ?? '';

test('tells what a run adds to the memory of Redis, and each refresh of the hot set once', async () => {
  const prefix = keyPrefixOf(newMark(Date.now(), 3_600_000));
  const redis = new Redis(redisUrl);
  const watch = await watchRedis(redisUrl, prefix);
  onTestFinished(async () => {
    watch.close();
    redis.disconnect();
    await removeKeys(redisUrl, prefix);
  });
  expect(await watch.gauges()).toMatchObject({ hotSetRefreshMs: null, hotSetRefreshRows: null });

  const meta = {
    version: 1,
    durationMs: 42.5,
    customerCount: 1_000,
    productCount: 900,
  } satisfies Partial<HotSetMeta>;
  await redis.hset(`${prefix}${HOT_SET_KEYS.meta}`, 'set', JSON.stringify(meta));
  await redis.set(`${prefix}some`, 'x'.repeat(20_000_000));
  const seen = await watch.gauges();
  expect(seen).toMatchObject({ hotSetRefreshMs: 42.5, hotSetRefreshRows: 1_900 });
  expect(seen.redisGrowthMb).toBeGreaterThan(15);
  expect(await watch.gauges()).toMatchObject({ hotSetRefreshMs: null });

  await redis.hset(`${prefix}${HOT_SET_KEYS.meta}`, 'set', JSON.stringify({ ...meta, version: 2 }));
  expect(await watch.gauges()).toMatchObject({ hotSetRefreshMs: 42.5 });
});

test('tells nothing where Redis does not answer', async () => {
  const watch = await watchRedis('redis://127.0.0.1:1', 'stampede:none:');
  onTestFinished(() => watch.close());
  expect(await watch.gauges()).toEqual({
    redisGrowthMb: null,
    hotSetRefreshMs: null,
    hotSetRefreshRows: null,
  });
});
