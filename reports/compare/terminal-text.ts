// A comparison of two runs for the terminal: warnings on top, an aligned table that fits it, footnotes, and the
// summary last, where the eye rests when the command is done.
import { wrapLine } from '../format/wrap.ts';
import { comparisonWord } from '../words/comparison-words.ts';
import type { ComparedRow } from './compare-figure.ts';
import type { RunComparison } from './compare-runs.ts';
import type { LabelledRun } from './compared-run.ts';
import { footnotesOf } from './footnotes.ts';
import { marginText, rowWords, sideText, summaryLines } from './summary-words.ts';

/** Wider lines are hard to read. */
const WIDEST = 110;
/** A narrower terminal breaks lines itself. */
const NARROWEST = 80;
const GAP = '  ';

/**
 * Lines without colour; none is wider than 110 columns.
 * @param columns of the terminal; left out: as wide as may be
 */
export function terminalLines(
  comparison: RunComparison,
  baseline: LabelledRun,
  candidate: LabelledRun,
  columns = WIDEST,
): string[] {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  const wrapped = (mark: string, text: string, indentCount = mark.length): string[] =>
    wrapLine(mark + text, width, indentCount).split('\n');
  const { rows, warnings, notes, marginRatio } = comparison;
  const footnotes = footnotesOf(rows);
  return [
    ...warnings.flatMap((warning) => wrapped('! ', warning)),
    ...(warnings.length > 0 ? [''] : []),
    ...wrapped(`${baseline.label}  `, sideText(baseline)),
    ...wrapped(`${candidate.label}  `, sideText(candidate)),
    '',
    ...(rows.length === 0
      ? []
      : [
          ...tableLines(rows, [baseline.label, candidate.label], footnotes, width),
          '',
          ...wrapped(
            '',
            `Values are geometric means over the cells; ${candidate.label} against ${baseline.label}, 95 % CI by Welch, margin ${marginText(marginRatio)}. What is not primary is exploratory: some of it clears the margin by chance.`,
          ),
        ]),
    ...[...footnotes].flatMap(([text, number]) => wrapped(`[${number}] `, text)),
    ...notes.flatMap((note) => wrapped('· ', note)),
    '',
    ...summaryLines(comparison).flatMap((line) => wrapped('', line, 2)),
  ];
}

function tableLines(
  rows: ComparedRow[],
  [baselineLabel, candidateLabel]: [string, string],
  footnotes: Map<string, number>,
  width: number,
): string[] {
  const header = ['', baselineLabel, candidateLabel, 'change', '95 % CI', 'cells', 'verdict'];
  const groups = Map.groupBy(rows, ({ group }) => group);
  const lines = [...groups].flatMap(([group, own]) => [
    { heading: group, cells: [] },
    ...own.map((row) => ({ heading: null, cells: cellsOf(row, footnotes) })),
  ]);
  const widths = fitted(
    [header, ...lines.map(({ cells }) => cells).filter((cells) => cells.length > 0)],
    width,
  );
  return [
    aligned(header, widths),
    ...lines.map(({ heading, cells }) =>
      heading === null ? aligned(cells, widths) : shortened(heading, width),
    ),
  ];
}

function cellsOf(row: ComparedRow, footnotes: Map<string, number>): string[] {
  const { metric, baseline, candidate, change, interval, cells } = rowWords(row);
  const number = footnotes.get(row.result.footnote ?? '');
  const verdict = `${comparisonWord(row.result)}${number === undefined ? '' : ` [${number}]`}`;
  return [`  ${metric}`, baseline, candidate, change, interval, cells, verdict];
}

/** Natural widths; the metric's name gives way where the line would be too wide. */
function fitted(table: string[][], width: number): number[] {
  const count = table[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (count - 1);
  const [first = 0, ...others] = widths;
  return [Math.max(12, first - Math.max(0, total - width)), ...others];
}

/** First and last column to the left, numbers to the right. */
function aligned(cells: string[], widths: number[]): string {
  const line = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    const isText = column === 0 || column === cells.length - 1;
    return isText ? shortened(cell, width).padEnd(width) : cell.padStart(width);
  });
  return line.join(GAP).trimEnd();
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
