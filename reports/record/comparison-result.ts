// A comparison as `result.json` keeps it: what the statistics found, which metric and sides it is about, and the
// sentence as it is at the time of writing.
import { geometricMean } from 'simple-statistics';
import type { Comparison, ComparisonRequest } from '../statistics/comparison.ts';
import { combinedVerdictSentence, verdictSentence } from '../statistics/verdict-sentence.ts';
import type { CombinedComparison, ComparisonResult } from './result.ts';

/** What was compared; `request` is what the comparison was made from. */
export type ComparisonSubject = Pick<
  ComparisonResult,
  'metric' | 'statistic' | 'role' | 'level' | 'baseline' | 'candidate' | 'tells' | 'kind' | 'declared'
> & {
  request: ComparisonRequest;
  /** Of the compared values; without it their means are not kept. */
  unit?: string | undefined;
};

/** Every field of a comparison in `result.json`; those that a refusal leaves open are null. */
export function toComparisonResult(comparison: Comparison, subject: ComparisonSubject): ComparisonResult {
  const { request, unit, ...about } = subject;
  const baselineCount = request.baseline.length;
  const candidateCount = request.candidate.length;
  const common = {
    ...about,
    n: Math.min(baselineCount, candidateCount),
    baselineCount,
    candidateCount,
    ...(unit === undefined ? {} : meansOf(request, unit)),
    marginRatio: comparison.marginRatio,
    sentence: verdictSentence(comparison),
  };
  if (comparison.outcome === 'refused') {
    return {
      ...common,
      outcome: 'refused',
      ratio: comparison.ratio,
      low: null,
      high: null,
      confidence: request.confidence ?? 0.95,
      verdict: 'REFUSED',
      judgement: 'refused',
      slowerPairCount: null,
      fasterPairCount: null,
      footnote: comparison.footnote,
    };
  }
  const { ratio, low, high, confidence, verdict, judgement } = comparison;
  const judged = { outcome: 'judged', ratio, low, high, confidence, verdict, judgement } as const;
  const isPaired = comparison.kind === 'paired';
  return {
    ...common,
    ...judged,
    kind: comparison.kind,
    slowerPairCount: isPaired ? comparison.slowerPairCount : null,
    fasterPairCount: isPaired ? comparison.fasterPairCount : null,
    ...(isPaired ? { pairRatios: comparison.logRatios.map(Math.exp) } : {}),
    footnote: null,
  };
}

/** Nothing where there is no value, or one without a logarithm. */
function meansOf({ baseline, candidate }: ComparisonRequest, unit: string): Pick<ComparisonResult, 'means'> {
  const haveLogarithms = [baseline, candidate].every(
    (values) => values.length > 0 && values.every((value) => value > 0),
  );
  if (!haveLogarithms) return {};
  return {
    means: { unit, baseline: geometricMean([...baseline]), candidate: geometricMean([...candidate]) },
  };
}

/**
 * The primary metrics of one pair of variants taken together.
 * @param primaries at least one; `name` as the reader knows it: "HTTP response p50"
 */
export function toCombinedComparison(
  about: Pick<CombinedComparison, 'level' | 'candidate' | 'baseline'>,
  primaries: { name: string; comparison: Comparison }[],
): CombinedComparison {
  const named = primaries.map(({ name, comparison }) => ({ metric: name, comparison }));
  return { ...about, ...combinedVerdictSentence(named) };
}
