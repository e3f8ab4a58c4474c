import { expect, test } from 'vitest';
import { comparePairs } from '../statistics/paired-comparison.ts';
import { verdictSentence } from '../statistics/verdict-sentence.ts';
import { compareSeparateRuns } from '../statistics/welch.ts';
import { type ComparisonSubject, toCombinedComparison, toComparisonResult } from './comparison-result.ts';

const request = {
  baseline: [10, 11, 10, 12, 11, 10],
  candidate: [12, 13.1, 12.1, 14.4, 13.3, 12],
  marginRatio: 0.03,
};
const subject: ComparisonSubject = {
  metric: 'order.confirmed',
  statistic: 'p50',
  role: 'primary',
  level: '500',
  baseline: 'direct',
  candidate: 'kafka',
  kind: 'paired',
  declared: true,
  request,
};

test('a paired comparison keeps its interval, its pairs and its sentence', () => {
  const comparison = comparePairs(request);
  const result = toComparisonResult(comparison, subject);
  expect(result).toMatchObject({
    outcome: 'judged',
    kind: 'paired',
    n: 6,
    baselineCount: 6,
    candidateCount: 6,
    confidence: 0.95,
    verdict: 'SLOWER',
    judgement: 'worse',
    slowerPairCount: 6,
    fasterPairCount: 0,
    footnote: null,
    declared: true,
    sentence: verdictSentence(comparison),
  });
  expect(result.pairRatios![0]).toBeCloseTo(1.2, 10);
  expect(result).not.toHaveProperty('request');
});

test('separate runs have no pairs, and n is that of the smaller side', () => {
  const separate = { ...request, baseline: request.baseline.slice(1) };
  const result = toComparisonResult(compareSeparateRuns(separate), {
    ...subject,
    kind: 'separate',
    request: separate,
  });
  expect(result).toMatchObject({
    outcome: 'judged',
    kind: 'separate',
    n: 5,
    baselineCount: 5,
    candidateCount: 6,
    slowerPairCount: null,
  });
  expect(result.pairRatios).toBeUndefined();
});

test('a refusal keeps the ratio and says why', () => {
  const few = { baseline: [10], candidate: [11], marginRatio: 0.03 };
  expect(toComparisonResult(comparePairs(few), { ...subject, request: few })).toMatchObject({
    outcome: 'refused',
    n: 1,
    ratio: expect.closeTo(1.1, 10),
    low: null,
    high: null,
    verdict: 'REFUSED',
    judgement: 'refused',
    footnote: 'need ≥ 2 pairs, have 1',
    sentence: '+10.0 %; no verdict: need ≥ 2 pairs, have 1',
  });
});

test('primary metrics that disagree make a trade-off', () => {
  const swapped = comparePairs({ ...request, baseline: request.candidate, candidate: request.baseline });
  const about = { level: null, candidate: 'kafka', baseline: 'direct' };
  const combined = toCombinedComparison(about, [
    { name: 'HTTP response p50', comparison: swapped },
    { name: 'order confirmed p50', comparison: comparePairs(request) },
  ]);
  expect(combined).toMatchObject({ ...about, verdict: 'TRADE-OFF' });
  expect(combined.sentence).toMatch(/^primary metrics disagree: HTTP response p50 FASTER −.*SLOWER \+/);
});
