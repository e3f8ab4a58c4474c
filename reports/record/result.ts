// `result.json`: what a run found, versioned, readable by machines and enough to remake every sentence of the page.
import Type, { type Static } from 'typebox';
import { CacheStudy } from './cache-study.ts';
import { CapacityResult } from './capacity-result.ts';
import { GeneratorHealth } from './generator-health.ts';
import { CombinedComparison, ComparisonResult } from './judged-comparison.ts';
import { Metrics } from './metric-summary.ts';
import { CrossingResult, LevelFigures, OfCapacity, StrikeResult, WarmUpResult } from './of-capacity.ts';
import { PageResult } from './page-views.ts';
import { ThresholdResult } from './threshold-result.ts';

export type { CapacityProbe, CapacityResult } from './capacity-result.ts';
export { GeneratorHealth, LittlesLaw } from './generator-health.ts';
export { COMPARISON_VERDICTS, CombinedComparison, ComparisonResult } from './judged-comparison.ts';
export { LatencySummary, Metrics, ValueSummary } from './metric-summary.ts';
export { ThresholdResult } from './threshold-result.ts';

export const RESULT_SCHEMA_VERSION = 1;

export const AuditFinding = Type.Object({
  rule: Type.String(),
  /** The rule in one sentence, in the reader's words. */
  claim: Type.String(),
  ok: Type.Boolean(),
  checkedCount: Type.Integer(),
  violationCount: Type.Integer(),
  /** At most 20, each one readable by itself. */
  violations: Type.Array(Type.String()),
  /** Of a rush for the last pieces of one item: how many there were and what became of them. */
  lastUnits: Type.Optional(
    Type.Object({
      itemName: Type.String(),
      /** In stock when the run began. */
      pieceCount: Type.Integer(),
      /** Units in orders that stand. */
      soldCount: Type.Integer(),
      shopperCount: Type.Integer(),
      toldNoCount: Type.Integer(),
      /** Shoppers who do not know whether they bought it. */
      unheardCount: Type.Integer(),
    }),
  ),
});
export type AuditFinding = Static<typeof AuditFinding>;

/** Something that was done to the shop or happened to it, at a second of the measured span: "broker killed". */
export const RunEvent = Type.Object({ second: Type.Number(), label: Type.String() });
export type RunEvent = Static<typeof RunEvent>;

/** Failed requests of the measured span by kind: `GET /products/:id 503`, `timeout POST /orders`, … */
export const Failures = Type.Record(Type.String(), Type.Integer());
export type Failures = Static<typeof Failures>;

/** What a real browser saw beside the load, page by page; absent where none walked. */
const Pages = Type.Optional(Type.Array(PageResult));

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
  pages: Pages,
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
      pages: Pages,
    }),
  ),
  cells: Type.Array(CellResult),
  comparisons: Type.Array(ComparisonResult),
  comparisonVerdicts: Type.Optional(Type.Array(CombinedComparison)),
  thresholds: Type.Array(ThresholdResult),
  /** Of a scenario that searches for the highest rate. */
  capacity: Type.Optional(Type.Array(CapacityResult)),
  /** Of a comparison whose levels are multiples of a capacity. */
  ofCapacity: Type.Optional(OfCapacity),
  warmUp: Type.Optional(WarmUpResult),
  /** A row for each variant and level, those of the curve among them. */
  levels: Type.Optional(Type.Array(LevelFigures)),
  crossings: Type.Optional(Type.Array(CrossingResult)),
  strikes: Type.Optional(Type.Array(StrikeResult)),
  /** Of a scenario that replays reads through models of caches. */
  cacheStudy: Type.Optional(CacheStudy),
});
export type RunResult = Static<typeof RunResult>;
