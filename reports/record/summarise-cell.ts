// The numbers of a measured span, from what single runs recorded: quantiles from merged histograms, rates from counts.
import { join } from 'node:path';
import { METRICS } from '../metrics/catalogue.ts';
import { answeredMetric, evaluate, isCounted, type SpanFigures, sourcesOf } from '../metrics/evaluate.ts';
import type { Metric } from '../metrics/metric.ts';
import { CensoredRow, sumCensored } from './histograms/censored.ts';
import { forEachRecorded } from './histograms/sparse-histogram.ts';
import { createHistogram, type Histogram, summarise } from './histograms.ts';
import { fileNameOfText } from './names.ts';
import { metricsOf, readHistograms, readRows, readSeries } from './read-cell.ts';
import type { Metrics } from './result.ts';
import { rowGauge, type SeriesRow } from './series.ts';

/**
 * Metrics of several single runs taken together (the blocks of a variant), over seconds 0 ≤ second < durationSeconds
 * of each: every recorded metric as latency quantiles of the merged histograms, and from the counts whatever the catalogue
 * has a formula for. Sign-ups are counted by intended time, also if the answer came after the span.
 */
export function summariseCells(
  cellDirectories: string[],
  durationSeconds: number,
  catalogue: readonly Metric[] = METRICS,
): Metrics {
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
  const totalSeconds = durationSeconds * cellDirectories.length;
  return { ...metrics, ...valuesOf(catalogue, rows, metrics, totalSeconds) };
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

/** What the catalogue makes of the rows; what the rehearsal tells is left to it. */
function valuesOf(
  catalogue: readonly Metric[],
  rows: SeriesRow[],
  times: Metrics,
  totalSeconds: number,
): Metrics {
  const figures: SpanFigures = {
    seconds: totalSeconds,
    count: (source) => {
      const metric = answeredMetric(source);
      return metric === null
        ? rows.reduce((total, row) => total + (row.counts[source] ?? 0), 0)
        : answeredCount(times[metric]);
    },
    gauge: (name) =>
      rows.flatMap((row) => {
        const value = rowGauge(row, name);
        return value === null ? [] : { value, seconds: 1 };
      }),
  };
  // What no row carries was not to happen in this run: it is absent, and not 0.
  const carried = new Set(rows.flatMap(({ counts }) => Object.keys(counts)));
  const isCarried = (source: string) =>
    rows.length === 0 || answeredMetric(source) !== null || carried.has(source);
  return Object.fromEntries(
    catalogue.flatMap((metric) => {
      if (!isCounted(metric) || metric.isToldOfRun || !sourcesOf(metric).every(isCarried)) return [];
      const value = evaluate(metric, figures);
      return value === null ? [] : [[metric.name, { unit: metric.unit, value }]];
    }),
  );
}

function answeredCount(summary: Metrics[string] | undefined): number {
  return summary !== undefined && 'count' in summary ? summary.count - summary.censoredCount : 0;
}
