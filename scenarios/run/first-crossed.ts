// When a limit on a latency was first crossed: read from the recorded histograms, second by second.
import { createHistogram, decodeHistogram } from '../../reports/record/histograms.ts';
import { fileNameOfText } from '../../reports/record/names.ts';
import { readHistograms } from '../../reports/record/read-cell.ts';
import type { Threshold } from '../scenario.ts';

const PERCENTILES: Record<string, number> = { p50: 50, p90: 90, p95: 95, p99: 99, max: 100 };

/**
 * The first second s ≥ 0 of the measured span at which the quantile over the samples of seconds 0…s lies beyond an
 * upper limit for good, that is up to the end of the span; null when the metric has no histogram, the limit is a lower
 * one, or the quantile kept to it.
 */
export function firstCrossedSecond(
  cellDirectory: string,
  threshold: Threshold,
  durationSeconds: number,
): number | null {
  const percentile = PERCENTILES[threshold.statistic];
  const limitMs = threshold.atMost;
  if (percentile === undefined || limitMs === undefined) return null;
  const intervals = readHistograms(cellDirectory, `${fileNameOfText(threshold.metric)}.hlog`)
    .filter(({ second }) => second >= 0 && second < durationSeconds)
    .sort((a, b) => a.second - b.second);
  const running = createHistogram();
  let crossedAt: number | null = null;
  for (const { second, encodedBase64 } of intervals) {
    running.add(decodeHistogram(encodedBase64));
    const beyond = running.getValueAtPercentile(percentile) / 1_000 > limitMs;
    if (!beyond) crossedAt = null;
    else crossedAt ??= second;
  }
  return crossedAt;
}
