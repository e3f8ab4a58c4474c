// An exact count-bounded LRU that all API processes share: a hash of entries and a sorted set of when each was last read. With
// leases it is also safe to invalidate: what was read before a write cannot be kept after it.
import { randomUUID } from 'node:crypto';
import type { CacheKind } from '../contract/cache.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { type CreatePolicy, parseEntry } from './policy.ts';

/** Longer than any load: a statement of the database ends after 10 s. */
const LEASE_MS = 15_000;

const valuesKey = (kind: CacheKind) => `cache:lru:${kind}:values`;
const orderKey = (kind: CacheKind) => `cache:lru:${kind}:order`;
const leaseKey = (kind: CacheKind, name: string) => `cache:lease:${kind}:${name}`;

// The clock of "last read" is the sorted set's own largest score, so that it cannot be lost without the set.
const TOUCH = `
  local function touch(name)
    local top = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
    redis.call('ZADD', KEYS[2], (tonumber(top[2]) or 0) + 1, name)
  end`;

const FIND = `${TOUCH}
  local value = redis.call('HGET', KEYS[1], ARGV[1])
  if value then touch(ARGV[1]) end
  return value`;

// Redis may evict one of the two keys alone; then both begin anew.
const KEEP_BODY = `
  if redis.call('HLEN', KEYS[1]) ~= redis.call('ZCARD', KEYS[2]) then redis.call('DEL', KEYS[1], KEYS[2]) end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  touch(ARGV[1])
  local evicted = 0
  while redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[3]) do
    redis.call('HDEL', KEYS[1], redis.call('ZPOPMIN', KEYS[2])[1])
    evicted = evicted + 1
  end
  return evicted`;

const KEEP = TOUCH + KEEP_BODY;

const FIND_WITH_LEASE = `${TOUCH}
  local value = redis.call('HGET', KEYS[1], ARGV[1])
  if value then touch(ARGV[1]) end
  local lease = redis.call('GET', KEYS[3])
  if not lease then
    lease = ARGV[2]
    redis.call('SET', KEYS[3], lease, 'PX', ARGV[3])
  end
  return {value, lease}`;

const KEEP_WITH_LEASE = `${TOUCH}
  if redis.call('GET', KEYS[3]) ~= ARGV[4] then return 0 end${KEEP_BODY}`;

// KEYS: values, order, then the lease of each name in ARGV.
const INVALIDATE = `
  redis.call('HDEL', KEYS[1], unpack(ARGV))
  redis.call('ZREM', KEYS[2], unpack(ARGV))
  for i = 3, #KEYS do redis.call('DEL', KEYS[i]) end`;

/** Policy `read-through`. */
export const createLru: CreatePolicy = ({ redis, kind, config, nameOf }) => {
  const keys = [valuesKey(kind), orderKey(kind)];
  return {
    async find(key) {
      const text = await redis.eval(FIND, 2, ...keys, nameOf(key));
      return { entry: parseEntry(typeof text === 'string' ? text : null), lease: null };
    },
    async keep(key, entry) {
      const values = [nameOf(key), JSON.stringify(entry), config.cacheSize];
      return { evictedCount: Number(await redis.eval(KEEP, 2, ...keys, ...values)) };
    },
  };
};

/** Policy `write-invalidate`. */
export const createLeasedLru: CreatePolicy = ({ redis, kind, config, nameOf }) => {
  const keysOf = (name: string) => [valuesKey(kind), orderKey(kind), leaseKey(kind, name)];
  return {
    async find(key) {
      const name = nameOf(key);
      const answer = await redis.eval(FIND_WITH_LEASE, 3, ...keysOf(name), name, randomUUID(), LEASE_MS);
      const [text, lease] = Array.isArray(answer) ? answer : [];
      return {
        entry: parseEntry(typeof text === 'string' ? text : null),
        lease: typeof lease === 'string' ? lease : null,
      };
    },
    async keep(key, entry, lease) {
      const name = nameOf(key);
      const values = [name, JSON.stringify(entry), config.cacheSize, lease ?? ''];
      return { evictedCount: Number(await redis.eval(KEEP_WITH_LEASE, 3, ...keysOf(name), ...values)) };
    },
  };
};

/**
 * Takes entries out, and with them the right to keep what was read before now.
 * @param keyPrefix the shop's, where `redis` has none of its own.
 */
export async function invalidateLeased(
  redis: Redis,
  keyPrefix: string,
  kind: CacheKind,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const keys = [valuesKey(kind), orderKey(kind), ...names.map((name) => leaseKey(kind, name))];
  await redis.eval(INVALIDATE, keys.length, ...keys.map((key) => keyPrefix + key), ...names);
}
