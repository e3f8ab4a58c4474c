// Opens real pages from disk in Chromium: what cannot be seen in their text is whether they draw and fit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { syntheticCacheStudy } from '../testing/synthetic-cache-study.ts';
import type { SyntheticOptions } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { clientBuild } from './page/bundle-client.ts';
import { openSynthetic, overflowPixels } from './testing/open-page.ts';

describeInBrowser('pages in a browser', () => {
  const root = temporaryFolder();
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser([clientBuild(join(import.meta.dirname, 'client', 'main.ts'), 'iife')]);
  });

  const open = (options: Omit<SyntheticOptions, 'root'>, width: number) =>
    openSynthetic(browser, { root, ...options }, width);

  /** Names of the charts that are shown without a single painted pixel, and the number of those shown. */
  function charts(page: Page) {
    return page.evaluate(`(() => {
      const shown = [...document.querySelectorAll('figure[data-chart]')].filter((figure) => !figure.querySelector('.plot').hidden);
      const isBlank = (canvas) => !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0);
      return { shown: shown.length, blank: shown.filter((figure) => isBlank(figure.querySelector('canvas'))).map((figure) => figure.dataset.chart) };
    })()`);
  }

  test('a page opened from disk draws every chart, complains about nothing and asks nobody', async () => {
    const { page, complaints } = await open({ scenario: 'whole', durationSeconds: 60 }, 1280);
    expect(await page.locator('.verdict .word').isVisible()).toBe(true);
    expect(await page.locator('.verdict .word').textContent()).toBe('✓ PASS');
    expect(await charts(page)).toEqual({ shown: 14, blank: [] });
    expect(await page.locator('figure[data-chart="orders"] canvas').getAttribute('aria-label')).toContain(
      'orders per second',
    );
    expect(complaints).toEqual([]);
  });

  test('a run in which people signed up has two charts more', async () => {
    const { page, complaints } = await open(
      { scenario: 'growing', durationSeconds: 30, hasGrowth: true },
      1280,
    );
    expect(await charts(page)).toEqual({ shown: 16, blank: [] });
    const label = await page.locator('figure[data-chart="growth"] canvas').getAttribute('aria-label');
    expect(label).toContain('signed up');
    expect(label).toContain('the curve');
    expect(complaints).toEqual([]);
  });

  test('a narrow window scrolls no page sideways, with hostile words and a run of two seconds', async () => {
    const hostileText = '<script>alert(1)</script>'.repeat(2);
    const { page, complaints } = await open(
      { scenario: 'narrow', durationSeconds: 2, leadInSeconds: 0, hostileText },
      390,
    );
    expect(await overflowPixels(page)).toBe(0);
    expect(await charts(page)).toMatchObject({ blank: [] });
    expect(complaints).toEqual([]);
  });

  test('caches are readable in a narrow window without scrolling sideways', async () => {
    const variants = ['none', 'read-through'];
    const options = { scenario: 'caches', durationSeconds: 20, variants, cacheStudy: syntheticCacheStudy };
    const { page, complaints } = await open(options, 390);
    expect(await overflowPixels(page)).toBe(0);
    for (const name of ['cache-live', 'cache-moments']) {
      const hidden = await page.evaluate<number>(
        `(() => { const frame = document.querySelector('table.${name}').parentElement; return frame.scrollWidth - frame.clientWidth; })()`,
      );
      expect(hidden, name).toBe(0);
    }
    expect(await page.locator('.cache-live tbody tr').nth(2).innerText()).toMatch(
      /read-through.*58\.7 %.*59\.4 %.*−0\.7 points/s,
    );
    expect(await page.locator('#cache-study').innerText()).toContain('the hit ratio was back after 12 s');
    expect(complaints).toEqual([]);
  });

  test('the chosen variant shows its own parts and stays in the address; tables sort', async () => {
    const options = { scenario: 'two', durationSeconds: 20, variants: ['direct', 'kafka'], blockCount: 2 };
    const { page, complaints } = await open(options, 390);
    expect(await page.locator('figure[data-chart=lag] .empty').isVisible()).toBe(true);
    await page.locator('#view-bar select[name=variant]').selectOption('kafka');
    expect(await page.locator('figure[data-chart=lag] canvas').isVisible()).toBe(true);
    expect(page.url()).toMatch(/#variant=kafka$/);
    await page.locator('#view-bar select[name=block]').selectOption({ value: '1' });
    expect(page.url()).toMatch(/#variant=kafka&block=1$/);
    expect(await page.locator('.of-variant[data-variant=direct]:visible').count()).toBe(0);
    const routes = page.locator('.of-variant[data-variant=kafka] table.sortable');
    await routes.locator('thead button').filter({ hasText: 'Route' }).click();
    expect(await routes.locator('tbody th').first().textContent()).toBe('GET /cart');
    expect(await overflowPixels(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('the contents follow the scroll and leave the chosen view alone; on paper all is open and nothing can be clicked', async () => {
    const options = {
      scenario: 'contents',
      durationSeconds: 20,
      variants: ['direct', 'kafka'],
      blockCount: 2,
    };
    const { page, complaints } = await open(options, 1280);
    await page.locator('#view-bar select[name=variant]').selectOption('kafka');
    const current = page.locator('.contents a[aria-current]');
    await expect.poll(() => current.allTextContents()).toEqual(['Intervals']);
    await page.locator('.contents a').filter({ hasText: 'Routes' }).click();
    await page.waitForFunction(
      `document.querySelector('.contents a[aria-current]').textContent === 'Routes'`,
    );
    expect(page.url()).toMatch(/#variant=kafka$/);

    const folded = () => page.locator('details:not([open])').count();
    const foldedCount = await folded();
    expect(foldedCount).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await folded()).toBe(0);
    expect(await page.locator('#strip').isVisible()).toBe(true);
    expect(
      await page.locator('.contents, .first-links, #span-reset, .tools').filter({ visible: true }).count(),
    ).toBe(0);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await folded()).toBe(foldedCount);
    expect(complaints).toEqual([]);
  });

  test('in a narrow window a stage’s bar has the width of the page, and a table that goes on beyond it can be reached', async () => {
    const { page } = await open({ scenario: 'bars', durationSeconds: 20 }, 390);
    const cell = await page.locator('.waterfall .bar-cell').first().boundingBox();
    expect(cell?.width).toBeGreaterThan(300);
    const unreachable = await page.evaluate(`[...document.querySelectorAll('.table-frame')]
      .filter((frame) => frame.scrollWidth > frame.clientWidth + 1 && frame.tabIndex !== 0).length`);
    expect(unreachable).toBe(0);
  });

  test('a fault is marked on the charts, and a chart leaves the page as CSV and PNG', async () => {
    const { page, complaints } = await open({ scenario: 'fault', durationSeconds: 40, hasFault: true }, 1280);
    const figure = page.locator('figure[data-chart=requests]');
    expect(await figure.locator('canvas').getAttribute('aria-label')).toContain('broker killed at 00:20.');
    const saved = async (kind: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        figure.locator(`[data-export=${kind}]`).click(),
      ]);
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
    };
    const csv = await saved('csv');
    expect(csv.name).toBe('requests-sent-and-failed.csv');
    expect(csv.bytes.toString()).toMatch(
      /^second,sent \(requests per second\),failed \(requests per second\)\r\n-20,\d+,\d+\r\n/,
    );
    const png = await saved('png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(complaints).toEqual([]);
  });
});
