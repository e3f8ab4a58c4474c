// The distribution of a latency as a curve over percentiles, spaced by nines (OpenMessaging's and HdrHistogram's plot).
import type { Cell } from '../record/read-cell.ts';
import { mergeMetric } from '../record/summarise-cell.ts';
import type { PercentileCurve } from './page-data.ts';

/** Beyond the last percentile drawn there lie at least this many samples. */
const MIN_SAMPLES_BEYOND = 5;
const POINTS_PER_NINE = 20;
const MAX_NINES = 6;

/**
 * Curve of a metric's samples of the measured spans of `cells`, merged. It ends where fewer than five samples lie
 * beyond, so that no percentile is drawn from too few.
 */
export function percentileCurve(cells: Cell[], metric: string): PercentileCurve {
  const durationSeconds = Math.max(0, ...cells.map((cell) => cell.durationSeconds));
  const isMeasured = ({ second }: { second: number }) => second >= 0 && second < durationSeconds;
  const histogram = mergeMetric(
    cells.map((cell) => cell.directory),
    metric,
    isMeasured,
  );
  const censoredCount = cells
    .flatMap((cell) => cell.censored)
    .reduce((sum, row) => (row.metric === metric && isMeasured(row) ? sum + row.count : sum), 0);
  const curve: PercentileCurve = { count: histogram.totalCount, censoredCount, percentiles: [], ms: [] };
  for (const percentile of percentileGrid(histogram.totalCount)) {
    curve.percentiles.push(Number(percentile.toPrecision(8)));
    curve.ms.push(Number((histogram.getValueAtPercentile(percentile) / 1000).toPrecision(3)));
  }
  return curve;
}

/** Percentiles evenly spaced on the axis of nines, from about p11 to the last one that `count` samples can carry. */
export function percentileGrid(count: number): number[] {
  if (count === 0) return [];
  const lastNines = Math.min(MAX_NINES, Math.max(1, Math.log10(count / MIN_SAMPLES_BEYOND)));
  const steps = Math.ceil(lastNines * POINTS_PER_NINE);
  return Array.from({ length: steps }, (_, step) => 100 * (1 - 10 ** -((lastNines * (step + 1)) / steps)));
}
