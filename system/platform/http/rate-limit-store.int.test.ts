import { expect, onTestFinished, test } from 'vitest';
import { createRedis } from '../redis/redis.ts';
import { createTestRedis, testLog } from '../testing.ts';
import { createRequestCounter } from './rate-limit-store.ts';

const { redis } = createTestRedis();

test('several instances count one client together', async () => {
  const [one, other] = [createRequestCounter(redis, () => 0), createRequestCounter(redis, () => 0)];
  await redis.ping();
  const counts = [await one('a', 60_000), await other('a', 60_000), await one('b', 60_000)];
  expect(counts.map(({ current }) => current)).toEqual([1, 2, 1]);
  for (const { ttl } of counts) expect(ttl).toBeGreaterThan(0);
});

test('without Redis an instance counts alone, window by window', async () => {
  const away = createRedis({ url: 'redis://127.0.0.1:1', keyPrefix: '', log: testLog });
  onTestFinished(() => away.disconnect());
  let nowMs = 0;
  const count = createRequestCounter(away, () => nowMs);
  expect([await count('a', 1_000), await count('a', 1_000)]).toMatchObject([
    { current: 1 },
    { current: 2, ttl: 1_000 },
  ]);
  nowMs = 1_000;
  expect(await count('a', 1_000)).toEqual({ current: 1, ttl: 1_000 });
});
