import { expect, test } from 'vitest';
import type { Metrics } from '../../record/result.ts';
import { ordersSentence, shopFigures } from './shoppers.ts';

const wait = {
  unit: 'ms',
  count: 532,
  censoredCount: 0,
  mean: 76,
  p50: 62.5,
  p90: 137,
  p95: 164.6,
  p99: 241,
  max: 2_126,
} as const;

const read = (metrics: Metrics) =>
  shopFigures(metrics, 120).map(({ label, value, note }) => [label, value, note]);
const orders = (value: number) => ({ unit: 'orders', value });

test('what was sold, who could not buy and why, and how long people waited', () => {
  const metrics = {
    'order.confirmed': wait,
    'orders.perHour': { unit: 'orders/h', value: 15_810 },
    'orders.attempted': orders(535),
    'orders.confirmed': orders(527),
    'orders.rejected': orders(5),
    'orders.failed': orders(2),
    'orders.unanswered': orders(1),
  };
  expect(read(metrics)).toEqual([
    ['Sold', '527 in 2 min', '≈ 15,810 an hour'],
    ['Could not buy', '8', 'sold out or declined 5, error 2, no answer 1'],
    ['Waited', 'half 0.06 s', '95 of 100 under 0.17 s, slowest 2.1 s'],
  ]);
});

test('what was rejected is told by its reasons where they were recorded', () => {
  const metrics = {
    'orders.attempted': orders(9),
    'orders.confirmed': orders(2),
    'orders.rejected': orders(6),
    'orders.soldOut': orders(2),
    'orders.declined': orders(1),
    'orders.failed': orders(1),
    'orders.unanswered': orders(0),
  };
  expect(read(metrics)[1]).toEqual([
    'Could not buy',
    '7',
    'sold out 2, payment declined 1, refused for another reason 3, error 1',
  ]);
  const answered = { ...metrics, 'orders.failed': orders(0), 'orders.declined': orders(0) };
  expect(ordersSentence(answered)).toBe(
    'every order was answered: 2 confirmed, 2 sold out, 4 refused for another reason',
  );
  expect(ordersSentence({ ...answered, 'orders.rejected': orders(2) })).toBe(
    'every order was answered: 2 confirmed, 2 sold out',
  );
});

test('a record that knows only the waits counts those that had an answer', () => {
  const cutOff = { ...wait, count: 40, censoredCount: 4, censoredFromMs: 10_000, p95: 10_003, max: 10_003 };
  expect(read({ 'order.confirmed': cutOff })).toEqual([
    ['Sold', '36 in 2 min', ''],
    ['Could not buy', '–', 'not recorded'],
    ['Waited', 'half 0.06 s', '95 of 100 over 10 s, slowest over 10 s'],
  ]);
});

test('where nobody was to order, requests stand for it', () => {
  const metrics = {
    'http.response': { ...wait, count: 4_000 },
    'http.failedRatio': { unit: 'ratio', value: 0.003 },
  };
  expect(read(metrics).slice(0, 2)).toEqual([
    ['Asked', '4,000 in 2 min', 'requests to the shop'],
    ['Failed', '12', 'requests, timeouts among them'],
  ]);
});

test('where nobody ordered nothing is missing, and of the last pieces nothing is said of an hour', () => {
  const [sold, couldNot] = read({ 'orders.perHour': { unit: 'orders/h', value: 0 } });
  expect(sold).toEqual(['Sold', '0 in 2 min', '≈ 0 an hour']);
  expect(couldNot).toEqual(['Could not buy', '0', 'nobody ordered']);
  const rush = { 'order.confirmed': wait, 'orders.perHour': { unit: 'orders/h', value: 1_800 } };
  expect(shopFigures(rush, 10, 5)[0]).toMatchObject({ label: 'Sold', note: 'of 5 pieces that all wanted' });
});

test('where people only act, lists stand for it, and the wait is the wait for them', () => {
  const metrics = {
    'http.response': { ...wait, count: 200, p50: 1_500 },
    'recommendation.shown': { ...wait, count: 1_180, censoredCount: 1, censoredFromMs: 10_000 },
    'recommendation.lateRatio': { unit: 'ratio', value: 0.0186 },
  };
  expect(read(metrics)).toEqual([
    ['Answered', '1,179 in 2 min', 'of 1,180 acts, by new lists'],
    ['Too late', '1.9 %', 'of the lists: after 3 s, or never'],
    ['Waited', 'half 0.06 s', expect.stringMatching(/^95 of 100 under 0\.17 s/)],
  ]);
  expect(ordersSentence(metrics)).toBe('lists came within 3 s for 98.1 % of 1,180 acts');
});
