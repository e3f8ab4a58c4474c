// The small table below the answer to "which is better?": a row for each level, a column for each pair, and in the cells the
// verdict's word, the change, and the values before and after. Shown alike by terminal, Markdown and page.
import { countOf, formatPercent } from '../format/format.ts';
import type { ComparisonResult, RunResult } from '../record/result.ts';
import { changeText, comparisonWord, meansText, primarySubjects } from './comparison-words.ts';
import { loadOfLevel } from './level-load.ts';
import { statisticLabel } from './metric-names.ts';

export type AnswerColumn = { tells: string; sides: string };
export type AnswerCell = {
  word: string;
  /** "+76.0 %"; empty without a ratio. */
  change: string;
  /** "6.1 ms → 10.7 ms", or why there is no verdict. */
  means: string;
  judgement: ComparisonResult['judgement'];
};
export type AnswerTable = {
  columns: AnswerColumn[];
  /** `place` says level and, with several primary metrics, which one; `load` what comes there, empty where no capacity is known. */
  rows: { place: string; load: string; cells: (AnswerCell | null)[] }[];
  /** What is compared, over how many pairs, and the margin. */
  caption: string;
};

/** Of the primary metrics; null where nothing was compared, or where an invalid run or a failed audit withholds it. */
export function answerTable({
  comparisons,
  verdict,
  levels,
  ofCapacity,
}: Pick<RunResult, 'comparisons' | 'verdict' | 'levels' | 'ofCapacity'>): AnswerTable | null {
  const primary = comparisons.filter(({ role }) => role === 'primary');
  if (primary.length === 0 || verdict === 'INVALID' || verdict === 'AUDIT_FAILED') return null;
  const byPair = Map.groupBy(primary, (own) => JSON.stringify([own.kind, own.baseline, own.candidate]));
  const byPlace = Map.groupBy(primary, (own) => JSON.stringify([own.level, own.metric, own.statistic]));
  const isOneMetric = primarySubjects(primary).length === 1;
  return {
    columns: [...byPair.values()].flatMap(([first]) => (first === undefined ? [] : [columnOf(first)])),
    rows: [...byPlace].map(([, own]) => ({
      place: own[0] === undefined ? '' : placeOf(own[0], isOneMetric),
      load: loadOfLevel({ levels, ofCapacity }, own[0]?.level ?? null),
      cells: [...byPair.values()].map((pair) => cellOf(own.find((one) => pair.includes(one)))),
    })),
    caption: captionOf(primary),
  };
}

function columnOf({ kind, baseline, candidate, tells }: ComparisonResult): AnswerColumn {
  const sides =
    kind === 'separate' ? `${candidate} against the baseline` : `${candidate} against ${baseline}`;
  return { tells: tells ?? '', sides };
}

function placeOf({ level, metric, statistic }: ComparisonResult, isOneMetric: boolean): string {
  const subject = statisticLabel(metric, statistic);
  if (level === null) return subject;
  return isOneMetric ? `at ${level}` : `at ${level}, ${subject}`;
}

function cellOf(comparison: ComparisonResult | undefined): AnswerCell | null {
  if (comparison === undefined) return null;
  const { ratio, judgement, footnote } = comparison;
  return {
    word: comparisonWord(comparison),
    change: ratio === null ? '' : `${changeText(ratio)} %`,
    means: meansText(comparison) || (judgement === 'refused' ? (footnote ?? '') : ''),
    judgement,
  };
}

/** "Order confirmed p50 over 12 blocks, 95 % intervals, margin ±5 %." */
function captionOf(primary: readonly ComparisonResult[]): string {
  const subjects = primarySubjects(primary).join(' and ');
  const [first] = primary;
  if (first === undefined) return '';
  const pairs = countOf(Math.max(...primary.map(({ n }) => n)), first.kind === 'paired' ? 'block' : 'cell');
  // Without levels the rows say what is compared.
  const isNamed = primary.every(({ level }) => level === null);
  const what = isNamed ? 'before → after' : `${subjects}, before → after`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}; over ${pairs}, ${formatPercent(first.confidence)} intervals, margin ±${formatPercent(first.marginRatio)}.`;
}

/**
 * The table for the terminal, without its caption; no line break at its end. In columns, two or three lines a row; where they would
 * be wider than `mostColumns`, a line for each pair.
 */
export function answerTableText(table: AnswerTable, mostColumns = Number.POSITIVE_INFINITY): string {
  const text = inColumns(table);
  const isTooWide = text.split('\n').some((line) => line.length > mostColumns);
  return isTooWide ? pairByPair(table) : text;
}

function pairByPair({ columns, rows }: AnswerTable): string {
  return rows
    .flatMap(({ place, load, cells }) => [
      load === '' ? place : `${place}: ${load}`,
      ...cells.flatMap((cell, index) =>
        cell === null
          ? []
          : [
              `  ${columns[index]?.sides ?? ''}: ${`${cell.word} ${cell.change}`.trimEnd()}`,
              ...(cell.means === '' ? [] : [`    ${cell.means}`]),
            ],
      ),
    ])
    .join('\n');
}

function inColumns({ columns, rows }: AnswerTable): string {
  const lines: string[][] = [
    ['', ...columns.map(({ sides }) => sides.split(' against ')[0] ?? '')],
    ['', ...columns.map(({ sides }) => sides.replace(/^.* against /, 'against '))],
    ...rows.flatMap(({ place, load, cells }) => [
      [place, ...cells.map((cell) => (cell === null ? '–' : `${cell.word} ${cell.change}`.trimEnd()))],
      [load.split(', ')[0] ?? '', ...cells.map((cell) => cell?.means ?? '')],
    ]),
  ];
  const widths = ['', ...columns].map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return text.join('\n');
}
