// Reduces what a run recorded to what its page draws: at most 300 time buckets a single run, quantiles from merged
// histograms, three significant digits.

import { metricLabel } from '../metric-names.ts';
import { createHistogram, decodeHistogram } from '../record/histograms.ts';
import { fileNameOfText, variantKey } from '../record/names.ts';
import { type Cell, readHistograms } from '../record/read-cell.ts';
import type { FinishedRun } from '../record/read-run.ts';
import type { SeriesRow } from '../record/series.ts';
import type { Column, PageCell, PageData } from './page-data.ts';
import { percentileCurve } from './percentile-curve.ts';

const MAX_BUCKETS = 300;
/** With many cells each gets fewer buckets, so that the page stays small. */
const MAX_BUCKETS_OF_ALL_CELLS = 1500;
const MIN_BUCKETS = 30;
const BUCKET_SECONDS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600];
const CURVE_METRICS = ['http.response', 'http.service', 'order.confirmed'];
const BAND_METRICS = ['order.confirmed', 'http.response'];
/** Bands of single routes are drawn only where few cells leave room for them. */
const MAX_CELLS_WITH_ROUTE_BANDS = 4;

/** Reads the histograms that the charts need; this is the slow part of making a page. */
export function buildPageData(run: FinishedRun): PageData {
  const metrics = new Set<string>();
  const withRoutes = run.cells.length <= MAX_CELLS_WITH_ROUTE_BANDS;
  const maxBuckets = Math.max(
    MIN_BUCKETS,
    Math.min(MAX_BUCKETS, Math.floor(MAX_BUCKETS_OF_ALL_CELLS / Math.max(1, run.cells.length))),
  );
  const cells = run.cells
    .filter((cell) => cell.series.length > 0)
    .map((cell) => {
      const page = pageCell(cell, maxBuckets, withRoutes);
      for (const metric of Object.keys(page.bands)) metrics.add(metric);
      return page;
    });
  const variants = Object.keys(run.result.variants).map((key) => {
    const own = run.cells.filter((cell) => variantKey(cell) === key);
    const curves = CURVE_METRICS.map((metric) => [metric, percentileCurve(own, metric)] as const);
    return { key, curves: Object.fromEntries(curves.filter(([, curve]) => curve.count > 0)) };
  });
  for (const metric of CURVE_METRICS) metrics.add(metric);
  return {
    variants,
    cells,
    metricLabels: Object.fromEntries([...metrics].map((name) => [name, metricLabel(name)])),
  };
}

/** The smallest tidy bucket width with which the rows fit into `maxBuckets` buckets. */
export function bucketSecondsFor(rowCount: number, maxBuckets: number): number {
  // One more bucket than the rows fill, because buckets are aligned to second 0.
  const width = BUCKET_SECONDS.find((seconds) => Math.ceil(rowCount / seconds) + 1 <= maxBuckets);
  return width ?? Math.ceil(rowCount / (maxBuckets - 1));
}

function pageCell(cell: Cell, maxBuckets: number, withRoutes: boolean): PageCell {
  const grid = gridOf(cell.series, maxBuckets);
  const isRoute = (metric: string) => metric.startsWith('http.response/');
  const banded = [...BAND_METRICS, ...(withRoutes ? cell.metrics.filter(isRoute) : [])];
  const bands = banded
    .filter((metric) => cell.metrics.includes(metric))
    .map((metric) => [metric, bandsOf(cell, metric, grid)] as const);
  return {
    variant: variantKey(cell),
    block: cell.block,
    bucketSeconds: grid.bucketSeconds,
    durationSeconds: cell.durationSeconds,
    seconds: Array.from({ length: grid.bucketCount }, (_, i) => (grid.firstBucket + i) * grid.bucketSeconds),
    bands: Object.fromEntries(bands),
    ...columnsOf(cell.series, grid),
  };
}

type Grid = { bucketSeconds: number; firstBucket: number; bucketCount: number };

/** Buckets aligned to second 0, over everything that was recorded. */
function gridOf(rows: SeriesRow[], maxBuckets: number): Grid {
  const first = rows[0]?.second ?? 0;
  const last = rows.at(-1)?.second ?? 0;
  const bucketSeconds = bucketSecondsFor(last - first + 1, maxBuckets);
  const firstBucket = Math.floor(first / bucketSeconds);
  return { bucketSeconds, firstBucket, bucketCount: Math.floor(last / bucketSeconds) - firstBucket + 1 };
}

type Columns = Omit<
  PageCell,
  'variant' | 'block' | 'bucketSeconds' | 'durationSeconds' | 'seconds' | 'bands'
>;

function columnsOf(series: SeriesRow[], grid: Grid): Columns {
  const buckets = Array.from({ length: grid.bucketCount }, (): SeriesRow[] => []);
  for (const row of series)
    buckets[Math.floor(row.second / grid.bucketSeconds) - grid.firstBucket]?.push(row);
  const mean = (read: (row: SeriesRow) => number): Column => buckets.map((rows) => meanOf(rows.map(read)));
  const largest = (read: (row: SeriesRow) => number): Column => buckets.map((rows) => maxOf(rows.map(read)));
  const processes = processesOf(series);
  const byProcess = (read: (row: SeriesRow) => Record<string, number>, scale: number) =>
    Object.fromEntries(processes.map((name) => [name, mean((row) => (read(row)[name] ?? 0) * scale)]));
  const hasBroker = series.some((row) => row.kafkaLagCount !== null);
  return {
    sessions: {
      planned: mean((row) => row.sessionsPlanned),
      started: mean((row) => row.sessionsStarted),
      completed: mean((row) => row.sessionsCompleted),
    },
    sessionsActive: mean((row) => row.sessionsActive),
    requests: { sent: mean((row) => row.requestsSent), failed: mean((row) => row.requestsFailed) },
    orders: {
      attempted: mean((row) => row.ordersAttempted),
      confirmed: mean((row) => row.ordersConfirmed),
      rejected: mean((row) => row.ordersRejected),
    },
    kafkaLag: hasBroker ? largest((row) => row.kafkaLagCount ?? 0) : null,
    cpu: byProcess((row) => row.cpuRatios, 1),
    memory: byProcess((row) => row.memoryBytes, 1e-6),
    generator: {
      latenessP99Ms: largest((row) => row.latenessP99Ms),
      eventLoopLagP99Ms: largest((row) => row.eventLoopLagP99Ms),
    },
  };
}

function bandsOf(cell: Cell, metric: string, grid: Grid): PageCell['bands'][string] {
  const encoded = Array.from({ length: grid.bucketCount }, (): string[] => []);
  for (const interval of readHistograms(cell.directory, `${fileNameOfText(metric)}.hlog`)) {
    encoded[Math.floor(interval.second / grid.bucketSeconds) - grid.firstBucket]?.push(
      interval.encodedBase64,
    );
  }
  const bands: PageCell['bands'][string] = { p50: [], p95: [], p99: [] };
  const merged = createHistogram();
  for (const list of encoded) {
    merged.reset();
    for (const text of list) merged.add(decodeHistogram(text));
    const quantile = (percentile: number) =>
      merged.totalCount === 0 ? null : threeDigits(merged.getValueAtPercentile(percentile) / 1000);
    bands.p50.push(quantile(50));
    bands.p95.push(quantile(95));
    bands.p99.push(quantile(99));
  }
  return bands;
}

/** Names of the processes, those that used most CPU first, so that a process has one colour in all charts. */
function processesOf(rows: SeriesRow[]): string[] {
  const totals = new Map<string, number>();
  for (const row of rows) {
    for (const name of Object.keys(row.memoryBytes)) totals.set(name, totals.get(name) ?? 0);
    for (const [name, value] of Object.entries(row.cpuRatios))
      totals.set(name, (totals.get(name) ?? 0) + value);
  }
  return [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

function meanOf(values: number[]): number | null {
  return values.length === 0 ? null : threeDigits(values.reduce((a, b) => a + b, 0) / values.length);
}

function maxOf(values: number[]): number | null {
  return values.length === 0 ? null : threeDigits(values.reduce((a, b) => Math.max(a, b)));
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
