import { expect, test } from 'vitest';
import { renderJUnit } from './junit.ts';
import { sampleResult } from './testing/sample-result.ts';

/** Names of the elements in document order; throws where tags do not nest or text holds a bare `<` or `&`. */
function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const body = xml.replace(/^<\?xml[^>]*\?>/, '');
  const rest = body.replace(
    /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
    (_, closing, name, _attributes, empty) => {
      if (closing) expect(open.pop()).toBe(name);
      else names.push(name);
      if (!closing && !empty) open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#\d+);)/);
  return names;
}

test('limits, rules and health are cases, and counts agree with them', () => {
  const xml = renderJUnit(sampleResult('FAIL'));
  const names = elementsOf(xml);
  expect(names.filter((name) => name === 'testcase')).toHaveLength(1 + 2 + 5 + 1);
  expect(names.filter((name) => name === 'failure')).toHaveLength(2);
  expect(xml).toContain('tests="9" failures="2" errors="0" skipped="0" time="360.000"');
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
