import { describe, expect, test } from 'vitest';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import { renderMarkdown, SUMMARY_MOST_BYTES } from './markdown.ts';

const manifest = syntheticManifest('kafka-on-off', 7, new Date('2025-11-21T11:00:00Z'), '');

test('the summary of a failed run', () => {
  expect(renderMarkdown(sampleResult('FAIL'), manifest, 'a b/report.html')).toBe(`## ✗ FAIL · Peak hour

1 of 2 limits crossed: order confirmed p99 = 412 ms; limit ≤ 400 ms; 12 ms over; first crossed at 03:10

**At 12,000 orders an hour \\| half are confirmed within &lt;40 ms>.**

| | Limit on | Measured | Limit | Distance |
|---|---|--:|--:|--:|
| ✗ crossed | order confirmed p99 | 412 ms | ≤ 400 ms | 12 ms over |
| ✓ kept | orders an hour | 12,000 orders/h | ≥ 10,000 orders/h | 2,000 orders/h above the limit |

Audit: 5 of 5 audit rules hold.

Generator: healthy; 1,000 of 1,000 planned sessions started, lateness p99 1.32 ms.

[The whole report](a%20b/report.html) · seed 7 · commit b8194fe2c1 with changes

\`\`\`sh
npm run scenario -- kafka-on-off --seed 7 --set load.sessionsPerSecond=30
\`\`\`
`);
});

test('a failed audit lists its rules and no numbers', () => {
  const result = { ...sampleResult('AUDIT_FAILED'), comparisons: syntheticComparisons('direct', 'kafka', 3) };
  const text = renderMarkdown(result, manifest);
  expect(text).toContain(
    '- kafka: Every accepted order is confirmed or rejected, exactly once: 3 violations in 4,212 checked',
  );
  expect(text).not.toContain('412 ms');
  expect(text).not.toContain('FASTER');
});

test('comparisons are a table, and where primary metrics disagree a sentence comes first', () => {
  const comparisonVerdicts = [
    {
      level: null,
      candidate: 'kafka',
      baseline: 'direct',
      verdict: 'TRADE-OFF' as const,
      sentence: 'primary metrics disagree: a | b',
    },
  ];
  const comparisons = syntheticComparisons('direct', 'kafka', 3);
  const text = renderMarkdown({ ...sampleResult('PASS'), comparisons, comparisonVerdicts }, manifest);
  expect(text).toContain(
    '- kafka against direct: TRADE-OFF primary metrics disagree: a \\| b\n\n| | Metric | Compared | Effect | Role |\n',
  );
  expect(text).toMatch(
    /\| ✓ FASTER \| HTTP response p50 \| kafka against direct \| −2\d\.\d %, 95 % CI .* \| primary \|/,
  );
  expect(text.indexOf('exploratory comparison')).toBeGreaterThan(text.lastIndexOf('| primary |'));
  expect(text).toMatch(/\| ⊘ REFUSED \| .* no verdict: need values above 0; .* \| exploratory \|/);
});

describe('GitHub’s limit for a job summary', () => {
  const many = (count: number) => {
    const result = sampleResult('PASS');
    const [first] = result.thresholds;
    return {
      ...result,
      thresholds: Array.from({ length: count }, (_, n) => ({ ...first!, name: `limit-${n}` })),
    };
  };
  const sizeOf = (text: string) => Buffer.byteLength(text);

  test('is kept by leaving out whole sections, with the way to the page and the replay command at the end', () => {
    const whole = renderMarkdown(many(2), manifest);
    expect(whole).not.toContain('left out');
    const cut = renderMarkdown(many(20_000), manifest);
    expect(sizeOf(cut)).toBeLessThanOrEqual(SUMMARY_MOST_BYTES);
    expect(SUMMARY_MOST_BYTES).toBeLessThan(1024 * 1024);
    expect(cut).toContain('1 section is left out');
    expect(cut).not.toContain('| Limit on |');
    // What comes after a section that is too long still stands.
    expect(cut).toContain('Audit: 5 of 5 audit rules hold.');
    expect(cut).toContain('[The whole report](report.html)');
    expect(cut.trimEnd().endsWith('```')).toBe(true);
  });

  test('is kept whatever the answer is, in bytes and not in characters', () => {
    const answer = '가'.repeat(SUMMARY_MOST_BYTES / 2);
    const cut = renderMarkdown({ ...sampleResult('PASS'), answer }, manifest);
    expect(sizeOf(cut)).toBeLessThanOrEqual(SUMMARY_MOST_BYTES);
    expect(cut).toContain('## ✓ PASS');
  });
});
