// What a search for the highest sustained rate found, for one variant and number of API processes, with every probe
// that it rests on.
import Type, { type Static } from 'typebox';
import { ThresholdResult } from './threshold-result.ts';

const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);

/** One single run at a rate. */
export const CapacityProbe = Type.Object({
  variant: Type.String({ description: 'the variant of its cell' }),
  kind: Type.Enum(['bracket', 'confirm'] as const, {
    description: 'bracket: short, closing in; confirm: long, the evidence',
  }),
  perSecond: Type.Number({ description: 'planned arrivals a second' }),
  durationSeconds: Type.Number(),
  verdict: Type.Enum(['kept', 'broken', 'invalid'] as const, {
    description: 'invalid: the generator’s own fault, nothing against the shop',
  }),
  limits: Type.Array(ThresholdResult, { description: 'empty when the probe could not be planned' }),
  reasons: Type.Array(Type.String(), { description: 'why it is invalid' }),
});
export type CapacityProbe = Static<typeof CapacityProbe>;

export const CapacityResult = Type.Object({
  /** Called so since ways of an order were all that was searched. */
  transport: Type.String({ description: 'the variant that was searched, by its name in the scenario' }),
  apiProcesses: Type.Integer({ description: '0 where nobody sees how many there are' }),
  connectionsPerApi: Type.Optional(
    Type.Integer({ description: 'to the database, of each API process; absent where nobody can know' }),
  ),
  arrivals: Type.String({ description: 'what comes so often: orders, sessions' }),
  outcome: Type.Enum(['found', 'at-least', 'none', 'skipped'] as const, {
    description:
      'found: confirmed, and it fails right above; at-least: confirmed, above it the generator was the limit; none: no rate was confirmed; skipped: too few cores',
  }),
  sustainedPerSecond: NumberOrNull,
  firstFailedPerSecond: NumberOrNull,
  isClosed: Type.Boolean({ description: 'both rates were seen in long probes and lie within the tolerance' }),
  toleranceRatio: Type.Number(),
  reason: Type.String(),
  variant: Type.Union([Type.String(), Type.Null()], {
    description: 'key in variants of the probe that stands for it',
  }),
  probes: Type.Array(CapacityProbe),
});
export type CapacityResult = Static<typeof CapacityResult>;
