// The numbers of a measured span, from what single runs recorded: quantiles from merged histograms, rates from counts.
import { join } from 'node:path';
import { CensoredRow, sumCensored } from './histograms/censored.ts';
import { forEachRecorded } from './histograms/sparse-histogram.ts';
import { createHistogram, type Histogram, summarise } from './histograms.ts';
import { fileNameOfText } from './names.ts';
import { metricsOf, readHistograms, readRows, readSeries } from './read-cell.ts';
import type { Metrics } from './result.ts';
import { failedRatio, type RecordedRow } from './series.ts';

/**
 * Metrics of several single runs taken together (the blocks of a variant), over seconds 0 ≤ second < durationSeconds
 * of each: every recorded metric as latency quantiles of the merged histograms, and from the counts
 * - `orders.perSecond`, `orders.perHour`: confirmed orders over the span's length (perHour = perSecond × 3,600);
 * - `sessions.conversionRatio`: confirmed orders ÷ sessions started; absent without sessions;
 * - `http.failedRatio`: failed ÷ answered or failed requests, by intended time; absent without requests;
 * - `kafka.lag`: the largest number of uncommitted messages; absent without a broker in the path;
 * - `signUps.planned`, `signUps.confirmed`: people who were to sign up in the span, and those of them who got their
 *   account, also if the answer came after the span; absent where nobody was to.
 */
export function summariseCells(cellDirectories: string[], durationSeconds: number): Metrics {
  const isMeasured = (entry: { second: number }) => entry.second >= 0 && entry.second < durationSeconds;
  const metrics: Metrics = {};
  const censored = cellDirectories
    .flatMap((directory) => readRows(join(directory, 'censored.ndjson'), CensoredRow))
    .filter(isMeasured);
  const names = new Set(cellDirectories.flatMap(metricsOf));
  for (const name of [...names].sort()) {
    const merged = mergeMetric(cellDirectories, name, isMeasured);
    if (merged.totalCount === 0) continue;
    const { count, fromMs } = sumCensored(censored.filter(({ metric }) => metric === name));
    metrics[name] = summarise(merged, count, fromMs);
  }
  const rows = cellDirectories.flatMap(readSeries).filter(isMeasured);
  return {
    ...metrics,
    ...valuesOf(rows, durationSeconds * cellDirectories.length),
    ...signUpsOf(rows, metrics['signUp.confirmed']),
  };
}

/** All samples of a metric in several cells' seconds that `include` accepts. */
export function mergeMetric(
  cellDirectories: string[],
  metric: string,
  include: (interval: { second: number }) => boolean,
): Histogram {
  const merged = createHistogram();
  for (const directory of cellDirectories) {
    for (const interval of readHistograms(directory, `${fileNameOfText(metric)}.hlog`)) {
      if (!include(interval)) continue;
      // As adding the decoded histogram, which takes five times as long: its values are the highest of their range.
      forEachRecorded(interval.encodedBase64, (_, sampleCount, highestUs) => {
        merged.recordValueWithCount(highestUs, sampleCount);
      });
    }
  }
  return merged;
}

function valuesOf(rows: RecordedRow[], totalSeconds: number): Metrics {
  const sum = (read: (row: RecordedRow) => number) => rows.reduce((total, row) => total + read(row), 0);
  const values: Metrics = {};
  const confirmedCount = sum((row) => row.ordersConfirmed);
  if (totalSeconds > 0) {
    values['orders.perSecond'] = { unit: 'orders/s', value: confirmedCount / totalSeconds };
    values['orders.perHour'] = { unit: 'orders/h', value: (confirmedCount / totalSeconds) * 3600 };
  }
  const startedCount = sum((row) => row.sessionsStarted);
  if (startedCount > 0)
    values['sessions.conversionRatio'] = { unit: 'ratio', value: confirmedCount / startedCount };
  const failed = failedRatio(rows);
  if (failed !== null) values['http.failedRatio'] = { unit: 'ratio', value: failed };
  const lags = rows.flatMap((row) => (row.kafkaLagCount === null ? [] : [row.kafkaLagCount]));
  if (lags.length > 0)
    values['kafka.lag'] = { unit: 'messages', value: lags.reduce((a, b) => Math.max(a, b)) };
  return values;
}

function signUpsOf(rows: RecordedRow[], confirmed: Metrics[string] | undefined): Metrics {
  const plannedCount = rows.reduce((total, row) => total + (row.signUpsPlanned ?? 0), 0);
  if (plannedCount === 0) return {};
  return {
    'signUps.planned': { unit: 'people', value: plannedCount },
    // By intended time, as the planned ones are: whoever got no account stands among the censored samples.
    'signUps.confirmed': { unit: 'people', value: answeredCount(confirmed) },
  };
}

function answeredCount(summary: Metrics[string] | undefined): number {
  return summary !== undefined && 'count' in summary ? summary.count - summary.censoredCount : 0;
}
