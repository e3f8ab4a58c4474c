// What the terminal says of a run when it is over: the verdict in a line, what that line leaves out, the answer, and what a
// comparison has beside its pairs.
import type { RunResult } from '../record/result.ts';
import { littleWarnings } from './littles-law.ts';
import { extraSentences } from './of-capacity-words.ts';
import { verdictDetails, verdictLine } from './verdict-words.ts';

/** Several lines; the last one ends with a line break. */
export function closingText(result: RunResult): string {
  const details = verdictDetails(result).map((line) => `  ${line}\n`);
  const warnings = littleWarnings(result).map((line) => `! ${line}\n`);
  const extras = extraSentences(result).map((sentence) => `${sentence}\n`);
  return `${verdictLine(result)}\n${details.join('')}\n${result.answer}\n${extras.join('')}${warnings.join('')}`;
}
