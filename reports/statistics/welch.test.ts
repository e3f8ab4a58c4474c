import { expect, test } from 'vitest';
import { compareSeparateRuns } from './welch.ts';

const baseline = [100.2, 97.1, 103.4, 99.9, 101.5];
const candidate = [118.3, 109.4, 121.7, 113.2, 116.9, 125.1, 111.8];

test('ratio, interval and degrees of freedom are those of scipy', () => {
  const comparison = compareSeparateRuns({ baseline, candidate, marginRatio: 0.05 });
  if (comparison.outcome === 'refused') throw new Error(comparison.footnote);
  // r = stats.ttest_ind(log(candidate), log(baseline), equal_var=False); exp of r.confidence_interval(.95); r.df
  expect(comparison.ratio).toBeCloseTo(1.1605160534829324, 10);
  expect(comparison.low).toBeCloseTo(1.107255400162768, 10);
  expect(comparison.high).toBeCloseTo(1.2163386244886405, 10);
  expect(comparison.degreesOfFreedom).toBeCloseTo(9.103249489874148, 9);
  expect(comparison).toMatchObject({ verdict: 'SLOWER', baselineCount: 5, candidateCount: 7 });
});

test('fewer than five cells on a side show the difference and refuse the verdict', () => {
  const comparison = compareSeparateRuns({ baseline: baseline.slice(1), candidate, marginRatio: 0.05 });
  expect(comparison).toMatchObject({
    outcome: 'refused',
    footnote: 'need ≥ 5 cells on each side, have 4 and 7',
  });
  expect(comparison.ratio).toBeGreaterThan(1.1);
  expect(compareSeparateRuns({ baseline: [], candidate, marginRatio: 0.05 }).ratio).toBeNull();
});

test('a value of zero is refused and runs without any spread still compare', () => {
  expect(compareSeparateRuns({ baseline: [0, 1, 1, 1, 1], candidate, marginRatio: 0.05 })).toMatchObject({
    outcome: 'refused',
    footnote: 'need values above 0; baseline value 1 is 0',
  });
  const still = { baseline: Array(5).fill(100), candidate: Array(5).fill(120), marginRatio: 0.05 };
  expect(compareSeparateRuns(still)).toMatchObject({ verdict: 'SLOWER', degreesOfFreedom: 8 });
});
