// The policies as a replay runs them: in memory, without services, a read after the other at instants that the caller gives.
// What the shop's own policies do in Redis is held against these by system/cache/policies.int.test.ts.
import { createLRU } from 'lru.min';
import type { CachePolicy } from './cache.ts';
import { isEarlyRefreshDue } from './cache-rules.ts';
import { createSampledLru } from './sampled-lru.ts';

export type CacheModelSettings = {
  /** Entries, of read-through and write-invalidate. */
  sizeCount: number;
  /** Of ttl and write-invalidate. */
  ttlMs: number;
  /** XFetch, of ttl and write-invalidate; 0: never. */
  earlyRefreshBeta: number;
  /** How long a load takes, for the early refresh. */
  loadMs: number;
  /** Of worker: the set is taken anew at multiples of this. */
  refreshEveryMs: number;
  /** Of worker: what a refresh at an instant puts into the set. */
  hotKeys(nowMs: number): Iterable<number>;
  /** Of redis-lru: memory that entries have together, and what each takes. */
  maxBytes: number;
  bytesOf(key: number): number;
  /** 0–1, of a named stream. */
  random(): number;
};

export type CacheModel = {
  /** One read; a miss is loaded and kept at once. Instants never go back. */
  read(key: number, nowMs: number): 'hit' | 'miss';
  /** The source of a key has changed. */
  write(key: number, nowMs: number): void;
  /** Since the beginning: reads of the database (refreshes of the set not among them), and entries that went for others. */
  readonly loadCount: number;
  readonly evictedCount: number;
};

export type CreateCacheModel = (settings: CacheModelSettings) => CacheModel;

type Keeping = {
  has(key: number, nowMs: number): boolean;
  keep(key: number, nowMs: number): void;
  drop?(key: number): void;
  /** Whether a hit loads the entry again. */
  renews?(key: number, nowMs: number): boolean;
};

type Counts = { evictedCount: number };

/** What all models have in common around what each keeps. */
function modelOf(keeping: Keeping, counts: Counts = { evictedCount: 0 }): CacheModel {
  let loadCount = 0;
  const load = (key: number, nowMs: number) => {
    loadCount++;
    keeping.keep(key, nowMs);
  };
  return {
    read(key, nowMs) {
      const isHit = keeping.has(key, nowMs);
      if (!isHit || keeping.renews?.(key, nowMs)) load(key, nowMs);
      return isHit ? 'hit' : 'miss';
    },
    write: (key) => keeping.drop?.(key),
    get loadCount() {
      return loadCount;
    },
    get evictedCount() {
      return counts.evictedCount;
    },
  };
}

const none: CreateCacheModel = () => modelOf({ has: () => false, keep: () => undefined });

const worker: CreateCacheModel = ({ refreshEveryMs, hotKeys }) => {
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let hot = new Set<number>();
  return modelOf({
    has(key, nowMs) {
      const dueMs = Math.floor(nowMs / refreshEveryMs) * refreshEveryMs;
      if (dueMs > refreshedAtMs) {
        hot = new Set(hotKeys(dueMs));
        refreshedAtMs = dueMs;
      }
      return hot.has(key);
    },
    keep: () => undefined,
  });
};

const readThrough: CreateCacheModel = ({ sizeCount }) => {
  const counts = { evictedCount: 0 };
  const lru = createLRU<number, true>({ max: sizeCount, onEviction: () => counts.evictedCount++ });
  return modelOf({ has: (key) => lru.get(key) !== undefined, keep: (key) => lru.set(key, true) }, counts);
};

const redisLru: CreateCacheModel = ({ maxBytes, bytesOf, random }) => {
  const cache = createSampledLru({ maxBytes, bytesOf, random });
  return modelOf({ has: cache.touch, keep: cache.add }, cache);
};

/** Whether a hit renews its entry, by XFetch. */
function renewing({ ttlMs, loadMs, earlyRefreshBeta, random }: CacheModelSettings) {
  return (keptAtMs: number, nowMs: number): boolean =>
    isEarlyRefreshDue({ untilMs: keptAtMs + ttlMs, loadMs }, nowMs, earlyRefreshBeta, random);
}

const ttl: CreateCacheModel = (settings) => {
  const keptAtMs = new Map<number, number>();
  const renews = renewing(settings);
  return modelOf({
    has: (key, nowMs) => nowMs < (keptAtMs.get(key) ?? Number.NEGATIVE_INFINITY) + settings.ttlMs,
    keep: (key, nowMs) => keptAtMs.set(key, nowMs),
    renews: (key, nowMs) => renews(keptAtMs.get(key) ?? nowMs, nowMs),
  });
};

const writeInvalidate: CreateCacheModel = (settings) => {
  const counts = { evictedCount: 0 };
  // An entry that is dropped or renewed went for no other.
  let isOwn = false;
  const own = (change: () => void) => {
    isOwn = true;
    change();
    isOwn = false;
  };
  const lru = createLRU<number, number>({
    max: settings.sizeCount,
    onEviction: () => {
      if (!isOwn) counts.evictedCount++;
    },
  });
  const renews = renewing(settings);
  const keeping: Keeping = {
    has: (key, nowMs) => nowMs < (lru.get(key) ?? Number.NEGATIVE_INFINITY) + settings.ttlMs,
    keep(key, nowMs) {
      if (lru.has(key)) own(() => lru.set(key, nowMs));
      else lru.set(key, nowMs);
    },
    drop: (key) => own(() => lru.delete(key)),
    renews: (key, nowMs) => renews(lru.peek(key) ?? nowMs, nowMs),
  };
  return modelOf(keeping, counts);
};

export const CACHE_MODELS: Record<CachePolicy, CreateCacheModel> = {
  none,
  worker,
  'read-through': readThrough,
  'redis-lru': redisLru,
  ttl,
  'write-invalidate': writeInvalidate,
};
