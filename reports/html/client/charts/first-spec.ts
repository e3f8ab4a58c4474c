// The wide chart of the first screen: what was done each second, filled, and the wait for it as a line on its own axis at the
// right, with the limit on it.
import { formatNumber, formatSeconds } from '../../../format/format.ts';
import { readingText, readStatistic } from '../../../words/quantile.ts';
import type { FirstChart } from '../../data/first-chart.ts';
import type { Column, PageCell } from '../../data/page-data.ts';
import type { View } from '../view/shown.ts';
import type { ChartSeries, ChartSpec } from './chart-spec.ts';
import { rateOf } from './rate-of.ts';

/** A p95 of fewer samples is the slowest of them, and tells of one shopper. */
const WANTED_COUNT = 40;
/** However few came, the line has so many steps. */
const LEAST_STEPS = 12;

/** Null for a page without it. */
export function firstSpec({ data: { first }, cell, histograms, span }: View): ChartSpec | null {
  if (first === null || cell === undefined) return null;
  const { seconds, sums, durationSeconds, events } = cell;
  const wait = waitSteps(cell, histograms, first);
  const limit = limitLine(first, seconds);
  const done: ChartSeries = {
    label: `${first.countLabel} a second`,
    xs: seconds,
    values: rateOf(cell, sums[first.count]),
    isArea: true,
  };
  return {
    axis: 'time',
    unit: 'a second',
    format: (value) => `${formatNumber(value)} a second`,
    right: { unit: 'seconds waited', format: (value) => formatSeconds(value * 1_000) },
    series: [
      done,
      { label: first.waitLabel, xs: seconds, isOnRight: true, isStepped: true, isSolid: true, ...wait },
      ...limit,
    ],
    spanSeconds: durationSeconds,
    events,
    window: span,
  };
}

function limitLine({ limitMs }: FirstChart, seconds: number[]): ChartSeries[] {
  if (limitMs === null) return [];
  const values = seconds.map(() => limitMs / 1_000);
  return [{ label: `limit ${formatSeconds(limitMs)}`, xs: seconds, values, isOnRight: true, isLimit: true }];
}

/** The statistic of neighbouring buckets together, as many as make it worth a line, in seconds. */
function waitSteps(
  cell: PageCell,
  histograms: View['histograms'],
  { metric, statistic }: FirstChart,
): { values: Column; texts: (string | null)[] } {
  const counts = histograms.counts(cell, metric) ?? [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const bucketCount = cell.seconds.length;
  const most = Math.max(1, Math.floor(bucketCount / LEAST_STEPS));
  const width = Math.min(most, Math.max(1, Math.ceil((WANTED_COUNT * bucketCount) / Math.max(1, total))));
  const values: Column = [];
  const texts: (string | null)[] = [];
  const zero = Math.max(
    0,
    cell.seconds.findIndex((second) => second >= 0),
  );
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    // Steps begin at second 0, so that none mixes the lead-in with the measured span.
    const first = zero + Math.floor((bucket - zero) / width) * width;
    if (bucket > 0 && bucket > first && values.length > 0) {
      values.push(values.at(-1) ?? null);
      texts.push(texts.at(-1) ?? null);
      continue;
    }
    const from = cell.seconds[Math.max(0, first)] ?? 0;
    const to = from + width * cell.bucketSeconds;
    const summary = histograms.summary(cell, metric, { from, to });
    const reading = summary && readStatistic(summary, statistic);
    values.push(summary === null || summary.count === 0 ? null : summary[statistic] / 1_000);
    texts.push(reading === null || reading.kind === 'value' ? null : readingText(reading));
  }
  return { values, texts };
}
