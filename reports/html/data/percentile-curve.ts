// The distribution of a latency as a curve over percentiles, spaced by nines (OpenMessaging's and HdrHistogram's
// plot). Used by both sides: for the whole span from the record's histograms, for a chosen span from the page's bins.
import type { PercentileCurve } from './page-data.ts';

/** Beyond the last percentile drawn there lie at least this many samples. */
const MIN_SAMPLES_BEYOND = 5;
const POINTS_PER_NINE = 20;
const MAX_NINES = 6;

/**
 * Curve of `count` samples, `censored` of them cut off. It ends where fewer than five samples
 * lie beyond, below fifty samples where fewer than one does, so that no percentile is drawn from too few.
 * @param msAt the value in milliseconds at a percentile of 0–100
 */
export function percentileCurve(
  count: number,
  censored: { count: number; fromMs?: number | undefined },
  msAt: (percentile: number) => number,
): PercentileCurve {
  const percentiles = percentileGrid(count);
  return {
    count,
    censoredCount: censored.count,
    ...(censored.fromMs === undefined ? {} : { censoredFromMs: censored.fromMs }),
    percentiles: percentiles.map((percentile) => Number(percentile.toPrecision(8))),
    ms: percentiles.map((percentile) => Number(msAt(percentile).toPrecision(3))),
  };
}

/** Percentiles evenly spaced on the axis of nines, from about p11 to the last one that `count` samples can carry. */
export function percentileGrid(count: number): number[] {
  if (count === 0) return [];
  const lastNines = Math.min(
    MAX_NINES,
    Math.max(Math.min(1, Math.log10(count)), Math.log10(count / MIN_SAMPLES_BEYOND)),
  );
  const steps = Math.ceil(lastNines * POINTS_PER_NINE);
  return Array.from({ length: steps }, (_, step) => 100 * (1 - 10 ** -((lastNines * (step + 1)) / steps)));
}
