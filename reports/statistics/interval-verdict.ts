// The word for an interval of a ratio against a margin: the whole interval beyond it, inside it, or anything else.

/** What a change is called: of a wait, a number of things, an amount of something, or a height such as a rate. */
export type ChangeWords =
  | { fallen: 'FASTER'; risen: 'SLOWER' }
  | { fallen: 'FEWER'; risen: 'MORE' }
  | { fallen: 'LESS'; risen: 'MORE' }
  | { fallen: 'LOWER'; risen: 'HIGHER' };

export type ComparisonVerdict = ChangeWords['fallen' | 'risen'] | 'EQUIVALENT' | 'INCONCLUSIVE';

/** What the word means for the shop: red is for `worse` and for nothing else. */
export type Judgement = 'better' | 'worse' | 'same' | 'unsettled';

/** Ratios candidate / baseline; `marginRatio` 0.03 is ±3 %: the bounds are 0.97 and 1.03, just as they are printed. */
export interface IntervalAgainstMargin {
  low: number;
  high: number;
  marginRatio: number;
  higherIsBetter: boolean;
  /** Those of a height where higher is better, of a wait where it is not, unless told. */
  words?: ChangeWords | undefined;
}

/** An interval that touches the margin is neither beyond it nor inside it. */
export function judgeInterval({ low, high, marginRatio, higherIsBetter, ...given }: IntervalAgainstMargin): {
  verdict: ComparisonVerdict;
  judgement: Judgement;
} {
  const words: ChangeWords =
    given.words ??
    (higherIsBetter ? { fallen: 'LOWER', risen: 'HIGHER' } : { fallen: 'FASTER', risen: 'SLOWER' });
  if (low > 1 + marginRatio) return { verdict: words.risen, judgement: higherIsBetter ? 'better' : 'worse' };
  if (high < 1 - marginRatio)
    return { verdict: words.fallen, judgement: higherIsBetter ? 'worse' : 'better' };
  if (low > 1 - marginRatio && high < 1 + marginRatio) return { verdict: 'EQUIVALENT', judgement: 'same' };
  return { verdict: 'INCONCLUSIVE', judgement: 'unsettled' };
}
