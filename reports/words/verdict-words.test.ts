import { describe, expect, test } from 'vitest';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { verdictLine } from './badge.ts';
import { comparisonSentence, comparisonWord, effectText } from './comparison-words.ts';
import { distanceText, thresholdSentence } from './threshold-words.ts';
import { verdictDetails } from './verdict-words.ts';

describe('the verdict line', () => {
  test('of a pass counts the limits kept', () => {
    expect(verdictLine(sampleResult('PASS'))).toBe('✓ PASS       kafka-on-off: 2 of 2 limits kept');
  });

  test('of a fail shows value, limit, distance and when it was first crossed', () => {
    expect(verdictLine(sampleResult('FAIL'))).toBe(
      '✗ FAIL       1 of 2 limits crossed: order confirmed p99 = 412 ms; limit ≤ 400 ms; 12 ms over; first crossed at 03:10',
    );
  });

  test('of the only limit or audit rule counts nothing', () => {
    const one = (verdict: 'PASS' | 'FAIL') => {
      const result = sampleResult(verdict);
      return { ...result, thresholds: result.thresholds.slice(0, 1) };
    };
    expect(verdictLine(one('PASS'))).toBe('✓ PASS       kafka-on-off: its one limit is kept');
    expect(verdictLine(one('FAIL'))).toMatch(/^✗ FAIL {7}its one limit is crossed: order confirmed p99 = /);
    const result = { ...sampleResult('PASS'), thresholds: [] };
    const [kafka] = Object.values(result.variants);
    kafka!.audit = kafka!.audit.slice(0, 1);
    expect(verdictLine(result)).toContain('; 1 of 1 audit rule holds');
  });

  test('of an invalid run says what the generator delivered and what to do', () => {
    const line =
      '⊘ INVALID    no verdict: the generator delivered 602 of 1,000 sessions (60.2 %; need ≥ 99 %). These latencies describe the generator, not the shop. Lower the rate or add workers.';
    const result = sampleResult('INVALID');
    expect(verdictLine(result)).toBe(line);
    const [kafka] = Object.values(result.variants);
    kafka!.generator.reasons = [];
    expect(verdictLine(result)).toBe(line);
  });

  test('of a run that lost a generator asks for the reason, not for a lower rate', () => {
    const result = sampleResult('INVALID');
    const [kafka] = Object.values(result.variants);
    kafka!.generator.lostCount = 1;
    expect(verdictLine(result)).toContain('Find out why the generator ended');
    expect(verdictLine(result)).not.toContain('Lower the rate');
  });

  test('of a failed audit names the broken rule and withholds the result', () => {
    expect(verdictLine(sampleResult('AUDIT_FAILED'))).toBe(
      '≠ AUDIT_FAILED 1 of 5 audit rules broken: accepted-is-resolved (3 violations in 4,212 checked). A run that fails its audit publishes no performance result.',
    );
    expect(verdictDetails(sampleResult('AUDIT_FAILED'))).toHaveLength(4);
    const sentences = sampleResult('AUDIT_FAILED');
    for (const { audit } of Object.values(sentences.variants))
      for (const finding of audit) finding.claim += '.';
    expect(verdictDetails(sentences)).toEqual(verdictDetails(sampleResult('AUDIT_FAILED')));
  });

  test('without limits speaks of the audit', () => {
    const result = { ...sampleResult('PASS'), thresholds: [] };
    expect(verdictLine(result)).toBe(
      '✓ PASS       kafka-on-off: no limits declared; 5 of 5 audit rules hold',
    );
  });
});

test('further crossed limits stand in the details', () => {
  const result = sampleResult('FAIL');
  const [first] = result.thresholds;
  result.thresholds.push({
    ...first!,
    statistic: 'p50',
    atMost: 30,
    value: null,
    firstCrossedAtSecond: null,
  });
  expect(verdictDetails(result)).toEqual(['order confirmed p50 not measured; limit ≤ 30 ms']);
  expect(thresholdSentence(first!, false)).toContain('order confirmed p99 (kafka) = 412 ms');
});

test('distances are in the unit of the metric, those of ratios in points', () => {
  const base = { ...sampleResult('PASS').thresholds[0]!, unit: 'ratio' };
  delete base.atMost;
  expect(distanceText({ ...base, atLeast: 0.99, value: 0.602 })).toBe('38.8 points short');
  expect(distanceText({ ...base, atMost: 0.01, value: 0.01 })).toBe('exactly at the limit');
});

test('a comparison names metric, statistic, sides and level before its own sentence', () => {
  const [http, order, orders, refused] = syntheticComparisons('direct', 'kafka', 12, '500');
  expect(comparisonSentence(http!)).toBe(
    `HTTP response p50 of kafka against direct at 500: FASTER ${http!.sentence}`,
  );
  expect(http!.sentence).toMatch(/^−2\d\.\d %, 95 % CI \[−.*\]; faster in 12 of 12 pairs; margin ±3 %$/);
  expect(comparisonSentence(orders!)).toContain('kafka against direct at 500 (exploratory): EQUIVALENT +0.');
  expect(comparisonSentence(refused!)).toMatch(
    /REFUSED no verdict: need values above 0; candidate value 1 is 0$/,
  );
  expect([http, order, orders, refused].map((comparison) => comparisonWord(comparison!))).toEqual([
    '✓ FASTER',
    '✗ SLOWER',
    '= EQUIVALENT',
    '⊘ REFUSED',
  ]);
  expect([http, refused].map((comparison) => effectText(comparison!))).toEqual([
    expect.stringMatching(/^−2\d\.\d % \[−2\d\.\d, −2\d\.\d\]$/),
    '–',
  ]);
});

test('a run that fails on a declared comparison says which', () => {
  const comparisons = syntheticComparisons('direct', 'kafka', 12);
  const result = { ...sampleResult('PASS'), verdict: 'FAIL' as const, comparisons };
  expect(verdictLine(result)).toMatch(
    /^✗ FAIL {7}declared comparison missed: order confirmed p50 of kafka against direct: SLOWER \+3\d\.\d %/,
  );
});
