import { expect, test } from 'vitest';
import { junitProblems } from '../testing/junit-schema.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { renderJUnit } from './junit.ts';

/** Names of the elements in document order, of a document that keeps to the schema. */
function elementsOf(xml: string): string[] {
  expect(junitProblems(xml)).toEqual([]);
  return [...xml.matchAll(/<([a-z][a-zA-Z-]*)/g)].map(([, name]) => name!);
}

test('limits, rules and health are cases, and counts agree with them', () => {
  const xml = renderJUnit(sampleResult('FAIL'));
  const names = elementsOf(xml);
  expect(names.filter((name) => name === 'testcase')).toHaveLength(1 + 2 + 5 + 1);
  expect(names.filter((name) => name === 'failure')).toHaveLength(2);
  expect(xml).toContain('<testsuites name="stampede" tests="9" failures="2" errors="0" time="360.000">');
  expect(xml).toContain('errors="0" time="360.000" skipped="0">');
  expect(xml).toContain(
    'message="order confirmed p99 = 412 ms; limit ≤ 400 ms; 12 ms over; first crossed at 03:10"',
  );
});

test('text from data is escaped', () => {
  const result = sampleResult('AUDIT_FAILED');
  const finding = result.variants.kafka!.audit[0]!;
  finding.claim = 'a < b & "c" \u0000 ]]>';
  finding.violations = ['<order/>\nsecond line'];
  const xml = renderJUnit(result);
  elementsOf(xml);
  expect(xml).toContain('a &lt; b &amp; &quot;c&quot; \uFFFD ]]&gt;');
});

test('without a verdict or a result the limits are skipped', () => {
  for (const verdict of ['INVALID', 'AUDIT_FAILED'] as const) {
    const names = elementsOf(renderJUnit(sampleResult(verdict)));
    expect(names.filter((name) => name === 'skipped')).toHaveLength(2);
    expect(names.filter((name) => name === 'failure')).toHaveLength(2);
  }
});

test('a run that fails on a comparison only still has a failed case', () => {
  const result = { ...sampleResult('PASS'), verdict: 'FAIL' as const };
  expect(elementsOf(renderJUnit(result)).filter((name) => name === 'failure')).toHaveLength(1);
});

test('a declared comparison that is worse fails, a refused one is skipped with its footnote', () => {
  const comparisons = syntheticComparisons('direct', 'kafka', 12, '500');
  const xml = renderJUnit({ ...sampleResult('FAIL'), comparisons });
  const names = elementsOf(xml);
  expect(names.filter((name) => name === 'failure')).toHaveLength(3);
  expect(xml).toMatch(
    /order\.confirmed p50: kafka against direct at 500" time="0.000"><failure message="[^"]*SLOWER \+3\d\.\d %, 95 % CI/,
  );
  expect(xml).toContain('<skipped message="no verdict: need values above 0; candidate value 1 is 0"/>');
});

test('the check against the schema sees what breaks it', () => {
  const xml = renderJUnit(sampleResult('PASS'));
  for (const [from, to] of [
    ['<testsuites name', '<testsuites skipped="0" name'],
    ['errors="0" time="360.000" skipped', 'time="360.000" skipped'],
    ['time="360.000"', 'time="-1"'],
    ['</properties>', '</properties><failure/>'],
    ['</testsuite>', 'text</testsuite>'],
    ['</testsuites>', ''],
    ['name="verdict"', 'name="a & b"'],
  ] as const) {
    expect(xml).toContain(from);
    expect(junitProblems(xml.replace(from, to)), to).not.toEqual([]);
  }
});

test('every test case has a time, and together they take as long as the run', () => {
  for (const verdict of ['PASS', 'FAIL', 'INVALID', 'AUDIT_FAILED', 'UNDECIDED'] as const) {
    const cases = [...renderJUnit(sampleResult(verdict)).matchAll(/<testcase [^>]*>/g)].map(([tag]) => tag);
    const times = cases.map((tag) => Number(/ time="([\d.]+)"/.exec(tag)?.[1]));
    expect(times.reduce((sum, time) => sum + time, 0)).toBe(360);
  }
  expect(renderJUnit({ ...sampleResult('PASS'), finishedAt: 'never' })).not.toContain('NaN');
});

test('characters that XML 1.0 forbids never get in, wherever a text comes from', () => {
  const illegal = [
    '\u0000',
    '\u0008',
    '\u000b',
    '\u001b[31m',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00x',
    '\u{1f600}',
  ];
  const hostile = `${illegal.join('')}\t\n]]>`;
  const result = sampleResult('AUDIT_FAILED');
  const { kafka } = result.variants;
  const [limit] = result.thresholds;
  const finding = { ...kafka!.audit[0]!, rule: hostile, claim: hostile, violations: [hostile] };
  const xml = renderJUnit({
    ...result,
    scenario: hostile,
    answer: hostile,
    commit: hostile,
    startedAt: `${result.startedAt}${hostile}`,
    variants: {
      [hostile]: {
        ...kafka!,
        audit: [finding],
        generator: { ...kafka!.generator, ok: false, reasons: [hostile] },
      },
    },
    thresholds: [{ ...limit!, name: hostile, variant: hostile, metric: hostile }],
  });
  elementsOf(xml);
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  expect(xml.isWellFormed()).toBe(true);
  expect(xml).toContain('\u{1f600}');
});
