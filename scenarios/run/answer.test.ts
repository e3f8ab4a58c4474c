import { expect, it } from 'vitest';
import type { LatencySummary, Metrics } from '../../reports/record/result.ts';
import { syntheticComparisons } from '../../reports/testing/synthetic-result.ts';
import { regression } from '../regression.ts';
import { answerOf, comparisonAnswer } from './answer.ts';

const metrics: Metrics = {
  'order.confirmed': {
    unit: 'ms',
    count: 210,
    censoredCount: 0,
    mean: 20,
    p50: 18.4,
    p90: 40,
    p95: 61,
    p99: 90,
    max: 1_500,
  },
  'orders.perHour': { unit: 'orders/h', value: 6_300.4 },
};

it('answers in orders an hour and in what a shopper felt', () => {
  expect(answerOf({ verdict: 'PASS', metrics, hour: 20, transport: 'kafka' })).toBe(
    'Yes, the shop held: at this rate 6,300 orders an hour are confirmed through Kafka between 20:00 and 21:00; half of the shoppers saw their order confirmed within 18 ms, 95 % within 61 ms.',
  );
});

it('says how many people signed up where some were to', () => {
  const waited = metrics['order.confirmed'] as LatencySummary;
  const growing: Metrics = {
    ...metrics,
    'signUp.confirmed': { ...waited, p50: 310 },
    'signUps.planned': { unit: 'people', value: 15 },
    'signUps.confirmed': { unit: 'people', value: 14 },
  };
  expect(answerOf({ verdict: 'PASS', metrics: growing, hour: 20, transport: 'kafka' })).toMatch(
    /within 61 ms\. 14 of 15 newcomers signed up, half of them within 310 ms\.$/,
  );
});

it('claims nothing for a run that was invalid, failed its audit or saw no order', () => {
  expect(answerOf({ verdict: 'INVALID', metrics, hour: 20, transport: 'kafka' })).toContain('No answer');
  expect(answerOf({ verdict: 'AUDIT_FAILED', metrics, hour: 20, transport: 'kafka' })).toContain(
    'lost, doubled',
  );
  expect(answerOf({ verdict: 'PASS', metrics: {}, hour: 20, transport: 'kafka' })).toContain(
    'No order was placed',
  );
});

it('says after a fault that nothing was lost, and how long the shop took', () => {
  const asked = { verdict: 'PASS' as const, hour: 20, transport: 'kafka', fault: 'API killed' };
  const recovered = { ...metrics, 'fault.recoverySeconds': { unit: 's', value: 4 } };
  expect(answerOf({ ...asked, metrics: recovered })).toContain(
    'Nothing was lost (API killed), and the shop was itself again after 4 s: at this rate',
  );
  expect(answerOf({ ...asked, verdict: 'FAIL', metrics })).toContain('had not recovered when the run ended');
});

it('answers a run that is held against a baseline, and says how to get one where there is none', () => {
  const { comparison } = regression;
  if (comparison === undefined) throw new Error('regression compares nothing');
  expect(comparisonAnswer('PASS', comparison, [])).toContain('`npm run baseline -- save NAME`');
  const [first] = syntheticComparisons('this-shop', 'this-shop', 6, null);
  if (first === undefined) throw new Error('no comparison was made');
  const separate = { ...first, role: 'primary' as const, kind: 'separate' as const };
  expect(comparisonAnswer('FAIL', comparison, [separate])).toContain(
    `of this-shop against the baseline: ${separate.verdict}, ${separate.sentence}`,
  );
});
