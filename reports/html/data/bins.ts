// The page's own histograms: log-linear bins of about two digits, small enough for every time bucket of a run and
// mergeable by adding. Shared by the side that fills them and the side that reads them in the browser.
import type { LatencySummary } from '../../record/result.ts';

/** Bins in each doubling of the value: a bin's middle is at most 0.8 % from any value in it. */
const BINS_PER_DOUBLING = 64;
const DOUBLINGS = 26;
/** Values from 2^32 µs (71 minutes) on share the last bin. */
export const BIN_COUNT = BINS_PER_DOUBLING * (DOUBLINGS + 1);
const LARGEST_US = 2 ** 32 - 1;

/** The bin of a value in whole microseconds. */
export function binOf(valueUs: number): number {
  const value = Math.min(LARGEST_US, Math.max(0, Math.floor(valueUs)));
  const doubling = Math.max(0, 31 - Math.clz32(value) - 6);
  return doubling * BINS_PER_DOUBLING + Math.floor(value / 2 ** doubling);
}

/** The middle of a bin in microseconds. */
export function valueOfBin(bin: number): number {
  if (bin < 2 * BINS_PER_DOUBLING) return bin;
  const doubling = Math.floor(bin / BINS_PER_DOUBLING) - 1;
  return (bin - doubling * BINS_PER_DOUBLING + 0.5) * 2 ** doubling;
}

/** Counts by bin. */
export type Bins = Uint32Array;

export function countOfBins(bins: Bins): number {
  let count = 0;
  for (const own of bins) count += own;
  return count;
}

/**
 * Value in milliseconds at a percentile of 0–100; null without samples. The rank is HdrHistogram's: percentile ×
 * count rounded up (but not for a rounding error of the product), from 1.
 */
export function percentileMs(bins: Bins, percentile: number, count = countOfBins(bins)): number | null {
  const rank = Math.max(1, Math.ceil((percentile / 100) * count * (1 - 1e-12)));
  let seen = 0;
  for (const [bin, own] of bins.entries()) {
    seen += own;
    if (own > 0 && seen >= rank) return valueOfBin(bin) / 1000;
  }
  return null;
}

/**
 * The summary of samples in bins, `censoredCount` of them cut off, none before `censoredFromMs`; null without samples.
 * Quantiles are within 1 % of those of the record.
 */
export function summariseBins(
  bins: Bins,
  censoredCount: number,
  censoredFromMs?: number,
): LatencySummary | null {
  const count = countOfBins(bins);
  if (count === 0) return null;
  let sumUs = 0;
  for (const [bin, own] of bins.entries()) if (own > 0) sumUs += own * valueOfBin(bin);
  const ms = (percentile: number) => percentileMs(bins, percentile, count) ?? 0;
  return {
    unit: 'ms',
    count,
    censoredCount,
    // As a value of the bins, because it is held against such values.
    ...(censoredFromMs === undefined
      ? {}
      : { censoredFromMs: valueOfBin(binOf(censoredFromMs * 1_000)) / 1_000 }),
    mean: sumUs / count / 1000,
    p50: ms(50),
    p90: ms(90),
    p95: ms(95),
    p99: ms(99),
    max: ms(100),
  };
}
