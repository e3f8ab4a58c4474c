// A stream of reads and writes through a cache: what it hits, what the database still has to answer, how stale the answers
// are.
import type { ReplayCache } from './policies.ts';
import type { CacheAccess } from './stream.ts';

export type ReplayResult = {
  readCount: number;
  hitCount: number;
  /** Reads of the database: misses and early refreshes. */
  loadCount: number;
  /** Hits whose copy was older than the product's last write. */
  staleCount: number;
  /** Age of the oldest such copy since the write that made it stale; 0 without any. */
  stalestMs: number;
  /** Mean number of entries held, looked at now and then. */
  meanEntryCount: number;
};

const LOOK_EVERY_READS = 1_000;

/** Replays everything; only what comes after the first `warmUpReads` reads is counted. */
export function replay(
  accesses: Iterable<CacheAccess>,
  cache: ReplayCache,
  warmUpReads: number,
): ReplayResult {
  const result = { readCount: 0, hitCount: 0, loadCount: 0, staleCount: 0, stalestMs: 0 };
  const writtenMs = new Map<number, number>();
  let seen = 0;
  let entries = 0;
  let looks = 0;
  for (const { is, product, atMs } of accesses) {
    if (is === 'write') {
      writtenMs.set(product, atMs);
      cache.write?.(product, atMs);
      continue;
    }
    const { isHit, loadedMs, isEarly = false } = cache.read(product, atMs);
    seen += 1;
    if (seen <= warmUpReads) continue;
    result.readCount += 1;
    if (isHit) result.hitCount += 1;
    if (!isHit || isEarly) result.loadCount += 1;
    const lastWriteMs = writtenMs.get(product) ?? -Infinity;
    if (isHit && lastWriteMs > loadedMs) {
      result.staleCount += 1;
      result.stalestMs = Math.max(result.stalestMs, atMs - lastWriteMs);
    }
    if (result.readCount % LOOK_EVERY_READS === 0) {
      entries += cache.size(atMs);
      looks += 1;
    }
  }
  return { ...result, meanEntryCount: looks === 0 ? 0 : entries / looks };
}
