// The rows of single runs reduced to a value per time bucket: whole sums for what the page adds up, means and largest
// values, to three significant digits, for what it only draws.
import { COUNTS, type SeriesCount } from '../../metrics/counts.ts';
import { GAUGES, type SeriesGauge } from '../../metrics/gauges.ts';
import type { SeriesRow } from '../../record/series.ts';
import type { Column, PageCell } from './page-data.ts';
import { bucketOf, type Grid } from './time-grid.ts';

export type SeriesColumns = Pick<
  PageCell,
  'rowCounts' | 'sums' | 'gauges' | 'cpu' | 'cpuPeak' | 'memory' | 'failures'
>;

/** Columns of one single run's rows, or of several runs' rows laid over each other. */
export function seriesColumns(rows: SeriesRow[], grid: Grid): SeriesColumns {
  const counts: SeriesCount[] = COUNTS.filter(({ isOnPage }) => isOnPage);
  const buckets = Array.from({ length: grid.bucketCount }, (): SeriesRow[] => []);
  for (const row of rows) buckets[bucketOf(grid, row.second)]?.push(row);
  const sum = (read: (row: SeriesRow) => number) =>
    buckets.map((own) => own.reduce((total, row) => total + read(row), 0));
  const mean = (read: (row: SeriesRow) => number): Column => buckets.map((own) => meanOf(own, read));
  const largest = (read: (row: SeriesRow) => number): Column => buckets.map((own) => largestOf(own, read));
  const processes = processesOf(rows);
  const byProcess = (column: (name: string) => Column) =>
    Object.fromEntries(processes.map((name) => [name, column(name)]));
  const kinds = [...new Set(rows.flatMap((row) => Object.keys(row.failures ?? {})))];
  const isByKind = rows.some((row) => row.failures !== undefined);
  return {
    rowCounts: buckets.map((own) => own.length),
    sums: Object.fromEntries(
      counts.map((count) => [count.name, sum((row) => row.counts[count.name] ?? 0)]),
    ) as PageCell['sums'],
    gauges: gaugeColumns(GAUGES, rows, { mean, largest }),
    cpu: byProcess((name) => mean((row) => row.cpuRatios[name] ?? 0)),
    cpuPeak: byProcess((name) => largest((row) => row.cpuRatios[name] ?? 0)),
    memory: byProcess((name) => largest((row) => (row.memoryBytes[name] ?? 0) * 1e-6)),
    failures: isByKind
      ? Object.fromEntries(kinds.map((kind) => [kind, sum((row) => row.failures?.[kind] ?? 0)]))
      : null,
  };
}

/** By name; null for a gauge that no row could read, and 0 for a single row that could not. */
function gaugeColumns(
  gauges: readonly SeriesGauge[],
  rows: SeriesRow[],
  reduced: Record<'mean' | 'largest', (read: (row: SeriesRow) => number) => Column>,
): PageCell['gauges'] {
  return Object.fromEntries(
    gauges.flatMap(({ name, onPage }) => {
      if (onPage === undefined) return [];
      const isRead = rows.some((row) => (row.gauges[name] ?? null) !== null);
      return [[name, isRead ? reduced[onPage]((row) => row.gauges[name] ?? 0) : null]];
    }),
  );
}

/** Names of the processes, those that used most CPU first, so that a process has one colour in all charts. */
function processesOf(rows: SeriesRow[]): string[] {
  const totals = new Map<string, number>();
  for (const row of rows) {
    for (const name of Object.keys(row.memoryBytes)) totals.set(name, totals.get(name) ?? 0);
    for (const [name, value] of Object.entries(row.cpuRatios)) {
      totals.set(name, (totals.get(name) ?? 0) + value);
    }
  }
  return [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

function meanOf(rows: SeriesRow[], read: (row: SeriesRow) => number): number | null {
  return rows.length === 0 ? null : threeDigits(rows.reduce((sum, row) => sum + read(row), 0) / rows.length);
}

function largestOf(rows: SeriesRow[], read: (row: SeriesRow) => number): number | null {
  return rows.length === 0
    ? null
    : threeDigits(rows.reduce((largest, row) => Math.max(largest, read(row)), -Infinity));
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
