// A limit on a figure of a run, as scenarios name them.
import Type, { type Static } from 'typebox';
import { Amount, FIXED } from './fields.ts';

export const Threshold = Type.Object(
  {
    metric: Type.String({ description: 'metric name as in result.json' }),
    statistic: Type.Enum(['mean', 'p50', 'p90', 'p95', 'p99', 'max', 'value'], {
      description: 'which figure of the metric',
    }),
    atMost: Type.Optional(Amount(0, 1e12, 'largest value that passes, in the unit of the metric')),
    atLeast: Type.Optional(Amount(0, 1e12, 'smallest value that passes, in the unit of the metric')),
    /** Variants that it is held against; left out: every one. */
    of: Type.Optional(Type.Array(Type.String(), FIXED)),
  },
  { additionalProperties: false },
);
export type Threshold = Static<typeof Threshold>;
