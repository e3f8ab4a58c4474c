import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CACHE_POLICIES } from './cache.ts';
import { CACHE_MODELS, type CacheModelSettings } from './cache-models.ts';
import { isEarlyRefreshDue } from './cache-rules.ts';

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const settings = (own: Partial<CacheModelSettings> = {}): CacheModelSettings => ({
  sizeCount: 3,
  ttlMs: 100,
  earlyRefreshBeta: 0,
  loadMs: 10,
  refreshEveryMs: 50,
  hotKeys: () => [1, 2],
  maxBytes: 3,
  bytesOf: () => 1,
  random: seeded(1),
  ...own,
});

test('an exact LRU hits just those keys that fewer than its size of others were read since', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(8), { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (keys, sizeCount) => {
      const model = CACHE_MODELS['read-through'](settings({ sizeCount }));
      keys.forEach((key, index) => {
        const last = keys.lastIndexOf(key, index - 1);
        const isNew = index === 0 || last < 0;
        const between = new Set(keys.slice(last + 1, index)).size;
        expect(model.read(key, index)).toBe(!isNew && between < sizeCount ? 'hit' : 'miss');
      });
    }),
  );
});

test('the hit ratio of the exact LRU is the one that Che’s approximation foretells', () => {
  const productCount = 2_000;
  const sizeCount = 100;
  const weights = Array.from({ length: productCount }, (_, index) => (index + 1) ** -0.871);
  const sum = weights.reduce((a, b) => a + b);
  const shares = weights.map((weight) => weight / sum);
  let [low, high] = [0, 1e9];
  for (let step = 0; step < 100; step++) {
    const time = (low + high) / 2;
    const expected = shares.reduce((count, share) => count + 1 - Math.exp(-share * time), 0);
    [low, high] = expected > sizeCount ? [low, time] : [time, high];
  }
  const foretold = shares.reduce((ratio, share) => ratio + share * (1 - Math.exp(-share * low)), 0);
  const cumulated: number[] = [];
  for (const share of shares) cumulated.push((cumulated.at(-1) ?? 0) + share);
  const random = seeded(7);
  const model = CACHE_MODELS['read-through'](settings({ sizeCount }));
  let hits = 0;
  for (let read = 0; read < 120_000; read++) {
    const drawn = random();
    let [from, to] = [0, productCount - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((cumulated[middle] ?? 1) < drawn) from = middle + 1;
      else to = middle;
    }
    if (model.read(from, read) === 'hit' && read >= 20_000) hits++;
  }
  expect(hits / 100_000).toBeGreaterThan(foretold - 0.02);
  expect(hits / 100_000).toBeLessThan(foretold + 0.02);
});

test('an entry with an end is loaded again after it, one that was written at once', () => {
  const ttl = CACHE_MODELS.ttl(settings());
  expect([0, 99, 100, 150].map((nowMs) => ttl.read(1, nowMs))).toEqual(['miss', 'hit', 'miss', 'hit']);
  const invalidated = CACHE_MODELS['write-invalidate'](settings());
  expect(invalidated.read(1, 0)).toBe('miss');
  invalidated.write(1, 1);
  expect([2, 3, 102].map((nowMs) => invalidated.read(1, nowMs))).toEqual(['miss', 'hit', 'miss']);
  expect(invalidated.evictedCount).toBe(0);
});

test('the worker’s set changes at its refreshes only and is filled by nobody else', () => {
  const worker = CACHE_MODELS.worker(settings({ hotKeys: (nowMs) => (nowMs < 50 ? [1] : [2]) }));
  expect([worker.read(2, 0), worker.read(2, 49), worker.read(1, 49)]).toEqual(['miss', 'miss', 'hit']);
  expect([worker.read(2, 50), worker.read(1, 50)]).toEqual(['hit', 'miss']);
});

test('Redis’s sampled eviction keeps within its bytes and the freshest key', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 200 }), (keys) => {
      const model = CACHE_MODELS['redis-lru'](settings({ maxBytes: 60, bytesOf: (key) => 1 + (key % 7) }));
      keys.forEach((key, index) => {
        model.read(key, index * 2_000);
        expect(model.read(key, index * 2_000 + 1)).toBe('hit');
      });
    }),
  );
});

test('an early refresh is the likelier the nearer the end, about e^(1/β) an expiry', () => {
  const entry = { untilMs: 1_000, loadMs: 10 };
  expect(isEarlyRefreshDue(entry, 999, 0, () => 1e-9)).toBe(false);
  expect(isEarlyRefreshDue(entry, 990, 1, () => Math.exp(-1.001))).toBe(true);
  expect(isEarlyRefreshDue(entry, 990, 1, () => Math.exp(-0.999))).toBe(false);
  expect(isEarlyRefreshDue({ untilMs: null, loadMs: 10 }, 990, 1, () => 1e-9)).toBe(false);
  const model = CACHE_MODELS.ttl(settings({ ttlMs: 1_000, earlyRefreshBeta: 1 }));
  const misses = Array.from({ length: 100_000 }, (_, nowMs) => model.read(1, nowMs)).filter(
    (outcome) => outcome === 'miss',
  );
  expect(misses.length).toBeLessThan(5);
  expect(model.loadCount).toBeGreaterThan(100);
});

test('every policy has its model, and all count the same reads', () => {
  for (const policy of CACHE_POLICIES) {
    const model = CACHE_MODELS[policy](settings());
    const misses = [1, 2, 1, 9, 1].filter((key, index) => model.read(key, index) === 'miss').length;
    expect(model.loadCount, policy).toBe(misses);
  }
});
