// The word for an interval of a ratio against a margin: the whole interval beyond it, inside it, or anything else.

/** A time (higher is worse) gets FASTER or SLOWER, a throughput (higher is better) HIGHER or LOWER. */
export type ComparisonVerdict = 'FASTER' | 'SLOWER' | 'HIGHER' | 'LOWER' | 'EQUIVALENT' | 'INCONCLUSIVE';

/** What the word means for the shop: red is for `worse` and for nothing else. */
export type Judgement = 'better' | 'worse' | 'same' | 'unsettled';

/** Ratios candidate / baseline; `marginRatio` 0.03 is ±3 %: the bounds are 0.97 and 1.03, just as they are printed. */
export interface IntervalAgainstMargin {
  low: number;
  high: number;
  marginRatio: number;
  higherIsBetter: boolean;
}

/** An interval that touches the margin is neither beyond it nor inside it. */
export function judgeInterval({ low, high, marginRatio, higherIsBetter }: IntervalAgainstMargin): {
  verdict: ComparisonVerdict;
  judgement: Judgement;
} {
  if (low > 1 + marginRatio) {
    return higherIsBetter
      ? { verdict: 'HIGHER', judgement: 'better' }
      : { verdict: 'SLOWER', judgement: 'worse' };
  }
  if (high < 1 - marginRatio) {
    return higherIsBetter
      ? { verdict: 'LOWER', judgement: 'worse' }
      : { verdict: 'FASTER', judgement: 'better' };
  }
  if (low > 1 - marginRatio && high < 1 + marginRatio) return { verdict: 'EQUIVALENT', judgement: 'same' };
  return { verdict: 'INCONCLUSIVE', judgement: 'unsettled' };
}
