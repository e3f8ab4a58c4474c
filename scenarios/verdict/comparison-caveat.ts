// The second sentence of the answer to "which is better?": what was not tested, which answers are open, and what all figures
// rest on.
import { countOf } from '../../reports/format/format.ts';
import type { ComparisonResult } from '../../reports/record/result.ts';
import type { Comparison } from '../scenario/scenario.ts';

/** One sentence. @param primaries at least one */
export function comparisonCaveat(
  { restsOn, notTested = [] }: Pick<Comparison, 'restsOn' | 'notTested'>,
  primaries: readonly ComparisonResult[],
): string {
  const levels = [...new Set(primaries.flatMap(({ level }) => level ?? []))];
  const loads = levels.length === 0 ? 'other loads' : `loads other than ${listOf(levels)}`;
  const parts = [
    `Not tested were ${listOf([loads, 'other machines', ...notTested])}`,
    openText(primaries),
    ...restsOn.map(asClause),
  ];
  return `${parts.join('; ')}.`;
}

/** "3 of 9 answers are INCONCLUSIVE, which does not mean no change". */
function openText(primaries: readonly ComparisonResult[]): string {
  const count = (judgement: ComparisonResult['judgement']) =>
    primaries.filter((result) => result.judgement === judgement).length;
  const of = `of ${countOf(primaries.length, 'answer')}`;
  const [unsettled, refused] = [count('unsettled'), count('refused')];
  const verb = (number: number) => (number === 1 ? 'is' : 'are');
  const open = [
    ...(unsettled === 0
      ? []
      : [`${unsettled} ${of} ${verb(unsettled)} INCONCLUSIVE, which does not mean no change`]),
    ...(refused === 0 ? [] : [`${refused} ${of} ${verb(refused)} refused for want of samples`]),
  ];
  return open.length === 0 ? 'no answer is INCONCLUSIVE' : open.join(', ');
}

/** A sentence as a part of a longer one. */
const asClause = (sentence: string): string =>
  (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replace(/\.$/, '');

/** "a", "a and b", "a, b and c". */
export function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
