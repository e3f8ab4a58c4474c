// Compares cells of separate runs (`compare`, `--baseline`), which share no blocks: Welch's t on the logs of the
// values, which does not assume that both sides are equally noisy. It cannot see what differed between the runs
// besides the variant, so it asks for more cells than a paired comparison does.
import { mean, sampleVariance } from 'simple-statistics';
import {
  type ComparisonRequest,
  checkRequest,
  type RefusedComparison,
  type SeparateJudgement,
  unusableValue,
} from './comparison.ts';
import { judgeInterval } from './interval-verdict.ts';
import { studentQuantile } from './student-t.ts';

export const FEWEST_CELLS_PER_SIDE = 5;

/** Square of the standard error of a side's mean, with the degrees of freedom behind it. */
function meanVariance(logs: number[]): { variance: number; degreesOfFreedom: number } {
  return { variance: sampleVariance(logs) / logs.length, degreesOfFreedom: logs.length - 1 };
}

/** Welch–Satterthwaite: (a + b)² / (a²/dfA + b²/dfB). Two sides without any spread count as pooled. */
function welchSatterthwaite(a: ReturnType<typeof meanVariance>, b: ReturnType<typeof meanVariance>): number {
  const total = a.variance + b.variance;
  if (total === 0) return a.degreesOfFreedom + b.degreesOfFreedom;
  const aShare = a.variance / total;
  const bShare = b.variance / total;
  return 1 / (aShare ** 2 / a.degreesOfFreedom + bShare ** 2 / b.degreesOfFreedom);
}

/** Fewer than five cells on a side: the difference is shown and the verdict refused. */
export function compareSeparateRuns(request: ComparisonRequest): SeparateJudgement | RefusedComparison {
  checkRequest(request);
  const { baseline, candidate, marginRatio, confidence = 0.95, higherIsBetter = false, words } = request;
  const unusable = unusableValue('baseline', baseline) ?? unusableValue('candidate', candidate);
  if (unusable !== null) return { outcome: 'refused', ratio: null, marginRatio, footnote: unusable };

  const baselineLogs = baseline.map(Math.log);
  const candidateLogs = candidate.map(Math.log);
  const smaller = Math.min(baseline.length, candidate.length);
  const difference = smaller === 0 ? null : mean(candidateLogs) - mean(baselineLogs);
  if (difference === null || smaller < FEWEST_CELLS_PER_SIDE) {
    return {
      outcome: 'refused',
      ratio: difference === null ? null : Math.exp(difference),
      marginRatio,
      footnote: `need ≥ ${FEWEST_CELLS_PER_SIDE} cells on each side, have ${baseline.length} and ${candidate.length}`,
    };
  }
  const baselineMean = meanVariance(baselineLogs);
  const candidateMean = meanVariance(candidateLogs);
  const degreesOfFreedom = welchSatterthwaite(baselineMean, candidateMean);
  const standardError = Math.sqrt(baselineMean.variance + candidateMean.variance);
  const reach = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  const low = Math.exp(difference - reach);
  const high = Math.exp(difference + reach);
  return {
    outcome: 'judged',
    kind: 'separate',
    baselineCount: baseline.length,
    candidateCount: candidate.length,
    degreesOfFreedom,
    ratio: Math.exp(difference),
    low,
    high,
    confidence,
    marginRatio,
    ...judgeInterval({ low, high, marginRatio, higherIsBetter, words }),
  };
}
