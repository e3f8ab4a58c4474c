// The answer to what became of the last pieces of one item.
import type { RunResult, Verdict } from '../../reports/record/result.ts';
import { lastUnitsOf, lastUnitsSentence, lastUnitsVerdict } from '../../reports/words/last-units.ts';

/**
 * "Yes: no piece was sold twice. 100 shoppers wanted …"; null where nobody wanted the last pieces of anything, where the generator
 * made no crush that anything could be said of, where the audit found something else to be wrong, and where a limit was crossed:
 * then that is the answer.
 */
export function lastUnitsText(variants: RunResult['variants'], verdict: Verdict): string | null {
  const about = lastUnitsOf(variants);
  if (about === null || verdict === 'INVALID' || verdict === 'FAIL') return null;
  if (verdict === 'AUDIT_FAILED' && about.soldCount <= about.pieceCount) return null;
  return `${lastUnitsVerdict(about)}. ${lastUnitsSentence(about)}`;
}
