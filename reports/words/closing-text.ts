// What the terminal says of a run when it is over: the verdict in a line, what that line leaves out, and the answer; of a
// comparison the small table below it, what it has beside its pairs, then every interval.
import type { RunResult } from '../record/result.ts';
import { answerTable, answerTableText } from './answer-table.ts';
import { verdictLine } from './badge.ts';
import { littleWarnings } from './littles-law.ts';
import { extraSentences } from './of-capacity-words.ts';
import { comparisonDetails, verdictDetails } from './verdict-words.ts';

/** Several lines; the last one ends with a line break. */
export function closingText(result: RunResult): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}\n`).join('');
  const warnings = littleWarnings(result).map((line) => `! ${line}\n`);
  const table = answerTable(result);
  const tableText = table === null ? '' : `\n${indented(answerTableText(table).split('\n'))}`;
  const extras = extraSentences(result).map((sentence) => `${sentence}\n`);
  const intervals = comparisonDetails(result);
  const below = intervals.length === 0 ? '' : `\n${indented(intervals)}`;
  const above = `${verdictLine(result)}\n${indented(verdictDetails(result))}`;
  return `${above}\n${result.answer}\n${tableText}${extras.join('')}${below}${warnings.join('')}`;
}
