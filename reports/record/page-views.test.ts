import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createCellWriter } from './cell-writer.ts';
import { type PageViewRow, pageMetrics, summarisePages } from './page-views.ts';
import { readPageViews } from './read-page-views.ts';

const view = (lcpMs: number | null, more: Partial<PageViewRow> = {}): PageViewRow => ({
  second: 1,
  page: 'home',
  failed: false,
  ttfbMs: 10,
  fcpMs: 50,
  lcpMs,
  cls: 0,
  inpMs: null,
  ...more,
});

describe('what a browser saw', () => {
  it('is kept a line a view, and read back as far as it lies in the measured span', () => {
    const directory = join(temporaryFolder(), 'cell');
    mkdirSync(directory);
    expect(readPageViews([directory], 10)).toEqual([]);
    const cell = createCellWriter(directory);
    const rows = [
      view(1, { second: -1 }),
      view(2, { second: 0 }),
      view(3, { second: 9 }),
      view(4, { second: 10 }),
    ];
    for (const row of rows) cell.appendPageView(row);
    cell.close();
    expect(readPageViews([directory, directory], 10).map(({ lcpMs }) => lcpMs)).toEqual([2, 3, 2, 3]);
  });

  it('comes to quantiles of each page, and one that failed counts with the time that it was waited for', () => {
    const pages = summarisePages([
      ...[100, 200, 300].map((ms) => view(ms, { inpMs: 24 })),
      view(15_000, { failed: true, ttfbMs: null, fcpMs: null, cls: null }),
      view(70, { page: 'cart', cls: 0.2 }),
    ]);
    expect(pages).toEqual([
      {
        page: 'home',
        viewCount: 4,
        failedCount: 1,
        ttfbMs: { count: 3, p50: 10, p75: 10, max: 10 },
        fcpMs: { count: 3, p50: 50, p75: 50, max: 50 },
        lcpMs: { count: 4, p50: 250, p75: 3_975, max: 15_000 },
        cls: { count: 3, p50: 0, p75: 0, max: 0 },
        inpMs: { count: 3, p50: 24, p75: 24, max: 24 },
      },
      expect.objectContaining({
        page: 'cart',
        viewCount: 1,
        cls: { count: 1, p50: 0.2, p75: 0.2, max: 0.2 },
      }),
    ]);
  });

  it('is a metric of the run from four views on', () => {
    const four = [100, 200, 300, 400].map((ms) => view(ms));
    expect(pageMetrics(four)).toEqual({
      'page.ttfbP75': { unit: 'ms', value: 10 },
      'page.fcpP75': { unit: 'ms', value: 50 },
      'page.lcpP75': { unit: 'ms', value: 325 },
      'page.clsP75': { unit: '', value: 0 },
    });
    expect(pageMetrics(four.slice(1))).toEqual({});
    expect(pageMetrics([])).toEqual({});
  });
});
