// The seconds of all single runs of a run as one CSV table (RFC 4180), for spreadsheets and notebooks.
import { COUNTS, type SeriesCount } from '../metrics/counts.ts';
import { GAUGES, type SeriesGauge } from '../metrics/gauges.ts';
import type { Cell } from '../record/read-cell.ts';
import type { SeriesRow } from '../record/series.ts';

type PlainColumn = { name: string; read: (row: SeriesRow) => number | null | undefined };

const gaugeColumn = ({ name }: SeriesGauge): PlainColumn => ({ name, read: ({ gauges }) => gauges[name] });

/** The counts, each with the gauges that stand beside it, then the other gauges. */
function plainColumns(counts: readonly SeriesCount[], gauges: readonly SeriesGauge[]): PlainColumn[] {
  return [
    ...counts.flatMap(({ name }) => [
      { name, read: (row: SeriesRow) => row.counts[name] },
      ...gauges.filter(({ columnAfter }) => columnAfter === name).map(gaugeColumn),
    ]),
    ...gauges.filter(({ columnAfter }) => columnAfter === undefined).map(gaugeColumn),
  ];
}

/**
 * A row for each second of each single run: which run, then the columns of `series.ndjson`, `intendedSucceeded` and
 * `intendedFailed` (requests by intended time, of which `http.failedRatio` is made; the others as they ended), with `cpuRatio.NAME` and
 * `memoryBytes.NAME` for each process and `failures.KIND` for each kind of failure. What was not recorded is empty.
 */
export function renderSeriesCsv(cells: Cell[]): string {
  const columns = plainColumns(COUNTS, GAUGES);
  const rows = cells.flatMap((cell) => cell.series);
  const processes = [
    ...new Set(rows.flatMap((row) => [...Object.keys(row.cpuRatios), ...Object.keys(row.memoryBytes)])),
  ].sort();
  const kinds = [...new Set(rows.flatMap((row) => Object.keys(row.failures ?? {})))].sort();
  const head = [
    'variant',
    'level',
    'block',
    'second',
    'phase',
    ...columns.map(({ name }) => name),
    ...processes.map((name) => `cpuRatio.${name}`),
    ...processes.map((name) => `memoryBytes.${name}`),
    ...kinds.map((kind) => `failures.${kind}`),
  ];
  const lines = cells.flatMap(({ variant, level, block, series }) =>
    series.map((row) => [
      variant,
      level,
      block,
      row.second,
      row.phase,
      ...columns.map(({ read }) => read(row)),
      ...processes.map((name) => row.cpuRatios[name]),
      ...processes.map((name) => row.memoryBytes[name]),
      // Without an entry nothing failed of that kind; without the record nobody knows.
      ...kinds.map((kind) => row.failures && (row.failures[kind] ?? 0)),
    ]),
  );
  return [head, ...lines].map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/**
 * A field of RFC 4180: quoted where it must be; nothing for null and undefined. Text that a spreadsheet would take
 * for a formula gets an apostrophe in front.
 */
export function csvField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
