// What a comparison may claim where values were cut off at their deadline.
import type { Comparison } from '../statistics/comparison.ts';

type Sides<T> = { baseline: T; candidate: T };

/**
 * A value that was cut off at its deadline is a lower bound. A claim stands only where a larger value would make it
 * stronger: a candidate that is cut off is at least that much above the baseline, and the other way round.
 */
export function refuseCutOff<Judged extends Comparison>(
  comparison: Judged,
  isCutOff: Sides<boolean>,
  names: Sides<string>,
): Judged | Extract<Comparison, { outcome: 'refused' }> {
  if (comparison.outcome === 'refused' || !(isCutOff.baseline || isCutOff.candidate)) return comparison;
  const { low, high, ratio, marginRatio } = comparison;
  const isSafe =
    (!isCutOff.baseline && low > 1 + marginRatio) || (!isCutOff.candidate && high < 1 - marginRatio);
  if (isSafe) return comparison;
  const where = (['baseline', 'candidate'] as const).flatMap((side) => (isCutOff[side] ? [names[side]] : []));
  const footnote = `need values below their deadline; in ${where.join(' and ')} they are cut off at it`;
  return { outcome: 'refused', ratio, marginRatio, footnote };
}
