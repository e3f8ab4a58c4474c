// A stream of reads and writes through a model of a cache: what it hits, what the database still has to answer, how stale the
// answers are.
import type { CacheModel } from '../../system/contract/cache-models.ts';
import type { CacheAccess } from './stream.ts';

export type ReplayResult = {
  readCount: number;
  hitCount: number;
  /** Reads of the database: misses and early refreshes. */
  loadCount: number;
  /** Hits whose copy was older than the product's last write. */
  staleCount: number;
  /** The longest time from a write to a hit that did not show it; 0 without any. */
  stalestMs: number;
};

/**
 * Replays everything; only what comes after the first `warmUpReads` reads is counted. `refreshMs`: all copies are loaded anew
 * at its multiples; null where each is loaded by the read that missed it.
 */
export function replay(
  accesses: Iterable<CacheAccess>,
  cache: CacheModel,
  { warmUpReads, refreshMs }: { warmUpReads: number; refreshMs: number | null },
): ReplayResult {
  const result = { readCount: 0, hitCount: 0, staleCount: 0, stalestMs: 0 };
  const writtenMs = new Map<number, number>();
  const loadedMs = new Map<number, number>();
  let seen = 0;
  let loadsBefore = 0;
  for (const { is, product, atMs } of accesses) {
    if (is === 'write') {
      writtenMs.set(product, atMs);
      cache.write(product, atMs);
      continue;
    }
    const loads = cache.loadCount;
    if (seen === warmUpReads) loadsBefore = loads;
    const isHit = cache.read(product, atMs) === 'hit';
    const copiedMs =
      refreshMs === null ? (loadedMs.get(product) ?? atMs) : Math.floor(atMs / refreshMs) * refreshMs;
    if (cache.loadCount > loads) loadedMs.set(product, atMs);
    seen += 1;
    if (seen <= warmUpReads) continue;
    result.readCount += 1;
    if (!isHit) continue;
    result.hitCount += 1;
    const lastWriteMs = writtenMs.get(product) ?? -Infinity;
    if (lastWriteMs > copiedMs) {
      result.staleCount += 1;
      result.stalestMs = Math.max(result.stalestMs, atMs - lastWriteMs);
    }
  }
  return { ...result, loadCount: cache.loadCount - loadsBefore };
}
