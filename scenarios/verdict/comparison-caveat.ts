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
    `Not tested were ${listOf(['other machines', ...notTested, loads])}`,
    ...openText(primaries),
    ...restsOn.map(asClause),
  ];
  return `${parts.join('; ')}.`;
}

/** "3 of 9 answers are INCONCLUSIVE, which does not mean no change"; nothing where the only answer is settled. */
function openText(primaries: readonly ComparisonResult[]): string[] {
  const total = primaries.length;
  const [unsettled, refused] = (['unsettled', 'refused'] as const).map(
    (judgement) => primaries.filter((result) => result.judgement === judgement).length,
  );
  const open = [
    ...answersAre(unsettled ?? 0, total, 'INCONCLUSIVE, which does not mean no change'),
    ...answersAre(refused ?? 0, total, 'refused for want of samples'),
  ];
  if (open.length > 0) return [open.join(', ')];
  if (total === 1) return [];
  return [`${total === 2 ? 'neither answer' : `none of ${countOf(total, 'answer')}`} is INCONCLUSIVE`];
}

/** "the answer is …", "both answers are …", "all 3 answers are …", "1 of 3 answers is …"; nothing where none is. */
function answersAre(count: number, total: number, what: string): string[] {
  if (count === 0) return [];
  if (total === 1) return [`the answer is ${what}`];
  const all = total === 2 ? 'both answers' : `all ${countOf(total, 'answer')}`;
  const who = count === total ? all : `${count} of ${countOf(total, 'answer')}`;
  return [`${who} ${count === 1 ? 'is' : 'are'} ${what}`];
}

/** A sentence as a part of a longer one. */
const asClause = (sentence: string): string =>
  (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replace(/\.$/, '');

/** "a", "a and b", "a, b and c". */
export function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
