// A limit of the scenario held against what was measured.
import Type, { type Static } from 'typebox';

export const ThresholdResult = Type.Object({
  name: Type.String(),
  variant: Type.String(),
  metric: Type.String(),
  statistic: Type.String(),
  unit: Type.String(),
  atMost: Type.Optional(Type.Number()),
  atLeast: Type.Optional(Type.Number()),
  /** Null when nothing was measured, or from too few samples to speak of the statistic; neither is ever ok. */
  value: Type.Union([Type.Number(), Type.Null()]),
  /** Kept, and nothing else. */
  ok: Type.Boolean(),
  /** Results of older versions have only `ok`. */
  outcome: Type.Optional(
    Type.Enum(['kept', 'missed', 'undecided'] as const, {
      description:
        'undecided: not measured, from too few samples, or only known to be at least a value below the limit',
    }),
  ),
  isAtLeast: Type.Optional(
    Type.Boolean({ description: 'true: samples were cut off, and the value is a lower bound' }),
  ),
  tooFew: Type.Optional(
    Type.Object(
      {
        count: Type.Integer({ description: 'samples there are' }),
        neededCount: Type.Integer({ description: 'samples from which on the statistic is spoken of' }),
        beyondCount: Type.Optional(
          Type.Integer({ description: 'at least so many of them lie beyond the limit, which decided it' }),
        ),
      },
      { description: 'the statistic would rest on too few samples' },
    ),
  ),
  /** Second of the measured span in which the limit was first crossed for good measure; null when unknown or never. */
  firstCrossedAtSecond: Type.Union([Type.Number(), Type.Null()]),
});
export type ThresholdResult = Static<typeof ThresholdResult>;

export type ThresholdOutcome = NonNullable<ThresholdResult['outcome']>;

/** What became of a limit, in results of any version. */
export function outcomeOf({ outcome, ok }: Pick<ThresholdResult, 'outcome' | 'ok'>): ThresholdOutcome {
  return outcome ?? (ok ? 'kept' : 'missed');
}
