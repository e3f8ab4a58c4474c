import { expect, test } from 'vitest';
import type { ThresholdResult } from '../../record/result.ts';
import { barTexts, limitSentence, limitSubject, usedOfLimit } from './limit-words.ts';

const limit = (own: Partial<ThresholdResult>): ThresholdResult => ({
  name: 'a limit',
  variant: 'kafka',
  metric: 'order.confirmed',
  statistic: 'p99',
  unit: 'ms',
  value: 412,
  ok: false,
  outcome: 'missed',
  firstCrossedAtSecond: null,
  ...own,
});

test('a limit is told by how many of what; a metric without such words keeps its name', () => {
  const subject = (metric: string, statistic: string) => limitSubject({ metric, statistic });
  expect(subject('order.confirmed', 'p95')).toBe('95 of 100 orders confirmed');
  expect(subject('http.response/GET /cart', 'p50')).toBe('half of requests answered (GET /cart)');
  expect(subject('http.failedRatio', 'value')).toBe('failed requests');
  expect(subject('stage.push', 'p99')).toBe('stage push p99');
});

test('how much of the room was used is 1 at the limit, whichever side it is on', () => {
  expect(usedOfLimit(limit({ atMost: 400, value: 100 }))).toBe(0.25);
  expect(usedOfLimit(limit({ atMost: 400, value: 500 }))).toBe(1.25);
  expect(usedOfLimit(limit({ atLeast: 0.9, value: 0.45 }))).toBe(2);
  expect(usedOfLimit(limit({ atMost: 0, value: 0 }))).toBeNull();
  expect(usedOfLimit(limit({ atMost: 400, value: null }))).toBeNull();
});

test('a crossed limit is told in seconds, in milliseconds where two digits do not tell it apart, else in its unit', () => {
  expect(limitSentence(limit({ atMost: 400 }))).toBe(
    '99 of 100 orders confirmed only within 0.41 s; the limit is 0.4 s.',
  );
  expect(limitSentence(limit({ atMost: 237, value: 244 }))).toBe(
    '99 of 100 orders confirmed only within 244 ms; the limit is 237 ms.',
  );
  expect(limitSentence(limit({ atMost: 1_000, value: 10_003, isAtLeast: true }))).toBe(
    'Fewer than 99 of 100 orders confirmed within 10 s; the limit is 1 s.',
  );
  const ratio = { metric: 'http.failedRatio', statistic: 'value', unit: 'ratio', atMost: 0.005, value: 0.02 };
  expect(limitSentence(limit(ratio))).toBe('Failed requests: 2 %; the limit is ≤ 0.5 % (1.5 points over).');
});

test('a bar tells waits in seconds as the answer above it does', () => {
  const told = (own: Partial<ThresholdResult>) => Object.values(barTexts(limit(own), true)).join('; ');
  expect(told({ atMost: 500, value: 33.7, outcome: 'kept' })).toBe('0.03 s; ≤ 0.5 s; 0.47 s below the limit');
  expect(told({ atMost: 5_000, value: 10_003, isAtLeast: true })).toBe('≥ 10 s; ≤ 5 s; at least 5 s over');
  expect(told({ atMost: 237, value: 244 })).toBe('244 ms; ≤ 237 ms; 7 ms over');
  const ratio = { metric: 'http.failedRatio', statistic: 'value', unit: 'ratio', atMost: 0.005, value: 0.02 };
  expect(told(ratio)).toBe('2 %; ≤ 0.5 %; 1.5 points over');
  expect(barTexts(limit({ atMost: 500 }), false)).toMatchObject({ value: '412 ms', limit: '≤ 500 ms' });
});
