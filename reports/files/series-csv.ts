// The seconds of all single runs of a run as one CSV table (RFC 4180), for spreadsheets and notebooks.
import { COUNTS, type SeriesCount } from '../metrics/counts.ts';
import type { Cell } from '../record/read-cell.ts';
import type { RecordedRow } from '../record/series.ts';

/** Open sessions stand beside those that started and ended. */
const AFTER: Record<string, string[]> = { sessionsCompleted: ['sessionsActive'] };

const plainColumns = (counts: readonly SeriesCount[]): string[] => [
  'second',
  'phase',
  ...counts.flatMap(({ name }) => [name, ...(AFTER[name] ?? [])]),
  'latenessP99Ms',
  'eventLoopLagP99Ms',
  'kafkaLagCount',
  'stealRatio',
];

/**
 * A row for each second of each single run: which run, then the columns of `series.ndjson`, `intendedSucceeded` and
 * `intendedFailed` (requests by intended time, of which `http.failedRatio` is made; the others as they ended), with `cpuRatio.NAME` and
 * `memoryBytes.NAME` for each process and `failures.KIND` for each kind of failure. What was not recorded is empty.
 */
export function renderSeriesCsv(cells: Cell[], counts: readonly SeriesCount[] = COUNTS): string {
  const columns = plainColumns(counts);
  const rows = cells.flatMap((cell) => cell.series);
  const processes = [
    ...new Set(rows.flatMap((row) => [...Object.keys(row.cpuRatios), ...Object.keys(row.memoryBytes)])),
  ].sort();
  const kinds = [...new Set(rows.flatMap((row) => Object.keys(row.failures ?? {})))].sort();
  const head = [
    'variant',
    'level',
    'block',
    ...columns,
    ...processes.map((name) => `cpuRatio.${name}`),
    ...processes.map((name) => `memoryBytes.${name}`),
    ...kinds.map((kind) => `failures.${kind}`),
  ];
  const lines = cells.flatMap(({ variant, level, block, series }) =>
    series.map((row) => [
      variant,
      level,
      block,
      ...columns.map((name) => plainField(row, name)),
      ...processes.map((name) => row.cpuRatios[name]),
      ...processes.map((name) => row.memoryBytes[name]),
      // Without an entry nothing failed of that kind; without the record nobody knows.
      ...kinds.map((kind) => row.failures && (row.failures[kind] ?? 0)),
    ]),
  );
  return [head, ...lines].map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

function plainField(row: RecordedRow, name: string): string | number | null {
  const values: Readonly<Record<string, unknown>> = row;
  const value = values[name];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
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
