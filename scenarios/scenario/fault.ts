// A fault of a run, as scenarios name it.
import Type from 'typebox';
import { Amount, FIXED } from './fields.ts';

/** A fault that the rehearsal does to its own target, at a share of the measured span. */
export const Fault = Type.Object(
  {
    /** One of those that the scenario's target offers. */
    name: Type.String(),
    atRatio: Amount(0, 0.99, 'share of the measured span at which it strikes'),
  },
  { additionalProperties: false, ...FIXED },
);
