import { expect, test } from 'vitest';
import { littleResidual, waitProbability } from './queueing.ts';

// Erlang C by its sum, a^c/c!/(1−ρ) / (Σ a^k/k! + a^c/c!/(1−ρ)), in Python; published as .800/.711/.596/.458
test.each([
  [1, 0.8, 0.8],
  [2, 0.8, 0.7111111111111111],
  [4, 0.8, 0.5964324717874046],
  [8, 0.8, 0.45764492544201624],
  [3, 0.5, 0.23684210526315788],
  [5, 0, 0],
  [5, 1.2, 1],
])('with %i servers at a utilization of %d the chance to wait is %d', (servers, utilization, expected) => {
  expect(waitProbability(servers, utilization)).toBeCloseTo(expected, 12);
});

test('a thousand servers do not overflow', () => {
  const probability = waitProbability(1000, 0.95);
  expect(probability).toBeGreaterThan(0);
  expect(probability).toBeLessThan(0.2);
});

test('half a server and a negative utilization are refused', () => {
  expect(() => waitProbability(0.5, 0.8)).toThrow(/serverCount is 0.5/);
  expect(() => waitProbability(1, -1)).toThrow(/utilizationRatio is -1/);
});

test('a steady window closes Little’s law, a miscounted one does not', () => {
  const window = { meanCount: 105, throughputPerSecond: 10, meanResponseMs: 500, meanThinkMs: 10_000 };
  expect(littleResidual(window)).toEqual({ residualRatio: 0, holds: true });
  expect(littleResidual({ ...window, throughputPerSecond: 10.19 }).holds).toBe(true);
  const lost = littleResidual({ ...window, throughputPerSecond: 9.5 });
  expect(lost.residualRatio).toBeCloseTo(-0.05, 12);
  expect(lost.holds).toBe(false);
  expect(() => littleResidual({ ...window, meanCount: 0 })).toThrow(/meanCount is 0/);
});
