// What the figures of the cache say: pure, and without the schemas, so that a page's script can have it.
import type { HotSetMeta } from './cache.ts';
import type { CacheFigures, ReadCounts, RedisFigures } from './cache-figures.ts';

/** What INFO of Redis says. Throws where a figure is missing. */
export function redisFiguresOf(info: string): RedisFigures {
  const figure = (name: string): number => {
    const found = new RegExp(`^${name}:(\\d+)\\r?$`, 'm').exec(info)?.[1];
    if (found === undefined) throw new Error(`INFO of Redis says no ${name}; needed is a number`);
    return Number(found);
  };
  return {
    usedMemoryBytes: figure('used_memory'),
    maxMemoryBytes: figure('maxmemory'),
    evictedCount: figure('evicted_keys'),
  };
}

/** A value of a metric with its labels, as /metrics and the registry tell it. */
export type Sample = { labels: Readonly<Record<string, string | number | undefined>>; value: number };

/** `shop_cache_reads_total` as counts by kind. */
export function readCountsOf(samples: readonly Sample[]): CacheFigures['reads'] {
  const countsOf = (kind: string): ReadCounts => {
    const of = (outcome: string) =>
      samples
        .filter(({ labels }) => labels.kind === kind && labels.outcome === outcome)
        .reduce((sum, { value }) => sum + value, 0);
    return { hit: of('hit'), miss: of('miss'), bypass: of('bypass') };
  };
  return { product: countsOf('product'), list: countsOf('list'), customer: countsOf('customer') };
}

/** Hits of all reads, 0–1, of these kinds together; null where nothing was read. */
export function hitRatioOf(reads: readonly ReadCounts[]): number | null {
  const sum = (pick: (counts: ReadCounts) => number) => reads.reduce((total, one) => total + pick(one), 0);
  const all = sum(({ hit, miss, bypass }) => hit + miss + bypass);
  return all === 0 ? null : sum(({ hit }) => hit) / all;
}

/** How far the time between two refreshes is over; `elapsedSeconds` may be above it where a refresh is late. */
export type Turn = { elapsedSeconds: number; everySeconds: number; leftSeconds: number };

/** @param nowMs by the shop's clock, Unix ms */
export function turnOf(meta: HotSetMeta, nowMs: number): Turn {
  const [startedMs, dueMs] = [Date.parse(meta.refreshedAt), Date.parse(meta.nextRefreshAt)];
  return {
    elapsedSeconds: Math.max(0, Math.floor((nowMs - startedMs) / 1_000)),
    everySeconds: Math.round((dueMs - startedMs) / 1_000),
    leftSeconds: Math.max(0, Math.ceil((dueMs - nowMs) / 1_000)),
  };
}

/** Bytes as Redis writes them: `2.25M`. */
export function memoryText(bytes: number): string {
  const units = ['B', 'K', 'M', 'G', 'T'];
  let [value, unit] = [bytes, 0];
  while (value >= 1_024 && unit < units.length - 1) [value, unit] = [value / 1_024, unit + 1];
  return unit === 0 ? `${value}B` : `${value.toFixed(2)}${units[unit]}`;
}

/** A ratio as `99.5%`; a dash where there is none. */
export const percentText = (ratio: number | null): string =>
  ratio === null ? '–' : `${(ratio * 100).toFixed(1)}%`;
