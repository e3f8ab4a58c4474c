// Reduces what a run recorded to what its page draws and recomputes: at most 300 time buckets a view, fewer where many
// views or busy histograms would make the page too large.
import { gzipSync } from 'node:zlib';
import { formatQuantity } from '../../format/format.ts';
import { METRICS } from '../../metrics/catalogue.ts';
import { isRouteOfFewRuns, liveOf } from '../../metrics/find-metric.ts';
import { sumCensored } from '../../record/histograms/censored.ts';
import { variantKey } from '../../record/names.ts';
import type { Cell } from '../../record/read-cell.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { RunEvent, RunResult } from '../../record/result.ts';
import { metricLabel } from '../../words/metric-names.ts';
import { blockCharts } from './block-charts.ts';
import { cacheCharts } from './cache-charts.ts';
import { capacityCharts } from './capacity-charts.ts';
import {
  type PageView,
  placeHistograms,
  readVariantHistograms,
  type VariantHistograms,
} from './collect-histograms.ts';
import { firstChart } from './first-chart.ts';
import { levelCharts } from './level-charts.ts';
import type { PageCell, PageData, PageVariant } from './page-data.ts';
import { seriesColumns } from './series-columns.ts';
import { bucketOf, type Grid, gridOf } from './time-grid.ts';

const MAX_BUCKETS = 300;
/** All views together; with many of them each gets fewer buckets. */
const MAX_BUCKETS_OF_ALL_VIEWS = 1500;
const MIN_BUCKETS = 15;
/** Compressed; a third more as text in the page. Beyond it the buckets are made wider. */
const MAX_HISTOGRAM_BYTES = 480_000;
const MAX_ATTEMPTS = 3;
/** Single runs keep all their metrics up to this number of them; beyond it only these, and the rest by variant. */
const MAX_WHOLE_CELLS = 4;
const METRICS_OF_EVERY_CELL = METRICS.filter(({ name }) => liveOf(name) === 'single-runs').map(
  ({ name }) => name,
);

export type BuiltPageData = {
  data: PageData;
  /** gzip of the bins of all views; `histograms` of a cell says where each metric lies in them. */
  histograms: Buffer;
};

export function buildPageData(run: FinishedRun): BuiltPageData {
  const sources = Object.keys(run.result.variants).map((key): Source => {
    const cells = run.cells.filter((cell) => variantKey(cell) === key && cell.series.length > 0);
    return { key, cells, histograms: readVariantHistograms(cells, (metric) => isWanted(metric, run)) };
  });
  let scale = 1;
  for (let attempt = 1; ; attempt++) {
    const { data, bytes } = build(run, sources, scale);
    const histograms = gzipSync(Uint8Array.from(bytes), { level: 7 });
    if (histograms.length <= MAX_HISTOGRAM_BYTES || attempt === MAX_ATTEMPTS) return { data, histograms };
    scale *= (0.85 * MAX_HISTOGRAM_BYTES) / histograms.length;
  }
}

/** A variant with all its single runs. */
type Source = { key: string; cells: Cell[]; histograms: VariantHistograms };

/** Some times of single routes are left out where many runs would make the page large. */
function isWanted(metric: string, run: FinishedRun): boolean {
  if (isRouteOfFewRuns(metric)) return run.cells.length <= MAX_WHOLE_CELLS;
  return liveOf(metric) !== 'never';
}

function build(run: FinishedRun, sources: Source[], scale: number): { data: PageData; bytes: number[] } {
  const bytes: number[] = [];
  const cells: PageCell[] = [];
  const variants: PageVariant[] = [];
  for (const { key, cells: own, histograms } of sources) {
    const views = viewsOf(run, own, scale);
    const places = placeHistograms(histograms, views, bytes);
    for (const [index, view] of views.entries()) {
      cells.push(pageCell(key, view, places[index] ?? {}, eventsOf(run.result, view, key)));
    }
    const [name = key, level] = own[0] ? [own[0].variant, own[0].level] : [key];
    variants.push({ key, name, level: level ?? null, curves: histograms.curves });
  }
  const metrics = new Set(cells.flatMap((cell) => Object.keys(cell.histograms)));
  const metricLabels = Object.fromEntries([...metrics].map((name) => [name, metricLabel(name)]));
  const charts = {
    blockCharts: blockCharts(run.result),
    curveCharts: [...capacityCharts(run.result), ...cacheCharts(run.result), ...levelCharts(run.result)],
  };
  return { data: { variants, cells, first: firstChart(run.result), ...charts, metricLabels }, bytes };
}

/** All blocks of a variant together, where it has several, and then each of them. */
function viewsOf(run: FinishedRun, own: Cell[], scale: number): PageView[] {
  const keepsAll = run.cells.length <= MAX_WHOLE_CELLS;
  const variantCount = Object.keys(run.result.variants).length;
  const buckets = (share: number) =>
    Math.max(MIN_BUCKETS, Math.floor(Math.min(MAX_BUCKETS, MAX_BUCKETS_OF_ALL_VIEWS / share) * scale));
  const view = (cells: Cell[], block: number | null, share: number, whole: boolean): PageView => ({
    block,
    cells,
    grid: gridOf(
      cells.map((cell) => cell.series),
      buckets(share),
    ),
    keepsMetric: (metric) => whole || METRICS_OF_EVERY_CELL.some((name) => name === metric),
  });
  const single = own.map((cell) => view([cell], cell.block, run.cells.length, keepsAll || own.length === 1));
  return own.length > 1 ? [view(own, null, variantCount, true), ...single] : single;
}

function pageCell(
  variant: string,
  { cells, block, grid }: PageView,
  histograms: PageCell['histograms'],
  events: RunEvent[],
): PageCell {
  const rows = cells.flatMap((cell) => cell.series);
  return {
    variant,
    block,
    bucketSeconds: grid.bucketSeconds,
    durationSeconds: cells.reduce((longest, cell) => Math.max(longest, cell.durationSeconds), 0),
    seconds: Array.from({ length: grid.bucketCount }, (_, i) => (grid.firstBucket + i) * grid.bucketSeconds),
    ...seriesColumns(rows, grid),
    censored: censoredOf(cells, grid),
    censoredFromMs: censoredFromMsOf(cells),
    histograms,
    events,
  };
}

function censoredOf(cells: Cell[], grid: Grid): PageCell['censored'] {
  const sums: PageCell['censored'] = {};
  for (const { metric, second, count } of cells.flatMap((cell) => cell.censored)) {
    const column = sums[metric] ?? Array.from({ length: grid.bucketCount }, () => 0);
    sums[metric] = column;
    const bucket = bucketOf(grid, second);
    if (column[bucket] !== undefined) column[bucket] += count;
  }
  return sums;
}

function censoredFromMsOf(cells: Cell[]): PageCell['censoredFromMs'] {
  const byMetric = Map.groupBy(
    cells.flatMap(({ censored }) => censored),
    ({ metric }) => metric,
  );
  return Object.fromEntries(
    [...byMetric].flatMap(([metric, rows]) => {
      const { fromMs } = sumCensored(rows);
      return fromMs === undefined ? [] : [[metric, fromMs]];
    }),
  );
}

/** What happened in a view, in order, and, in a single run, when the shop had recovered from the last of it. */
function eventsOf(result: RunResult, view: PageView, key: string): RunEvent[] {
  const variant = result.variants[key];
  const cells = result.cells.filter((cell) =>
    view.cells.some((own) => variantKey(own) === variantKey(cell) && own.block === cell.block),
  );
  const own = cells.flatMap((cell) => cell.events ?? []);
  const listed = own.length > 0 ? own : (variant?.events ?? []);
  // Blocks are laid over each other: what was done to all of them at the same second is one event.
  const distinct = new Map(listed.map((event) => [`${Math.round(event.second)} ${event.label}`, event]));
  const events = [...distinct.values()].sort((a, b) => a.second - b.second);
  const metrics = cells.length === 1 ? cells[0]?.metrics : variant?.metrics;
  const recovery = metrics?.['fault.recoverySeconds'];
  const last = events.at(-1);
  if (!last || !recovery || !('value' in recovery) || view.cells.length > 1) return events;
  const label = `recovered after ${formatQuantity(recovery.value, recovery.unit)}`;
  return [...events, { second: last.second + recovery.value, label }];
}
