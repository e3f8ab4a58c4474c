// Comparisons whose true effects are known, as a scenario with several variants would have made them.
import { isHigherBetter } from '../metrics/find-metric.ts';
import { toComparisonResult } from '../record/comparison-result.ts';
import type { CombinedComparison, ComparisonResult } from '../record/result.ts';
import { comparePairs } from '../statistics/paired-comparison.ts';
import { changeWords } from '../words/change-words.ts';

type CommonOfComparison = Pick<ComparisonResult, 'baseline' | 'candidate' | 'level'>;

/**
 * Comparisons of a candidate with its baseline over `n` pairs of blocks: two primary metrics that disagree, one
 * equivalent exploratory one, and one that is refused for a value of 0.
 */
export function syntheticComparisons(
  baseline: string,
  candidate: string,
  n: number,
  level: string | null = null,
): ComparisonResult[] {
  const about: CommonOfComparison = { baseline, candidate, level };
  const pairs = (metric: string, statistic: string, role: ComparisonResult['role'], logRatio: number) =>
    compared({ ...about, metric, statistic, role }, n, logRatio);
  return [
    pairs('http.response', 'p50', 'primary', Math.log(0.78)),
    pairs('order.confirmed', 'p50', 'primary', Math.log(1.31)),
    pairs('orders.perSecond', 'value', 'exploratory', Math.log(1.004)),
    pairs('order.confirmed', 'p99', 'exploratory', Number.NEGATIVE_INFINITY),
  ];
}

type Subject = CommonOfComparison & Pick<ComparisonResult, 'metric' | 'statistic' | 'role'>;

/** A true effect of `logRatio` seen through a noise of about 1.5 %, the same for the same number of pairs. */
function compared(subject: Subject, n: number, logRatio: number): ComparisonResult {
  const noise = (block: number) => 0.015 * Math.sqrt(2) * Math.sin(2.4 * (block + 1));
  const request = {
    baseline: Array.from({ length: n }, () => 10),
    candidate: Array.from({ length: n }, (_, block) => 10 * Math.exp(logRatio + noise(block))),
    marginRatio: 0.03,
    higherIsBetter: isHigherBetter(subject.metric),
    words: changeWords(subject.metric),
  };
  return toComparisonResult(comparePairs(request), {
    ...subject,
    kind: 'paired',
    declared: subject.role === 'primary',
    request,
  });
}

/** The two primary metrics of each pair of variants disagree. */
export function combinedComparisons(comparisons: ComparisonResult[]): CombinedComparison[] {
  return comparisons
    .filter(
      ({ metric, role, outcome }) => metric === 'http.response' && role === 'primary' && outcome === 'judged',
    )
    .map(({ level, candidate, baseline }) => ({
      level,
      candidate,
      baseline,
      verdict: 'TRADE-OFF',
      sentence: 'primary metrics disagree: HTTP response p50 FASTER; order confirmed p50 SLOWER',
    }));
}
