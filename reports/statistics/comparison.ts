// What every comparison of two variants takes and gives, paired or not. The ratio is always candidate / baseline.
import type { ChangeWords, ComparisonVerdict, Judgement } from './interval-verdict.ts';

export interface ComparisonRequest {
  /** One value per cell (a median, a mean, a throughput), each above 0. */
  baseline: readonly number[];
  candidate: readonly number[];
  /** Changes smaller than this do not matter: 0.03 is ±3 %. From 0 to below 1. */
  marginRatio: number;
  /** Of the two-sided interval; 0.95 unless told. */
  confidence?: number;
  /** True for a throughput; false, the default, for a time. */
  higherIsBetter?: boolean;
  /** What a change is called; as `judgeInterval` has it unless told. */
  words?: ChangeWords;
}

interface Judged {
  outcome: 'judged';
  /** Ratio of the geometric means, with its interval. */
  ratio: number;
  low: number;
  high: number;
  confidence: number;
  marginRatio: number;
  verdict: ComparisonVerdict;
  judgement: Judgement;
}

export interface PairedJudgement extends Judged {
  kind: 'paired';
  /** Pairs, which are blocks. */
  n: number;
  /** ln(candidate / baseline) of every pair, in the order of the blocks. */
  logRatios: number[];
  /** Sample SD of the log-ratios: the noise that `power.ts` plans with. */
  logRatioSd: number;
  /** Pairs in which the candidate took longer or, where higher is better, did less. Ties count on neither side. */
  slowerPairCount: number;
  fasterPairCount: number;
}

export interface SeparateJudgement extends Judged {
  kind: 'separate';
  baselineCount: number;
  candidateCount: number;
  degreesOfFreedom: number;
}

/** No verdict. The ratio is shown where there is one; the footnote says what is needed and what was found. */
export interface RefusedComparison {
  outcome: 'refused';
  ratio: number | null;
  marginRatio: number;
  footnote: string;
}

export type Comparison = PairedJudgement | SeparateJudgement | RefusedComparison;

/** Throws on a request that no data could mend. */
export function checkRequest({ marginRatio, confidence = 0.95 }: ComparisonRequest): void {
  if (!(marginRatio >= 0 && marginRatio < 1)) {
    throw new RangeError(`marginRatio is ${marginRatio}; need 0 ≤ marginRatio < 1`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence is ${confidence}; need 0 < confidence < 1`);
  }
}

/** A ratio needs finite values above 0; the footnote for the first one that is not, or null. */
export function unusableValue(side: 'baseline' | 'candidate', values: readonly number[]): string | null {
  const index = values.findIndex((value) => !(value > 0 && Number.isFinite(value)));
  return index < 0 ? null : `need values above 0; ${side} value ${index + 1} is ${values[index]}`;
}
