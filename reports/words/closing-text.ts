// What the terminal says of a run when it is over: the verdict in a line, what that line leaves out, and the answer.
import type { RunResult } from '../record/result.ts';
import { cacheSentences, cacheWarnings } from './cache-words.ts';
import { littleWarnings } from './littles-law.ts';
import { verdictDetails, verdictLine } from './verdict-words.ts';

/** Several lines; the last one ends with a line break. */
export function closingText(result: RunResult): string {
  const details = verdictDetails(result).map((line) => `  ${line}\n`);
  const caches = result.verdict === 'AUDIT_FAILED' ? [] : cacheSentences(result).map((line) => `  ${line}\n`);
  const warnings = [...littleWarnings(result), ...cacheWarnings(result)].map((line) => `! ${line}\n`);
  return `${verdictLine(result)}\n${details.join('')}\n${result.answer}\n${caches.join('')}${warnings.join('')}`;
}
