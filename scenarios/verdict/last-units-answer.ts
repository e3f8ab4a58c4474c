// The answer to what became of the last pieces of one item.
import type { RunResult } from '../../reports/record/result.ts';
import { lastUnitsOf, lastUnitsSentence, lastUnitsVerdict } from '../../reports/words/last-units.ts';

/** "Yes: no piece was sold twice. 100 shoppers wanted …"; null where nobody wanted the last pieces of anything. */
export function lastUnitsText(variants: RunResult['variants']): string | null {
  const about = lastUnitsOf(variants);
  return about === null ? null : `${lastUnitsVerdict(about)}. ${lastUnitsSentence(about)}`;
}
