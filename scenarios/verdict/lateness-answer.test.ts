import { expect, it } from 'vitest';
import type { Metrics } from '../../reports/record/result.ts';
import { sampleResult } from '../../reports/testing/sample-result.ts';
import { latenessText, sharesLaterText } from './lateness-answer.ts';

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
const { audit, generator } = Object.values(sampleResult('PASS').variants)[0]!;
const variant = (metrics: Metrics) => ({ metrics, audit, generator, failures: {} });

const sides = { baseline: 'periodic', candidate: 'incremental' };

it('says how many lists came later than 3 s on both sides, level by level, and what arithmetic says of cycles', () => {
  const variants = {
    'periodic@30 people': variant({
      'recommendation.lateRatio': ratio(0.3206),
      'recommendation.arithmeticLateRatio': ratio(0.2983),
    }),
    'incremental@30 people': variant({ 'recommendation.lateRatio': ratio(0) }),
    'periodic@300 people': variant({
      'recommendation.lateRatio': ratio(1),
      'recommendation.arithmeticLateRatio': ratio(0.794),
    }),
    'incremental@300 people': variant({ 'recommendation.lateRatio': ratio(0.0442) }),
  };
  expect(sharesLaterText(sides, ['30 people', '300 people'], variants)).toBe(
    '0 % of lists came later than 3 s at 30 people, against 32.1 % when everybody’s are worked out every 4 s (by arithmetic 25 % and the time of the work: 29.8 %) and 4.42 % at 300 people against 100 % (79.4 %)',
  );
});

it('has nothing to say of arithmetic where there are no cycles, and nothing at all where nobody waited for lists', () => {
  const late = variant({ 'recommendation.lateRatio': ratio(0.01) });
  expect(sharesLaterText(sides, [null], { periodic: late, incremental: late })).toBe(
    '1 % of lists came later than 3 s, against 1 % with periodic',
  );
  expect(sharesLaterText(sides, [null], { periodic: variant({}), incremental: late })).toBeNull();
});

it('tells of one run the share with what was waited', () => {
  expect(
    latenessText({
      'recommendation.shown': shown(2_010, 4_000),
      'recommendation.lateRatio': ratio(0.243),
      'recommendation.arithmeticLateRatio': ratio(0.2525),
    }),
  ).toBe(
    '24.3 % of 2,000 acts (by arithmetic 25.3 %); half of all lists came within 2.1 s, 99 of 100 within 4 s',
  );
  expect(latenessText({})).toBeNull();
});
