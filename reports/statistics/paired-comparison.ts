// Compares two variants that ran side by side in the same blocks. The pair is the unit: what a block did to both
// variants alike cancels in the ratio, and what is left is judged by Student's t on the log-ratios.

import { mean, sampleStandardDeviation } from 'simple-statistics';
import { countOf } from '../format/format.ts';
import {
  type ComparisonRequest,
  checkRequest,
  type PairedJudgement,
  type RefusedComparison,
  unusableValue,
} from './comparison.ts';
import { judgeInterval } from './interval-verdict.ts';
import { studentQuantile } from './student-t.ts';

/** One pair has no spread, so no interval. */
const FEWEST_PAIRS = 2;

export interface PairedRequest extends ComparisonRequest {
  /** Raises the number of pairs below which the verdict is refused; never below 2. */
  minimumPairs?: number;
}

/** The footnote that refuses these pairs, or null. */
function refusal({ baseline, candidate, minimumPairs = FEWEST_PAIRS }: PairedRequest): string | null {
  const needed = Math.max(FEWEST_PAIRS, minimumPairs);
  const unusable = unusableValue('baseline', baseline) ?? unusableValue('candidate', candidate);
  return (
    unusable ??
    (baseline.length < needed ? `need ≥ ${countOf(needed, 'pair')}, have ${baseline.length}` : null)
  );
}

/**
 * Value i of both sides comes from block i. The interval is exp(mean ± t·sd/√n) of the log-ratios, t with n − 1
 * degrees of freedom; it keeps its coverage at 3 to 12 blocks, where a percentile bootstrap does not. Too few pairs
 * or a value that is not above 0 are refused; sides of different lengths throw.
 */
export function comparePairs(request: PairedRequest): PairedJudgement | RefusedComparison {
  checkRequest(request);
  const { baseline, candidate, marginRatio, confidence = 0.95, higherIsBetter = false, words } = request;
  const n = baseline.length;
  if (candidate.length !== n) {
    throw new RangeError(`pairs need both sides: ${n} baseline values, ${candidate.length} candidate values`);
  }
  const logRatios = candidate.map((value, block) => Math.log(value / (baseline[block] ?? Number.NaN)));
  const centre = n === 0 ? Number.NaN : mean(logRatios);
  const footnote = refusal(request);
  if (footnote !== null) {
    return {
      outcome: 'refused',
      ratio: Number.isFinite(centre) ? Math.exp(centre) : null,
      marginRatio,
      footnote,
    };
  }
  const logRatioSd = sampleStandardDeviation(logRatios);
  const reach = (studentQuantile((1 + confidence) / 2, n - 1) * logRatioSd) / Math.sqrt(n);
  const low = Math.exp(centre - reach);
  const high = Math.exp(centre + reach);
  const risenCount = logRatios.filter((delta) => delta > 0).length;
  const fallenCount = logRatios.filter((delta) => delta < 0).length;
  return {
    outcome: 'judged',
    kind: 'paired',
    n,
    ratio: Math.exp(centre),
    low,
    high,
    confidence,
    marginRatio,
    logRatios,
    logRatioSd,
    slowerPairCount: higherIsBetter ? fallenCount : risenCount,
    fasterPairCount: higherIsBetter ? risenCount : fallenCount,
    ...judgeInterval({ low, high, marginRatio, higherIsBetter, words }),
  };
}
