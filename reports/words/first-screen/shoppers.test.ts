import { expect, test } from 'vitest';
import type { Metrics } from '../../record/result.ts';
import { shopFigures } from './shoppers.ts';

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
