import { expect, test } from 'vitest';
import type { PageCell } from '../../data/page-data.ts';
import { watchedWait } from './shown.ts';

test('strip and slowest moment follow the wait for an order, or for an answer where nobody ordered', () => {
  const cell = (...metrics: string[]) =>
    ({ histograms: Object.fromEntries(metrics.map((name) => [name, [0, 0]])) }) as unknown as PageCell;
  expect(watchedWait(cell('http.response', 'order.confirmed'))).toBe('order.confirmed');
  expect(watchedWait(cell('http.response'))).toBe('http.response');
});
