// The figures of the page: the hot set and memory from Redis, the reads from this process's own metrics.
import type { Registry } from 'prom-client';
import { type CachePolicy, HOT_SET_KEYS, type HotSetMeta } from '../../contract/cache.ts';
import { readCountsOf, redisFiguresOf, type Sample } from '../../contract/cache-figure-rules.ts';
import type { CacheFigures } from '../../contract/cache-figures.ts';
import type { Redis } from '../../platform/redis/redis.ts';
import type { Clock } from '../../platform/settings/clock.ts';

export type FiguresDeps = {
  /** With the shop's key prefix. */
  redis: Redis;
  registry: Registry;
  clock: Pick<Clock, 'now'>;
  cachePolicy: CachePolicy;
  /** Hears why Redis tells nothing. */
  onFailure: (error: unknown) => void;
};

/** Never rejects for want of Redis: what it does not tell is null. */
export async function readCacheFigures(deps: FiguresDeps): Promise<CacheFigures> {
  const { registry, clock, cachePolicy } = deps;
  const [fromRedis, reads, evictions] = await Promise.all([
    readRedis(deps.redis).catch((error) => {
      deps.onFailure(error);
      return { meta: null, redis: null };
    }),
    samplesOf(registry, 'shop_cache_reads_total'),
    samplesOf(registry, 'shop_cache_evictions_total'),
  ]);
  return {
    at: clock.now().toISOString(),
    cachePolicy,
    ...fromRedis,
    reads: readCountsOf(reads),
    evictedCount: evictions.reduce((sum, { value }) => sum + value, 0),
  };
}

async function readRedis(redis: Redis): Promise<Pick<CacheFigures, 'meta' | 'redis'>> {
  const [meta, memory, stats] = await Promise.all([
    redis.hget(HOT_SET_KEYS.meta, 'set'),
    redis.info('memory'),
    redis.info('stats'),
  ]);
  return {
    meta: meta === null ? null : (JSON.parse(meta) as HotSetMeta),
    redis: redisFiguresOf(`${memory}\n${stats}`),
  };
}

async function samplesOf(registry: Registry, name: string): Promise<readonly Sample[]> {
  return (await registry.getSingleMetric(name)?.get())?.values ?? [];
}
