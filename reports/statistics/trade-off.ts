// One verdict from several primary metrics. A gain in one never hides a loss in another: that is a trade-off.
import type { Comparison } from './comparison.ts';
import type { ComparisonVerdict, Judgement } from './interval-verdict.ts';

export interface MetricComparison {
  /** As the reader knows it: `HTTP response median`. */
  metric: string;
  comparison: Comparison;
}

export type CombinedVerdict = ComparisonVerdict | 'TRADE-OFF' | 'REFUSED';

/**
 * - TRADE-OFF: at least one metric is better and at least one is worse.
 * - Worse somewhere, better nowhere: the word of the first worse metric. A proven loss is reported even while another
 *   metric is unsettled.
 * - Better somewhere, worse nowhere: the word of the first better metric, but INCONCLUSIVE while any metric is unsettled
 *   or refused, since that one may hide a loss.
 * - EQUIVALENT only when every metric is; REFUSED only when every metric is; otherwise INCONCLUSIVE.
 *
 * Takes primary metrics only, at least one.
 */
export function combineVerdicts(primaries: readonly MetricComparison[]): CombinedVerdict {
  if (primaries.length === 0) throw new RangeError('no primary metric to combine; need at least 1');
  const judged = primaries.flatMap(({ comparison }) => (comparison.outcome === 'judged' ? [comparison] : []));
  if (judged.length === 0) return 'REFUSED';
  const firstWord = (judgement: Judgement): ComparisonVerdict | undefined =>
    judged.find((comparison) => comparison.judgement === judgement)?.verdict;
  const worse = firstWord('worse');
  const better = firstWord('better');
  if (worse !== undefined) return better === undefined ? worse : 'TRADE-OFF';
  const isOpen = judged.length < primaries.length || firstWord('unsettled') !== undefined;
  if (isOpen) return 'INCONCLUSIVE';
  return better ?? 'EQUIVALENT';
}
