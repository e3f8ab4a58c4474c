// The stream of reads that shoppers of a single run really made: replayed through models of caches, and what theory expects
// of its popularity.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt } from '../../sim/adapters/our-shop/attempts.ts';
import type { CacheAccess } from '../../sim/cache/stream.ts';
import { readReads, readsFileOf } from '../../sim/generator/reads-file.ts';

export type RecordedReads = {
  /** Product pages and what changed their stock, in order, warm-up first; `product` is the product's id. */
  accesses: CacheAccess[];
  /** Reads before the measured span. */
  warmUpReads: number;
  /** Product pages of the lead-in and the span, by product: what shoppers read, without what only warms up. */
  counts: number[];
  /** When the database answered one, which a cache then kept. */
  loadedAtMs: number[];
  /** Product pages of the span that the shop answered from its cache, and all of them that might have been. */
  hitCount: number;
  askedCount: number;
};

/** @throws Error where the run recorded no reads */
export function recordedReads(
  directory: string,
  { leadInSeconds, durationSeconds }: { leadInSeconds: number; durationSeconds: number },
): RecordedReads {
  const endMs = durationSeconds * 1_000;
  const reads = readReads(readsFileOf(directory)).filter(
    ({ kind, atMs }) => kind === 'product' && atMs < endMs,
  );
  const inSpan = reads.filter(({ atMs }) => atMs >= 0);
  const shoppers = reads.filter(({ atMs }) => atMs >= -leadInSeconds * 1_000);
  const byProduct = new Map<string, number>();
  for (const { id } of shoppers) byProduct.set(id, (byProduct.get(id) ?? 0) + 1);
  const writes = salesOf(directory).filter(({ atMs }) => atMs < endMs);
  const accesses = [
    ...reads.map(({ id, atMs }): CacheAccess => ({ is: 'read', product: Number(id), atMs })),
    ...writes,
  ].sort((a, b) => a.atMs - b.atMs);
  return {
    accesses,
    warmUpReads: reads.length - inSpan.length,
    counts: [...byProduct.values()],
    loadedAtMs: reads.filter(({ cache }) => cache === 'miss').map(({ atMs }) => atMs),
    hitCount: inSpan.filter(({ cache }) => cache === 'hit').length,
    askedCount: inSpan.filter(({ cache }) => cache === 'hit' || cache === 'miss').length,
  };
}

/** A confirmed order changes the stock of its products when it is confirmed. */
function salesOf(directory: string): CacheAccess[] {
  return readFileSync(join(directory, 'attempts.ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line): CacheAccess[] => {
      // Written by this very program.
      const attempt = JSON.parse(line) as Attempt;
      if (attempt.kind !== 'order' || attempt.outcome !== 'confirmed') return [];
      const atMs = attempt.attemptedAtMs + (attempt.outcomeAfterMs ?? 0);
      return attempt.lines.map(({ productId }) => ({ is: 'write', product: productId, atMs }));
    });
}
