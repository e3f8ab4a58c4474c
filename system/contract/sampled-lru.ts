// Redis's own eviction (allkeys-lru) as a replay runs it: by bytes, and of a few random keys the one that was read longest ago,
// with Redis's pool of the best found so far.

const SAMPLE_COUNT = 5;
const POOL_COUNT = 16;
/** Redis looks at its clock of "last read" once a second. */
const CLOCK_MS = 1_000;

export type SampledLru = {
  /** Whether the key is there; if so it counts as read now. */
  touch(key: number, nowMs: number): boolean;
  /** Adds a key and evicts others until all have room. */
  add(key: number, nowMs: number): void;
  readonly evictedCount: number;
};

/** @param settings.random 0–1. */
export function createSampledLru(settings: {
  maxBytes: number;
  bytesOf(key: number): number;
  random(): number;
}): SampledLru {
  const { maxBytes, bytesOf, random } = settings;
  const readAt = new Map<number, number>();
  const keys: number[] = [];
  const placeOf = new Map<number, number>();
  /** The longest unread last. */
  let pool: { key: number; readAt: number }[] = [];
  let usedBytes = 0;
  let evictedCount = 0;

  function remove(key: number): void {
    const place = placeOf.get(key);
    const last = keys.pop();
    if (place === undefined || last === undefined) return;
    if (last !== key) {
      keys[place] = last;
      placeOf.set(last, place);
    }
    placeOf.delete(key);
    readAt.delete(key);
    usedBytes -= bytesOf(key);
  }
  function evictOne(): void {
    for (let left = SAMPLE_COUNT; left > 0; left--) {
      const key = keys[Math.floor(random() * keys.length)];
      if (key === undefined || pool.some((one) => one.key === key)) continue;
      pool.push({ key, readAt: readAt.get(key) ?? 0 });
    }
    pool = pool.sort((a, b) => b.readAt - a.readAt).slice(-POOL_COUNT);
    for (let best = pool.pop(); best !== undefined; best = pool.pop())
      if (readAt.has(best.key)) {
        remove(best.key);
        evictedCount++;
        return;
      }
  }
  return {
    touch(key, nowMs) {
      if (!readAt.has(key)) return false;
      readAt.set(key, Math.floor(nowMs / CLOCK_MS));
      return true;
    },
    add(key, nowMs) {
      if (!readAt.has(key)) {
        placeOf.set(key, keys.push(key) - 1);
        usedBytes += bytesOf(key);
      }
      readAt.set(key, Math.floor(nowMs / CLOCK_MS));
      while (usedBytes > maxBytes && keys.length > 0) evictOne();
    },
    get evictedCount() {
      return evictedCount;
    },
  };
}
