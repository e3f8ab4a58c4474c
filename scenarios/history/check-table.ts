// The check of a history as a table for the terminal.
import type { Check } from '../../sim/history/check/check-history.ts';
import type { CheckLine } from '../../sim/history/check/check-line.ts';

const HEADINGS = { a: '(a) reproduces its configuration', b: '(b) lies in the published ranges' };

/** One line a figure, in two parts that are never mixed. */
export function checkTable({ lines, basis }: Check): string {
  const width = (of: (line: CheckLine) => string): number =>
    lines.reduce((most, line) => Math.max(most, of(line).length), 6);
  const widths = [
    width((l) => l.figure),
    width((l) => l.source),
    width((l) => l.range),
    width((l) => l.ours),
  ];
  const row = (cells: readonly string[], ok: string): string =>
    `${cells.map((cell, i) => (i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ')}  ${ok}`;
  const part = (kind: CheckLine['kind']): string[] => {
    const own = lines.filter((line) => line.kind === kind);
    if (own.length === 0) return [];
    return [
      `\n${HEADINGS[kind]}: ${basis[kind]}`,
      row(['figure', 'source', 'range', 'ours'], 'ok'),
      ...own.map((line) => row([line.figure, line.source, line.range, line.ours], line.ok ? '✓' : '✗')),
    ];
  };
  return [...part('a'), ...part('b')].join('\n').trimStart();
}
