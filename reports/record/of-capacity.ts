// What a comparison whose levels are multiples of a capacity rests on, and what it has beside its pairs: the unmeasured runs
// before it, the curve over the offered rate, and what each variant lost when a fault struck.
import Type, { type Static } from 'typebox';
import { CapacityProbe } from './capacity-result.ts';

const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);

export const OfCapacity = Type.Object({
  variant: Type.String({ description: 'whose capacity it is' }),
  arrivals: Type.String({ description: 'what comes so often: orders, sessions' }),
  perSecond: Type.Union([Type.Number(), Type.Null()], {
    description: 'the rate that levels are multiples of; null: none was confirmed',
  }),
  origin: Type.Enum(['searched', 'given'] as const),
  isAtLeast: Type.Boolean({ description: 'above it the generator was the limit' }),
  reason: Type.String(),
  probes: Type.Array(CapacityProbe, { description: 'empty where the rate was given' }),
});
export type OfCapacity = Static<typeof OfCapacity>;

const Quantile = Type.Union([Type.Object({ ms: Type.Number(), isAtLeast: Type.Boolean() }), Type.Null()], {
  description: 'isAtLeast: cut off at the deadline; null: too few samples',
});

/** What a variant made of a level, over all its single runs. */
export const LevelFigures = Type.Object({
  variant: Type.String(),
  level: Type.String(),
  ratio: Type.Union([Type.Number(), Type.Null()], {
    description: 'offered outside of a burst, over the capacity; null: a rate of its own',
  }),
  hasBurst: Type.Boolean(),
  offeredPerSecond: Type.Number({ description: 'as planned; of a burst its highest' }),
  completedPerSecond: Type.Number({ description: 'confirmed or rejected in the measured span' }),
  keptUpRatio: Type.Number({ description: 'completed in the span, of what was planned for it' }),
  refusedPerSecond: Type.Number({ description: 'answered 503' }),
  noPersonPerSecond: Type.Number({ description: 'not sent, for nobody of the crowd was free' }),
  p50: Quantile,
  p95: Quantile,
  accepted: Type.Object({
    means: Type.Enum(['taken in', 'placed'] as const, {
      description: 'taken in: 202, behind the broker; placed: 201, stored',
    }),
    p50: Quantile,
  }),
  mostOpenCount: NumberOrNull,
  mostBehindBrokerCount: NumberOrNull,
  drainedAfterSeconds: Type.Union([Type.Number(), Type.Null()], {
    description: 'median of the runs; null: not seen in one of them',
  }),
  waits: Type.Array(Type.Object({ stage: Type.String(), meanMs: Type.Number() }), {
    description: 'where the orders that were heard of waited, in the order of their way',
  }),
  cpuPerOrderMs: NumberOrNull,
  databaseCpuPerOrderMs: NumberOrNull,
  runCount: Type.Integer(),
});
export type LevelFigures = Static<typeof LevelFigures>;

/** How the waits of two variants compare over the offered rate. */
export const CrossingResult = Type.Object({
  baseline: Type.String(),
  candidate: Type.String(),
  outcome: Type.Enum(
    ['crosses', 'crosses-back', 'always-slower', 'always-faster', 'alike', 'unclear'] as const,
    {
      description:
        'crosses: the candidate is slower at first and faster from some rate on; crosses-back: the other way round; unclear: neither',
    },
  ),
  slowerUpTo: NumberOrNull,
  costMs: Type.Union([Type.Number(), Type.Null()], {
    description:
      'by how much p50 of the candidate is above the baseline, median of the rates up to slowerUpTo',
  }),
  fasterFrom: NumberOrNull,
  baselineHoldsTo: NumberOrNull,
  candidateHoldsTo: NumberOrNull,
  mostOffered: Type.Number(),
  sentence: Type.String(),
});
export type CrossingResult = Static<typeof CrossingResult>;

/** What became of the orders of one single run in which a fault struck. */
export const StrikeResult = Type.Object({
  variant: Type.String(),
  level: Type.Union([Type.String(), Type.Null()], { description: 'null where there is but one' }),
  label: Type.String({ description: 'what was done: API killed' }),
  second: Type.Number(),
  attemptedCount: Type.Integer(),
  acceptedCount: Type.Integer({ description: 'answered 2xx' }),
  acceptedOpenCount: Type.Integer({
    description: 'of those, without an outcome that their shoppers heard or found by the end of the run',
  }),
  refusedCount: Type.Integer({ description: 'surely not placed' }),
  inHandCount: Type.Integer({ description: 'attempted before the fault and never answered' }),
  inHandPlacedCount: Type.Integer({ description: 'of those, confirmed or rejected all the same' }),
  afterwardsCount: Type.Integer({ description: 'attempted after the fault and never answered' }),
  auditOk: Type.Boolean({ description: 'every accepted order was resolved once, and every other rule held' }),
});
export type StrikeResult = Static<typeof StrikeResult>;

/** Rounds of single runs before the first block that nobody measures. */
export const WarmUpResult = Type.Object({
  mostRounds: Type.Integer(),
  isSteady: Type.Boolean({ description: 'the last two rounds of every variant were alike' }),
  steadyRatio: Type.Number(),
  variants: Type.Array(
    Type.Object({ variant: Type.String(), p50Ms: Type.Array(NumberOrNull, { description: 'by round' }) }),
  ),
});
export type WarmUpResult = Static<typeof WarmUpResult>;
