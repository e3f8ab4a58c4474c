import { expect, test } from 'vitest';
import { comparePairs } from './paired-comparison.ts';

const baseline = [101.2, 98.4, 105.1, 99.7, 102.3, 100.8, 97.9, 103.6, 104.2, 99.1, 101.7, 100.4];
const candidate = [109.8, 108.9, 113.2, 107.5, 116.1, 108.7, 107.2, 112.4, 103.9, 110.6, 109.2, 114.8];

function judged(request: Parameters<typeof comparePairs>[0]) {
  const comparison = comparePairs(request);
  if (comparison.outcome === 'refused') throw new Error(comparison.footnote);
  return comparison;
}

test('ratio and interval are those of scipy', () => {
  const comparison = judged({ baseline, candidate, marginRatio: 0.03 });
  // d = log(candidate / baseline); exp of mean(d) and of stats.ttest_1samp(d, 0).confidence_interval(.95)
  expect(comparison.ratio).toBeCloseTo(1.0886156820097668, 10);
  expect(comparison.low).toBeCloseTo(1.0648415948831569, 10);
  expect(comparison.high).toBeCloseTo(1.1129205590880646, 10);
  expect(comparison.logRatioSd).toBeCloseTo(0.03475271502892255, 10);
  const narrower = judged({ baseline, candidate, marginRatio: 0.03, confidence: 0.9 });
  expect(narrower.low).toBeCloseTo(1.0691779868586813, 10);
  expect(narrower.high).toBeCloseTo(1.108406755174083, 10);
});

test('a longer time is SLOWER and counts its slower pairs', () => {
  expect(judged({ baseline, candidate, marginRatio: 0.03 })).toMatchObject({
    n: 12,
    verdict: 'SLOWER',
    judgement: 'worse',
    slowerPairCount: 11,
    fasterPairCount: 1,
  });
});

test('the same numbers as a throughput are HIGHER and better', () => {
  expect(judged({ baseline, candidate, marginRatio: 0.03, higherIsBetter: true })).toMatchObject({
    verdict: 'HIGHER',
    judgement: 'better',
    slowerPairCount: 1,
    fasterPairCount: 11,
  });
});

test('a wide margin leaves the same interval INCONCLUSIVE or EQUIVALENT', () => {
  expect(judged({ baseline, candidate, marginRatio: 0.1 }).verdict).toBe('INCONCLUSIVE');
  expect(judged({ baseline, candidate, marginRatio: 0.2 }).verdict).toBe('EQUIVALENT');
});

test('ties count on neither side', () => {
  const comparison = judged({ baseline: [100, 100, 100], candidate: [100, 101, 99], marginRatio: 0.03 });
  expect(comparison).toMatchObject({ slowerPairCount: 1, fasterPairCount: 1 });
});

test('one pair shows its ratio and is refused', () => {
  const comparison = comparePairs({ baseline: [100], candidate: [110], marginRatio: 0.03 });
  expect(comparison).toMatchObject({ outcome: 'refused', footnote: 'need ≥ 2 pairs, have 1' });
  expect(comparison.ratio).toBeCloseTo(1.1, 12);
});

test('no pairs have no ratio', () => {
  expect(comparePairs({ baseline: [], candidate: [], marginRatio: 0.03 })).toEqual({
    outcome: 'refused',
    ratio: null,
    marginRatio: 0.03,
    footnote: 'need ≥ 2 pairs, have 0',
  });
});

test('a caller may ask for more pairs, never for fewer than two', () => {
  const four = { baseline: [1, 2, 3, 4], candidate: [1, 2, 3, 5], marginRatio: 0.03 };
  expect(comparePairs({ ...four, minimumPairs: 5 })).toMatchObject({ footnote: 'need ≥ 5 pairs, have 4' });
  expect(comparePairs({ baseline: [1], candidate: [1], marginRatio: 0.03, minimumPairs: 1 }).outcome).toBe(
    'refused',
  );
});

test.each([0, -3, Number.NaN, Number.POSITIVE_INFINITY])(
  'a value of %d has no ratio and is refused',
  (value) => {
    expect(comparePairs({ baseline: [100, 100], candidate: [100, value], marginRatio: 0.03 })).toMatchObject({
      outcome: 'refused',
      ratio: null,
      footnote: `need values above 0; candidate value 2 is ${value}`,
    });
  },
);

test('a pair without its other half is a mistake of the caller', () => {
  expect(() => comparePairs({ baseline: [1, 2], candidate: [1], marginRatio: 0.03 })).toThrow(
    /2 baseline values, 1/,
  );
  expect(() => comparePairs({ baseline: [1], candidate: [1], marginRatio: 3 })).toThrow(/marginRatio is 3/);
  expect(() => comparePairs({ baseline: [1], candidate: [1], marginRatio: 0.03, confidence: 95 })).toThrow(
    /confidence is 95/,
  );
});
