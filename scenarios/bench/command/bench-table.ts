// The rows of a bench as a person reads them in the terminal.
import type { BenchRow, Limit } from '../bench.ts';

/** One line a row, in columns; empty without rows. */
export function benchTable(rows: readonly BenchRow[]): string {
  const lines = rows.map((row) => [mark(row), row.name, valueText(row), limitText(row)]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(([state = '', name = '', value = '', limit = '']) =>
      [state, name.padEnd(widths[1] ?? 0), value.padStart(widths[2] ?? 0), limit].join('  ').trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function mark({ ok }: BenchRow): string {
  return ok === null ? '·' : ok ? '✓' : '✗';
}

function valueText({ value, unit }: BenchRow): string {
  return value === null ? '–' : `${roundedText(value)} ${unit}`;
}

function limitText({ limit, note }: BenchRow): string {
  return [limit === null ? '' : `(${sign(limit)})`, note ?? ''].filter((text) => text !== '').join(' ');
}

function sign(limit: Limit): string {
  if ('exactly' in limit) return `= ${limit.exactly}`;
  return 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
}

/** Three digits that say something; whole numbers from 100 on. */
function roundedText(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
