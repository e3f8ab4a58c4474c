// What a cache would hold, policy by policy, without any service: which reads it answers and how old the copies are that it
// answers with.
import { createLRU } from 'lru.min';
import type { Random } from '../model/chance/random.ts';

/** A copy of a product: when it was loaded. */
type Copy = { loadedMs: number };

/** The answer to a read: a hit with the load instant of the copy, or a miss. `isEarly`: a hit that had its copy renewed. */
export type CacheAnswer = { isHit: boolean; loadedMs: number; isEarly?: boolean };

/** A cache under replay. Instants never fall. */
export type ReplayCache = {
  read(product: number, atMs: number): CacheAnswer;
  /** The product was changed in the database. */
  write?(product: number, atMs: number): void;
  /** Entries held now. */
  size(atMs: number): number;
};

const miss = (atMs: number): CacheAnswer => ({ isHit: false, loadedMs: atMs });

/** Every read goes to the database. */
export function noCache(): ReplayCache {
  return { read: (_product, atMs) => miss(atMs), size: () => 0 };
}

/** Holds `maxCount` entries and lets the least recently read one go; copies stay however old. */
export function lruCache(maxCount: number): ReplayCache {
  return boundedBy(maxCount, false);
}

/** The same, but a write takes the copy away. */
export function writeInvalidatedCache(maxCount: number): ReplayCache {
  return boundedBy(maxCount, true);
}

function boundedBy(maxCount: number, isInvalidated: boolean): ReplayCache {
  const copies = createLRU<number, Copy>({ max: maxCount });
  return {
    read(product, atMs) {
      const copy = copies.get(product);
      if (copy !== undefined) return { isHit: true, loadedMs: copy.loadedMs };
      copies.set(product, { loadedMs: atMs });
      return miss(atMs);
    },
    ...(isInvalidated && { write: (product: number) => void copies.delete(product) }),
    size: () => copies.size,
  };
}

/** Redis looks at so many keys at random, and keeps so many candidates from one eviction to the next. */
const SAMPLE_COUNT = 5;
const POOL_COUNT = 16;

/**
 * Redis's allkeys-lru: bounded by bytes, it lets go of the longest unread among a few keys drawn at random and the best
 * candidates of the evictions before (Redis's evict.c, maxmemory-samples 5, a pool of 16). `bytesOf` gives an entry's size.
 */
export function sampledLruCache(
  maxBytes: number,
  bytesOf: (product: number) => number,
  random: Random,
): ReplayCache {
  const copies = new Map<number, Copy & { readMs: number; slot: number }>();
  // Keys in any order, so that one can be drawn at random.
  const keys: number[] = [];
  let pool: number[] = [];
  let bytes = 0;

  function remove(product: number): void {
    const copy = copies.get(product);
    const last = keys.pop();
    if (copy === undefined || last === undefined) return;
    const moved = copies.get(last);
    if (last !== product && moved !== undefined) {
      keys[copy.slot] = last;
      moved.slot = copy.slot;
    }
    copies.delete(product);
    bytes -= bytesOf(product);
  }

  function evict(): void {
    const candidates = new Set(pool);
    for (let drawn = 0; drawn < SAMPLE_COUNT; drawn += 1) candidates.add(random.pick(keys));
    const readAt = (product: number): number => copies.get(product)?.readMs ?? Infinity;
    const longestUnread = [...candidates]
      .filter((product) => copies.has(product))
      .sort((a, b) => readAt(a) - readAt(b));
    const [victim, ...others] = longestUnread;
    pool = others.slice(0, POOL_COUNT);
    if (victim !== undefined) remove(victim);
  }

  return {
    read(product, atMs) {
      const copy = copies.get(product);
      if (copy !== undefined) {
        copy.readMs = atMs;
        return { isHit: true, loadedMs: copy.loadedMs };
      }
      const size = bytesOf(product);
      while (bytes + size > maxBytes && keys.length > 0) evict();
      if (size > maxBytes) return miss(atMs);
      copies.set(product, { loadedMs: atMs, readMs: atMs, slot: keys.length });
      keys.push(product);
      bytes += size;
      return miss(atMs);
    },
    size: () => copies.size,
  };
}

/** Refreshes before the end: `beta` as in XFetch, `loadMs` how long a load takes. */
export type EarlyRefresh = { beta: number; loadMs: number; random: Random };

/**
 * Entries live `ttlMs` from their load, read or not. With `early` a hit may renew its copy before that, the likelier the
 * nearer the end: when −β · δ · ln(u) reaches what is left (XFetch; Vattani, Chierichetti, Lowenstein 2015).
 */
export function ttlCache(ttlMs: number, early?: EarlyRefresh): ReplayCache {
  // In the order of their loads, so the expired stand first.
  const copies = new Map<number, Copy>();
  function load(product: number, atMs: number): void {
    copies.delete(product);
    copies.set(product, { loadedMs: atMs });
  }
  function expire(atMs: number): void {
    for (const [product, { loadedMs }] of copies) {
      if (loadedMs + ttlMs > atMs) return;
      copies.delete(product);
    }
  }
  return {
    read(product, atMs) {
      const copy = copies.get(product);
      if (copy === undefined || copy.loadedMs + ttlMs <= atMs) {
        load(product, atMs);
        return miss(atMs);
      }
      const { loadedMs } = copy;
      const leftMs = loadedMs + ttlMs - atMs;
      const isEarly =
        early !== undefined && -early.beta * early.loadMs * Math.log(1 - early.random.uniform()) >= leftMs;
      if (isEarly) load(product, atMs);
      return { isHit: true, loadedMs, isEarly };
    },
    size(atMs) {
      expire(atMs);
      return copies.size;
    },
  };
}

/**
 * The hot set: every `refreshMs` the chosen products are loaded at once and are all that is held until the next time. What it
 * does not hold goes to the database and is not kept.
 */
export function hotSetCache(refreshMs: number, choose: (atMs: number) => Iterable<number>): ReplayCache {
  let held = new Set<number>();
  let loadedMs = -Infinity;
  function refresh(atMs: number): void {
    if (atMs < loadedMs + refreshMs) return;
    loadedMs = Math.floor(atMs / refreshMs) * refreshMs;
    held = new Set(choose(loadedMs));
  }
  return {
    read(product, atMs) {
      refresh(atMs);
      return held.has(product) ? { isHit: true, loadedMs } : miss(atMs);
    },
    size: () => held.size,
  };
}
