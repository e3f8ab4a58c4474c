import { expect, test } from 'vitest';
import { judgeInterval } from './interval-verdict.ts';

test.each([
  ['beyond the margin above', 1.031, 1.12, 'SLOWER', 'worse', 'HIGHER', 'better'],
  ['beyond the margin below', 0.8, 0.969, 'FASTER', 'better', 'LOWER', 'worse'],
  ['inside the margin', 0.98, 1.02, 'EQUIVALENT', 'same', 'EQUIVALENT', 'same'],
  ['across the upper bound', 1.01, 1.05, 'INCONCLUSIVE', 'unsettled', 'INCONCLUSIVE', 'unsettled'],
  ['across both bounds', 0.9, 1.1, 'INCONCLUSIVE', 'unsettled', 'INCONCLUSIVE', 'unsettled'],
  ['touching the margin', 1.03, 1.05, 'INCONCLUSIVE', 'unsettled', 'INCONCLUSIVE', 'unsettled'],
])(
  'an interval %s is (%d to %d) is %s (%s) for a time and %s (%s) for a throughput',
  (_, low, high, ...words) => {
    const [timeVerdict, timeJudgement, rateVerdict, rateJudgement] = words;
    const interval = { low, high, marginRatio: 0.03 };
    expect(judgeInterval({ ...interval, higherIsBetter: false })).toEqual({
      verdict: timeVerdict,
      judgement: timeJudgement,
    });
    expect(judgeInterval({ ...interval, higherIsBetter: true })).toEqual({
      verdict: rateVerdict,
      judgement: rateJudgement,
    });
  },
);
