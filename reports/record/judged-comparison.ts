// One variant held against another, as `result.json` has it; comparison-result.ts makes it.
import Type, { type Static } from 'typebox';

export const COMPARISON_VERDICTS = [
  'FASTER',
  'SLOWER',
  'HIGHER',
  'LOWER',
  'FEWER',
  'LESS',
  'MORE',
  'EQUIVALENT',
  'INCONCLUSIVE',
  'REFUSED',
] as const;

const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);
const CountOrNull = Type.Union([Type.Integer(), Type.Null()]);

/**
 * One metric of one variant against another's. What is not known of a refused comparison is null. It is made by
 * `toComparisonResult` in comparison-result.ts.
 */
export const ComparisonResult = Type.Object({
  metric: Type.String(),
  statistic: Type.String({
    description: 'p50, mean, …; "value" for a plain value such as orders per second',
  }),
  role: Type.Union([Type.Literal('primary'), Type.Literal('exploratory')]),
  level: Type.Union([Type.String(), Type.Null()]),
  baseline: Type.String(),
  candidate: Type.String(),
  tells: Type.Optional(Type.String({ description: 'what the pair tells: "the broker itself"' })),
  outcome: Type.Union([Type.Literal('judged'), Type.Literal('refused')]),
  kind: Type.Union([Type.Literal('paired'), Type.Literal('separate')], {
    description: 'paired: side by side in the same blocks; separate: cells of separate runs',
  }),
  n: Type.Integer({ description: 'pairs; for separate runs the cells of the side that has fewer' }),
  baselineCount: Type.Integer({ description: 'cells of the baseline' }),
  candidateCount: Type.Integer({ description: 'cells of the candidate' }),
  ratio: Type.Union([Type.Number(), Type.Null()], { description: 'candidate / baseline' }),
  means: Type.Optional(
    Type.Object(
      { unit: Type.String(), baseline: Type.Number(), candidate: Type.Number() },
      { description: 'geometric means of the values of the cells; their ratio is the effect' },
    ),
  ),
  low: NumberOrNull,
  high: NumberOrNull,
  confidence: Type.Number({ description: 'of the two-sided interval from low to high: 0.95' }),
  marginRatio: Type.Number({ description: 'changes smaller than this do not matter: 0.03 is ±3 %' }),
  verdict: Type.Enum(COMPARISON_VERDICTS),
  judgement: Type.Union(
    [
      Type.Literal('better'),
      Type.Literal('worse'),
      Type.Literal('same'),
      Type.Literal('unsettled'),
      Type.Literal('refused'),
    ],
    { description: 'what the verdict means for the shop' },
  ),
  slowerPairCount: CountOrNull,
  fasterPairCount: CountOrNull,
  pairRatios: Type.Optional(
    Type.Array(Type.Number(), {
      description: 'candidate / baseline of every pair, in the order of the blocks',
    }),
  ),
  footnote: Type.Union([Type.String(), Type.Null()], { description: 'why a verdict is refused' }),
  sentence: Type.String({ description: 'effect, interval, support and margin in words' }),
  declared: Type.Boolean({ description: 'true: when worse, the run fails' }),
});
export type ComparisonResult = Static<typeof ComparisonResult>;

/** Several primary metrics of a pair of variants taken together: TRADE-OFF, where they disagree. */
export const CombinedComparison = Type.Object({
  level: Type.Union([Type.String(), Type.Null()]),
  candidate: Type.String(),
  baseline: Type.String(),
  verdict: Type.Enum([...COMPARISON_VERDICTS, 'TRADE-OFF'] as const),
  sentence: Type.String(),
});
export type CombinedComparison = Static<typeof CombinedComparison>;
