// The policies that need nothing but single keys of Redis, and the table of all of them.
import type { CachePolicy } from '../contract/cache.ts';
import { createLeasedLru, createLru } from './lru-policies.ts';
import { type CreatePolicy, parseEntry } from './policy.ts';

/** Redis frees the memory of an entry some time after nobody may use it any more. */
const FREED_AFTER_MS = 1_000;
const NOTHING_EVICTED = { evictedCount: 0 };

/** Reads the hot set that the cache worker lays down, and keeps nothing itself. */
const worker: CreatePolicy = ({ redis, findInHotSet }) => ({
  find: async (key) => ({ entry: await findInHotSet(redis, key), lease: null }),
  keep: async () => NOTHING_EVICTED,
});

/** A key an entry; which go when memory is short is Redis's own sampled choice (maxmemory-policy allkeys-lru). */
const redisLru: CreatePolicy = ({ redis, kind, nameOf }) => ({
  find: async (key) => ({ entry: parseEntry(await redis.get(`cache:${kind}:${nameOf(key)}`)), lease: null }),
  async keep(key, entry) {
    await redis.set(`cache:${kind}:${nameOf(key)}`, JSON.stringify(entry));
    return NOTHING_EVICTED;
  },
});

const ttl: CreatePolicy = ({ redis, kind, config, nameOf }) => ({
  find: async (key) => ({ entry: parseEntry(await redis.get(`cache:${kind}:${nameOf(key)}`)), lease: null }),
  async keep(key, entry) {
    const freedAfterMs = config.cacheTtlMs + FREED_AFTER_MS;
    await redis.set(`cache:${kind}:${nameOf(key)}`, JSON.stringify(entry), 'PX', freedAfterMs);
    return NOTHING_EVICTED;
  },
});

export const POLICIES: Record<CachePolicy, CreatePolicy> = {
  none: () => null,
  worker,
  'read-through': createLru,
  'redis-lru': redisLru,
  ttl,
  'write-invalidate': createLeasedLru,
};
