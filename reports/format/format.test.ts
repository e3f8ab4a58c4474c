import { expect, test } from 'vitest';
import { metricLabel } from '../words/metric-names.ts';
import { maxText, quantileText } from '../words/quantile.ts';
import { distanceText } from '../words/threshold-words.ts';
import {
  formatBytes,
  formatClock,
  formatMs,
  formatPercent,
  formatQuantity,
  formatSeconds,
  formatSecondsUp,
  formatSpan,
} from './format.ts';

test('milliseconds keep about three digits and become seconds from ten on', () => {
  expect([0.4234, 4.21, 41.26, 412.4, 1234.5, 12_345].map(formatMs)).toEqual([
    '0.42 ms',
    '4.2 ms',
    '41.3 ms',
    '412 ms',
    '1,235 ms',
    '12.3 s',
  ]);
});

test('clock times, ratios, bytes and counts', () => {
  expect([190, -5, 3723, 0].map(formatClock)).toEqual(['03:10', '−00:05', '1:02:03', '00:00']);
  expect(formatPercent(0.602)).toBe('60.2 %');
  expect([formatBytes(350e6), formatBytes(1.94e9)]).toEqual(['350 MB', '1.9 GB']);
  expect(formatQuantity(12_000.4, 'orders/h')).toBe('12,000 orders/h');
  expect(formatQuantity(0.0042, 'ratio')).toBe('0.42 %');
});

test('metric names become words, unknown ones too', () => {
  expect(metricLabel('http.response/GET /cart')).toBe('HTTP response GET /cart');
  expect(metricLabel('coupon.useRatio')).toBe('coupon use ratio');
});

test('quantiles say when deadlines decide them and when there are too few samples', () => {
  const summary = {
    unit: 'ms',
    count: 1000,
    censoredCount: 20,
    mean: 1,
    p50: 4,
    p90: 8,
    p95: 9,
    p99: 5000,
    max: 5000,
  } as const;
  expect(quantileText(summary, 'p99')).toBe('≥ 5,000 ms');
  expect(quantileText(summary, 'p95')).toBe('9 ms');
  expect(quantileText({ ...summary, count: 99 }, 'p99')).toBe('too few');
  expect(maxText(summary)).toBe('≥ 5,000 ms');
});

test('one of a thing is told in the singular', () => {
  expect(formatQuantity(1, 'orders')).toBe('1 order');
  expect(formatQuantity(2, 'messages')).toBe('2 messages');
  expect(formatQuantity(1, 'people')).toBe('1 person');
  expect(formatQuantity(1, 'orders/s')).toBe('1 orders/s');
  const limit = { name: '', variant: '', metric: 'http.failedRatio', statistic: 'value', unit: 'ratio' };
  const over = { ...limit, atMost: 0.01, value: 0.02, ok: false, firstCrossedAtSecond: null };
  expect(distanceText(over)).toBe('1 point over');
});

test('a wait in seconds has two digits, rounded to the nearest or up, and a deadline stays as it was set', () => {
  expect([4.8, 62.5, 164.6, 412, 2_126, 9_960, 12_400].map(formatSeconds)).toEqual([
    '0.005 s',
    '0.06 s',
    '0.16 s',
    '0.41 s',
    '2.1 s',
    '10 s',
    '12 s',
  ]);
  expect([4.1, 62.5, 164.6, 5_001].map(formatSecondsUp)).toEqual(['0.005 s', '0.07 s', '0.17 s', '5 s']);
});

test('a span is told in the unit that it is a whole number of', () => {
  expect([45, 60, 90, 120, 3_600].map(formatSpan)).toEqual(['45 s', '1 min', '1.5 min', '2 min', '1 h']);
});
