// What the terminal says of a run when it is over: the verdict in a line, what that line leaves out, and the answer; of a
// comparison the small table below it, what it has beside its pairs, then every interval.
import { wrapLine } from '../format/wrap.ts';
import type { RunResult } from '../record/result.ts';
import { answerTable, answerTableText } from './answer-table.ts';
import { BADGE_COLUMNS, verdictLine } from './badge.ts';
import { cacheSentences, cacheWarnings } from './cache-words.ts';
import { littleWarnings } from './littles-law.ts';
import { extraSentences } from './of-capacity-words.ts';
import { pageSentences } from './page-words.ts';
import { comparisonDetails, verdictDetails } from './verdict-words.ts';

/**
 * Several lines; the last one ends with a line break.
 * @param columns of the terminal that it is for: sentences are broken at words; left out: each is a line
 */
export function closingText(result: RunResult, columns?: number): string {
  const told = (sentences: readonly string[]) =>
    sentences.map((sentence) => `${wrapLine(sentence, columns, 0)}\n`).join('');
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}\n`).join('');
  const details = (sentences: readonly string[]) =>
    sentences.map((sentence) => `${wrapLine(`  ${sentence}`, columns, 4)}\n`).join('');
  const warnings = [...littleWarnings(result), ...cacheWarnings(result)];
  const table = answerTable(result);
  const [caption, rows] =
    table === null
      ? [null, '']
      : [table.caption, answerTableText(table, columns === undefined ? undefined : columns - 2)];
  const tableText = rows === '' ? '' : `\n${indented(rows.split('\n'))}`;
  const intervals = comparisonDetails(result);
  return [
    `${wrapLine(verdictLine(result), columns, BADGE_COLUMNS)}\n${details(verdictDetails(result))}\n`,
    told(result.answer.split('\n')),
    `${tableText}${caption === null ? '' : details([caption])}`,
    told([...extraSentences(result), ...cacheSentences(result), ...pageSentences(result)]),
    intervals.length === 0 ? '' : `\n${details(intervals)}`,
    warnings.map((line) => `${wrapLine(`! ${line}`, columns, 2)}\n`).join(''),
  ].join('');
}
