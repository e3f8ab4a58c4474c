// Each policy's replay against what it must do by its definition. How far the hit ratios are from theory is judged by the
// question that replays them.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../model/chance/random.ts';
import {
  hotSetCache,
  lruCache,
  noCache,
  type ReplayCache,
  sampledLruCache,
  ttlCache,
  writeInvalidatedCache,
} from './policies.ts';
import { replay } from './replay.ts';
import { type CacheAccess, drawAccesses, zipfShares } from './stream.ts';

/** Reads one second apart; `-1` after a product's number is a write of it. */
function accesses(...steps: (number | `write ${number}`)[]): CacheAccess[] {
  return steps.map((step, index) =>
    typeof step === 'number'
      ? { is: 'read', product: step, atMs: index * 1_000 }
      : { is: 'write', product: Number(step.slice('write '.length)), atMs: index * 1_000 },
  );
}
const hits = (cache: ReplayCache, ...steps: Parameters<typeof accesses>) =>
  accesses(...steps).flatMap(({ is, product, atMs }) => {
    if (is === 'read') return cache.read(product, atMs).isHit;
    cache.write?.(product, atMs);
    return [];
  });

describe('a cache under replay', () => {
  it('without a policy never hits', () => {
    expect(hits(noCache(), 1, 1, 1)).toEqual([false, false, false]);
  });

  it('lets the least recently read entry go', () => {
    expect(hits(lruCache(2), 1, 2, 1, 3, 1, 2)).toEqual([false, false, true, false, true, false]);
  });

  it('loses a copy to a write where writes take it away, and answers with the old one where not', () => {
    const steps = [1, 'write 1', 1] as const;
    expect(hits(writeInvalidatedCache(2), ...steps)).toEqual([false, false]);
    expect(replay(accesses(...steps), lruCache(2), 0)).toMatchObject({ staleCount: 1, stalestMs: 1_000 });
  });

  it('lets an entry live as long as was said, however often it is read', () => {
    const cache = ttlCache(3_000);
    expect(hits(cache, 1, 1, 1, 1)).toEqual([false, true, true, false]);
    expect(cache.size(10_000)).toBe(0);
  });

  it('renews early, so that a much-read entry is hardly ever missed', () => {
    const law = { shares: zipfShares(1, 1), readsPerSecond: 1_000, writesPerSecond: 0 };
    const run = (cache: ReplayCache) =>
      replay(drawAccesses(law, 100_000, createRandom(1, 'reads')), cache, 1_000);
    const plain = run(ttlCache(1_000));
    const early = run(ttlCache(1_000, { beta: 1, loadMs: 20, random: createRandom(1, 'early') }));
    expect(plain.readCount - plain.hitCount).toBeGreaterThan(90);
    expect(early.readCount - early.hitCount).toBe(0);
    // Each life ends a little before its time.
    expect(early.loadCount).toBeGreaterThan(100);
    expect(early.loadCount).toBeLessThan(125);
  });

  it('holds the chosen set from one refresh to the next', () => {
    const cache = hotSetCache(2_000, (atMs) => (atMs < 2_000 ? [1] : [2]));
    expect(hits(cache, 1, 2, 1, 2)).toEqual([true, false, false, true]);
    expect(
      replay(
        accesses(2, 'write 2', 2, 2),
        hotSetCache(60_000, () => [2]),
        0,
      ),
    ).toMatchObject({
      staleCount: 2,
      stalestMs: 2_000,
    });
  });

  it('evicts by samples close to, but not better than, exact recency, within its bytes', () => {
    const law = { shares: zipfShares(5_000, 0.871), readsPerSecond: 100, writesPerSecond: 0 };
    const run = (cache: ReplayCache) =>
      replay(drawAccesses(law, 60_000, createRandom(1, 'reads')), cache, 20_000);
    const exact = run(lruCache(500));
    const sampled = run(sampledLruCache(500 * 700, () => 700, createRandom(1, 'samples')));
    expect(sampled.meanEntryCount).toBe(500);
    const difference = (exact.hitCount - sampled.hitCount) / exact.readCount;
    expect(difference).toBeGreaterThan(-0.005);
    expect(difference).toBeLessThan(0.03);
  });

  it('draws the same stream for the same seed, with reads and writes in the ratio of their rates', () => {
    const law = { shares: zipfShares(100, 1), readsPerSecond: 9, writesPerSecond: 1 };
    const drawn = () => [...drawAccesses(law, 9_000, createRandom(7, 'reads'))];
    const all = drawn();
    expect(drawn()).toEqual(all);
    const writeRatio = all.filter(({ is }) => is === 'write').length / all.length;
    expect(Math.abs(writeRatio - 0.1)).toBeLessThan(0.02);
    expect(Math.abs((all.at(-1)?.atMs ?? 0) / 1_000 - 1_000)).toBeLessThan(50);
  });
});
