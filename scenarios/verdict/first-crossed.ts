// When a limit on a latency was first crossed: read from the recorded histograms, second by second.

import { createHistogram, decodeHistogram } from '../../reports/record/histograms.ts';
import { fileNameOfText } from '../../reports/record/names.ts';
import { readHistograms } from '../../reports/record/read-cell.ts';
import { neededCount, QUANTILES } from '../../reports/words/quantile.ts';
import type { Threshold } from '../scenario/scenario.ts';

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
  const { statistic, atMost: limitMs } = threshold;
  if (statistic === 'value' || statistic === 'mean' || limitMs === undefined) return null;
  const percentile = statistic === 'max' ? 100 : QUANTILES[statistic] * 100;
  const intervals = readHistograms(cellDirectory, `${fileNameOfText(threshold.metric)}.hlog`)
    .filter(({ second }) => second >= 0 && second < durationSeconds)
    .sort((a, b) => a.second - b.second);
  const running = createHistogram();
  let crossedAt: number | null = null;
  for (const { second, encodedBase64 } of intervals) {
    running.add(decodeHistogram(encodedBase64));
    const ms = running.getValueAtPercentile(percentile) / 1_000;
    // From too few samples there is no quantile yet that could lie beyond.
    const isSpokenOf = running.totalCount >= neededCount(statistic);
    if (!isSpokenOf || ms <= limitMs) crossedAt = null;
    else crossedAt ??= second;
  }
  return crossedAt;
}
