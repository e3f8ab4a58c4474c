import { describe, expect, it } from 'vitest';
import { plantedRun } from '../compare/testing/planted-run.ts';
import { pagesSection } from '../html/sections/pages.ts';
import type { PageResult } from '../record/page-views.ts';
import type { FinishedRun } from '../record/read-run.ts';
import { pageSentences } from './page-words.ts';

const timing = (p75: number, count = 12) => ({ count, p50: p75 / 2, p75, max: p75 * 2 });
const pages: PageResult[] = [
  {
    page: 'product',
    viewCount: 12,
    failedCount: 1,
    ttfbMs: timing(8),
    fcpMs: timing(90),
    lcpMs: timing(321),
    cls: timing(0.024),
    inpMs: timing(24, 11),
  },
  {
    page: 'cart',
    viewCount: 1,
    failedCount: 0,
    ttfbMs: null,
    fcpMs: null,
    lcpMs: timing(2_600),
    cls: null,
    inpMs: null,
  },
];

const latency = {
  unit: 'ms' as const,
  count: 900,
  censoredCount: 0,
  mean: 5,
  p50: 4,
  p90: 8,
  p95: 9,
  p99: 12,
  max: 20,
};

/** A run of one variant with those pages. */
function runWith(seen: PageResult[]): FinishedRun {
  const { manifest, result } = plantedRun({ seed: 1 });
  const [[name, variant] = ['', undefined]] = Object.entries(result.variants);
  if (variant === undefined) throw new Error('the planted run has no variant');
  const metrics = { ...variant.metrics, 'http.response/GET /products/:id': latency };
  const told = { ...variant, metrics, ...(seen.length === 0 ? {} : { pages: seen }) };
  return { manifest, result: { ...result, variants: { [name]: told } }, cells: [] } as unknown as FinishedRun;
}

describe('what the shopper saw', () => {
  it('is a sentence on the terminal, page by page, with how many views it rests on', () => {
    expect(pageSentences(runWith(pages).result)).toEqual([
      'What the shopper saw in Chromium, 3 of 4 at most: product LCP 321 ms, INP 24 ms, CLS 0.02 (12 views, 1 failed); cart LCP 2,600 ms (1 view).',
    ]);
  });

  it('is a table on the page, beside the load’s own wait for the same route', () => {
    const text = pagesSection(runWith(pages))?.markup ?? '';
    expect(text).toContain('What the shopper saw');
    expect(text).toContain('GET /products/:id');
    expect(text).toContain('321 ms');
    expect(text).toMatch(/24 ms<small>of 11<\/small>/);
    expect(text).toMatch(/4 ms.*9 ms/s);
  });

  it('is nothing where no browser walked', () => {
    expect(pageSentences(runWith([]).result)).toEqual([]);
    expect(pagesSection(runWith([]))).toBeNull();
  });
});
