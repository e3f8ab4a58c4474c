// `result.json`: what a run found, versioned, readable by machines and enough to remake every sentence of the page.
import Type, { type Static } from 'typebox';
import { CapacityResult } from './capacity-result.ts';
import { ThresholdResult } from './threshold-result.ts';

export type { CapacityProbe, CapacityResult } from './capacity-result.ts';
export { ThresholdResult } from './threshold-result.ts';

export const RESULT_SCHEMA_VERSION = 1;

/** Quantiles of a latency metric in milliseconds; censored samples count at their deadline. */
export const LatencySummary = Type.Object({
  unit: Type.Literal('ms'),
  count: Type.Integer(),
  /** Samples that were cut off at their deadline or at the end of the run; they stand in the quantiles as "at least so long". */
  censoredCount: Type.Integer(),
  /** The shortest of their waits: no sample was cut off before it; absent where it is not known. */
  censoredFromMs: Type.Optional(Type.Number()),
  mean: Type.Number(),
  p50: Type.Number(),
  p90: Type.Number(),
  p95: Type.Number(),
  p99: Type.Number(),
  max: Type.Number(),
});
export type LatencySummary = Static<typeof LatencySummary>;

export const ValueSummary = Type.Object({ unit: Type.String(), value: Type.Number() });
export type ValueSummary = Static<typeof ValueSummary>;

/** Keyed by metric name: `http.response`, `http.response/GET /products`, `order.confirmed`, `orders.perHour`, … */
export const Metrics = Type.Record(Type.String(), Type.Union([LatencySummary, ValueSummary]));
export type Metrics = Static<typeof Metrics>;

export const AuditFinding = Type.Object({
  rule: Type.String(),
  /** The rule in one sentence, in the reader's words. */
  claim: Type.String(),
  ok: Type.Boolean(),
  checkedCount: Type.Integer(),
  violationCount: Type.Integer(),
  /** At most 20, each one readable by itself. */
  violations: Type.Array(Type.String()),
});
export type AuditFinding = Static<typeof AuditFinding>;

/** Both sides of Little's law over the measured span: N = X·(R + Z) + C, sessions = steps a second × (answer + thinking) + cut. */
export const LittlesLaw = Type.Object({
  meanOpenCount: Type.Number({ description: 'N: time-average of the sessions open in the measured span' }),
  stepsPerSecond: Type.Number({ description: 'X: steps that ended in the span, a second' }),
  meanResponseMs: Type.Number({ description: 'R: the shop’s part of a step' }),
  meanThinkMs: Type.Number({ description: 'Z: the shopper’s part of a step' }),
  cutCount: Type.Optional(
    Type.Number({
      description:
        'C: sessions whose step the end of the span cut, less those whose step its beginning cut; positive while a shop fills; absent in old results',
    }),
  ),
  residualRatio: Type.Number({ description: '(X·(R + Z) + C − N) / N' }),
  limitRatio: Type.Number({ description: '0.02' }),
  holds: Type.Boolean({ description: 'the residual is within ± limitRatio' }),
});
export type LittlesLaw = Static<typeof LittlesLaw>;

export const GeneratorHealth = Type.Object({
  ok: Type.Boolean(),
  /** Why the generator is not ok, in sentences; empty when it is. */
  reasons: Type.Array(Type.String()),
  plannedCount: Type.Integer(),
  startedCount: Type.Integer(),
  droppedCount: Type.Integer(),
  /** Planned starts for which the shop left no free person: the shop's failure, not the generator's. */
  noFreePersonCount: Type.Integer(),
  unknownCount: Type.Integer(),
  latenessP50Ms: Type.Number(),
  latenessP99Ms: Type.Number(),
  latenessMaxMs: Type.Number(),
  eventLoopLagP99Ms: Type.Number(),
  /** CPU of the generator as a share of one core. */
  cpuRatio: Type.Number(),
  /** Largest share of the machine's CPU time that the hypervisor took away in a second. */
  stealMaxRatio: Type.Number(),
  /** A cross-check of the counting, never a reason for INVALID by itself; null when no session was open, absent before it was recorded. */
  littlesLaw: Type.Optional(Type.Union([LittlesLaw, Type.Null()])),
});
export type GeneratorHealth = Static<typeof GeneratorHealth>;

export const COMPARISON_VERDICTS = [
  'FASTER',
  'SLOWER',
  'HIGHER',
  'LOWER',
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

/** Something that was done to the shop or happened to it, at a second of the measured span: "broker killed". */
export const RunEvent = Type.Object({ second: Type.Number(), label: Type.String() });
export type RunEvent = Static<typeof RunEvent>;

/** Failed requests of the measured span by kind: `GET /products/:id 503`, `timeout POST /orders`, … */
export const Failures = Type.Record(Type.String(), Type.Integer());
export type Failures = Static<typeof Failures>;

export const CellResult = Type.Object({
  variant: Type.String(),
  level: Type.Union([Type.String(), Type.Null()]),
  block: Type.Integer(),
  /** Place within its block, from 0. */
  order: Type.Integer(),
  seed: Type.Integer(),
  metrics: Metrics,
  audit: Type.Array(AuditFinding),
  generator: GeneratorHealth,
  failures: Type.Optional(Failures),
  events: Type.Optional(Type.Array(RunEvent)),
  /** Its block was run a second time, all variants of it, because the generator spoilt the first attempt so. */
  repeatedBecause: Type.Optional(Type.Array(Type.String())),
});
export type CellResult = Static<typeof CellResult>;

export const Verdict = Type.Union([
  Type.Literal('PASS'),
  Type.Literal('FAIL'),
  Type.Literal('AUDIT_FAILED'),
  Type.Literal('INVALID'),
  /** Nothing was missed, and not everything could be decided. */
  Type.Literal('UNDECIDED'),
]);
export type Verdict = Static<typeof Verdict>;

export const RunResult = Type.Object({
  schemaVersion: Type.Literal(RESULT_SCHEMA_VERSION),
  scenario: Type.String(),
  question: Type.String(),
  /** One sentence in shop language. */
  answer: Type.String(),
  seed: Type.Integer(),
  startedAt: Type.String(),
  finishedAt: Type.String(),
  commit: Type.Union([Type.String(), Type.Null()]),
  verdict: Verdict,
  exitCode: Type.Integer({ minimum: 0, maximum: 2 }),
  /** Keyed by VARIANT or VARIANT@LEVEL; metrics merged over blocks. */
  variants: Type.Record(
    Type.String(),
    Type.Object({
      metrics: Metrics,
      audit: Type.Array(AuditFinding),
      generator: GeneratorHealth,
      failures: Type.Optional(Failures),
      events: Type.Optional(Type.Array(RunEvent)),
    }),
  ),
  cells: Type.Array(CellResult),
  comparisons: Type.Array(ComparisonResult),
  comparisonVerdicts: Type.Optional(Type.Array(CombinedComparison)),
  thresholds: Type.Array(ThresholdResult),
  /** Of a scenario that searches for the highest rate. */
  capacity: Type.Optional(Type.Array(CapacityResult)),
});
export type RunResult = Static<typeof RunResult>;
