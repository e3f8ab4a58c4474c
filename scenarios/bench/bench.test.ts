import { expect, it } from 'vitest';
import { counted, exitCodeOf, judged, notRun, reported } from './bench.ts';

it('judges a figure by its limit, the limit itself included', () => {
  expect(judged('a', 300, 'ns', { atMost: 300 }).ok).toBe(true);
  expect(judged('a', 300.1, 'ns', { atMost: 300 }).ok).toBe(false);
  expect(judged('a', 0.5, 'ratio', { atLeast: 0.5 }).ok).toBe(true);
  expect(judged('a', 0.49, 'ratio', { atLeast: 0.5 }).ok).toBe(false);
});

it('takes a figure that is no number for a missed limit', () => {
  expect(judged('a', Number.NaN, 'ns', { atMost: 300 }).ok).toBe(false);
  expect(judged('a', Number.NaN, 'ratio', { atLeast: 0 }).ok).toBe(false);
});

it('ends with 1 when a judged row missed its limit and counts no other row', () => {
  const unjudged = [reported('a', 1e9, 'ns'), notRun('k6', 'ratio', { atMost: 0.4 }, 'no k6 on PATH')];
  expect(exitCodeOf(unjudged)).toBe(0);
  expect(exitCodeOf([...unjudged, judged('b', 1, 'ms', { atMost: 2 })])).toBe(0);
  expect(exitCodeOf([judged('b', 1, 'ms', { atMost: 2 }), judged('c', 3, 'ms', { atMost: 2 })])).toBe(1);
});

it('judges a count by what was sent, in either direction', () => {
  expect([8, 9, 10].map((count) => counted('a', count, 9, 'orders').ok)).toEqual([false, true, false]);
});
