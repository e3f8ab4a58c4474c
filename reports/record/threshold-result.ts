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
  /** Null when nothing was measured, which is never ok. */
  value: Type.Union([Type.Number(), Type.Null()]),
  ok: Type.Boolean(),
  /** Second of the measured span in which the limit was first crossed for good measure; null when unknown or never. */
  firstCrossedAtSecond: Type.Union([Type.Number(), Type.Null()]),
});
export type ThresholdResult = Static<typeof ThresholdResult>;
