import { expect, it } from 'vitest';
import type { LatencySummary, Metrics } from '../../reports/record/result.ts';
import { holdsAnswer as answerOf } from './holds-answer.ts';

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

const auditFailed = 'the shop lost, doubled or misreported orders';
const slice = {
  auditFailed,
  placesOrders: true,
  hour: 20,
  ways: 'through Kafka',
  durationSeconds: 120,
  outcomeDeadlineMs: 10_000,
};
const orders = (value: number) => ({ unit: 'orders', value });

it('answers in orders and their basis, in orders an hour and in what a shopper felt', () => {
  expect(answerOf({ ...slice, verdict: 'PASS', metrics })).toBe(
    'Yes, the shop held: 210 orders were confirmed in 2 min through Kafka, at this rate ≈ 6,300 an hour between 20:00 and 21:00; half of the shoppers knew within 0.02 s, 95 % within 0.07 s.',
  );
});

it('names what could not be bought, and the requests that failed', () => {
  const lossy: Metrics = {
    ...metrics,
    'orders.attempted': orders(217),
    'orders.rejected': orders(5),
    'orders.failed': orders(1),
    'orders.unanswered': orders(1),
    'http.failedRatio': { unit: 'ratio', value: 0.0548 },
  };
  expect(answerOf({ ...slice, verdict: 'FAIL', metrics: lossy })).toMatch(
    /within 0\.07 s\. Of the 217 orders placed in it 5 were rejected \(sold out or payment declined\), 1 was refused with an error and 1 was without an outcome within 10 s\. 5\.48 % of all requests failed\.$/,
  );
  const told = { ...lossy, 'orders.soldOut': orders(3), 'orders.declined': orders(1) };
  expect(answerOf({ ...slice, verdict: 'FAIL', metrics: told })).toContain(
    'Of the 217 orders placed in it 3 were sold out, 1 was declined at the payment, 1 was rejected for another reason, 1 was refused with an error and 1 was without an outcome within 10 s.',
  );
});

it('never gives the deadline as what 95 % waited', () => {
  const waited = metrics['order.confirmed'] as LatencySummary;
  const of = (own: Partial<LatencySummary>): Metrics => ({
    ...metrics,
    'order.confirmed': { ...waited, ...own },
  });
  const cutOff = of({ count: 24, censoredCount: 2, p95: 10_002, p99: 10_002, max: 10_002 });
  expect(answerOf({ ...slice, verdict: 'FAIL', metrics: cutOff })).toContain(
    'half of the shoppers knew within 0.02 s, fewer than 95 % within 10 s.',
  );
  const few = of({ count: 12, censoredCount: 1, p95: 10_002, p99: 10_002, max: 10_002 });
  const answer = answerOf({ ...slice, verdict: 'UNDECIDED', metrics: few });
  expect(answer).toContain('Not known, for too little was measured: 210 orders');
  expect(answer).toContain('within 0.02 s; 12 orders are too few to speak of 95 % (20 needed).');
  expect(answer).not.toContain('10 s');
});

it('says how many people signed up where some were to', () => {
  const waited = metrics['order.confirmed'] as LatencySummary;
  const growing: Metrics = {
    ...metrics,
    'signUp.confirmed': { ...waited, p50: 310 },
    'signUps.planned': { unit: 'people', value: 15 },
    'signUps.confirmed': { unit: 'people', value: 14 },
  };
  expect(answerOf({ ...slice, verdict: 'PASS', metrics: growing })).toMatch(
    /within 0\.07 s\. 14 of 15 newcomers signed up, half of them within 0\.31 s\.$/,
  );
});

it('claims nothing for a run that was invalid, failed its audit or saw no order', () => {
  expect(answerOf({ ...slice, verdict: 'INVALID', metrics })).toContain('No answer');
  expect(answerOf({ ...slice, verdict: 'AUDIT_FAILED', metrics })).toContain('lost, doubled');
  expect(answerOf({ ...slice, verdict: 'PASS', metrics: {} })).toContain('No order was placed');
});

it('says after a fault that nothing was lost, and how long the shop took', () => {
  const asked = { ...slice, verdict: 'PASS' as const, fault: 'API killed' };
  const recovered = { ...metrics, 'fault.recoverySeconds': { unit: 's', value: 4 } };
  expect(answerOf({ ...asked, metrics: recovered })).toContain(
    'Nothing was lost (API killed), and the shop was itself again after 4 s: 210 orders were confirmed',
  );
  expect(answerOf({ ...asked, verdict: 'FAIL', metrics })).toContain('had not recovered when the run ended');
  const notRecoveredBecause = 'only 2 orders were placed';
  expect(answerOf({ ...asked, verdict: 'FAIL', metrics, notRecoveredBecause })).toContain(
    'had not recovered when the run ended (API killed: only 2 orders were placed)',
  );
});
