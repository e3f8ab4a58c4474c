// How well the load generator kept to its plan, as `result.json` has it.
import Type, { type Static } from 'typebox';

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
  /** Generators that ended before they were done, over all single runs; absent where none did, and in old results. */
  lostCount: Type.Optional(Type.Integer()),
  /** A cross-check of the counting, never a reason for INVALID by itself; null when no session was open, absent before it was recorded. */
  littlesLaw: Type.Optional(Type.Union([LittlesLaw, Type.Null()])),
});
export type GeneratorHealth = Static<typeof GeneratorHealth>;
