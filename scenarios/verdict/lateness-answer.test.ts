import { expect, it } from 'vitest';
import type { Metrics } from '../../reports/record/result.ts';
import { latenessLines } from './lateness-answer.ts';

const shown = (p50: number, p99: number): Metrics[string] => ({
  unit: 'ms',
  count: 2_000,
  mean: p50,
  p50,
  p90: p99,
  p95: p99,
  p99,
  max: p99,
  censoredCount: 0,
});
const ratio = (value: number) => ({ unit: 'ratio', value });
const variant = (metrics: Metrics) => ({ metrics });

it('the measured share stands beside that of arithmetic, level by level', () => {
  const variants = {
    'periodic@30': variant({
      'recommendation.shown': shown(2_010, 4_000),
      'recommendation.lateRatio': ratio(0.243),
      'recommendation.arithmeticLateRatio': ratio(0.2525),
    }),
    'incremental@30': variant({
      'recommendation.shown': shown(20, 90),
      'recommendation.lateRatio': ratio(0),
    }),
  };
  expect(latenessLines(variants)).toEqual([
    'Later than 3 s with periodic: at 30 people 24.3 % of 2,000 acts (by arithmetic 25.3 %), p50 2,010 ms, p99 4,000 ms.',
    'Later than 3 s with incremental: at 30 people 0 % of 2,000 acts, p50 20 ms, p99 90 ms.',
  ]);
  expect(latenessLines({ kafka: variant({}) })).toEqual([]);
});
