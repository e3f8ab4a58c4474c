// A span chosen on a page in Chromium: every table is counted anew, as the record has it, and the address keeps the choice.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { createHistogram, decodeHistogram } from '../record/histograms.ts';
import { fileNameOfText } from '../record/names.ts';
import { readHistograms } from '../record/read-cell.ts';
import type { FinishedRun } from '../record/read-run.ts';
import { rowCount } from '../record/series.ts';
import type { SyntheticOptions } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { clientBuild } from './page/bundle-client.ts';
import { openSynthetic, overflowPixels } from './testing/open-page.ts';

describeInBrowser('a span of a page in a browser', () => {
  const root = temporaryFolder();
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser([clientBuild(join(import.meta.dirname, 'client', 'main.ts'), 'iife')]);
  });

  const open = (options: Omit<SyntheticOptions, 'root'>, width: number) =>
    openSynthetic(browser, { root, ...options }, width);

  /** Count and p95 of a route's row, as shown. */
  async function routeRow(page: Page, route: string) {
    const cells = page.locator('#routes tbody tr').filter({ has: page.getByText(route, { exact: true }) });
    const [count, , , p95] = await cells.locator('td').allTextContents();
    return { count: Number(count!.replaceAll(',', '')), p95Ms: Number.parseFloat(p95!) };
  }

  /** The same from the record, read by HdrHistogram. */
  function recorded(run: FinishedRun, metric: string, from: number, to: number) {
    const whole = createHistogram();
    const [cell] = run.cells;
    for (const { second, encodedBase64 } of readHistograms(
      cell!.directory,
      `${fileNameOfText(metric)}.hlog`,
    )) {
      if (second >= from && second < to) whole.add(decodeHistogram(encodedBase64));
    }
    return { count: whole.totalCount, p95Ms: whole.getValueAtPercentile(95) / 1000 };
  }

  test('a span dragged on the timeline is counted anew in every table, and reset', async () => {
    const { page, complaints, run } = await open({ scenario: 'brush', durationSeconds: 60 }, 1280);
    const route = 'GET /products';
    const before = await routeRow(page, route);
    await page.locator('#strip').scrollIntoViewIfNeeded();
    const box = (await page.locator('#strip').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 20, { steps: 4 });
    await page.mouse.up();
    const hash = new URLSearchParams(new URL(page.url()).hash.slice(1));
    const [from, to] = [Number(hash.get('from')), Number(hash.get('to'))];
    expect(to - from).toBeGreaterThan(10);
    const expected = recorded(run, `http.response/${route}`, from, to);
    const shown = await routeRow(page, route);
    expect(shown.count).toBe(expected.count);
    expect(shown.count).toBeLessThan(before.count);
    expect(Math.abs(shown.p95Ms / expected.p95Ms - 1)).toBeLessThan(0.012);
    const confirmed = run.cells[0]!.series.filter(({ second }) => second >= from && second < to).reduce(
      (sum, row) => sum + rowCount(row, 'ordersConfirmed'),
      0,
    );
    const perHour = Math.round((confirmed / (to - from)) * 3600).toLocaleString('en-US');
    expect(await page.locator('[data-live="value orders.perHour"]').textContent()).toBe(perHour);
    await page.locator('#span-reset').click();
    expect(await routeRow(page, route)).toEqual(before);
    expect(page.url()).not.toContain('#');
    expect(complaints).toEqual([]);
  });

  test('the keyboard chooses a span, the address keeps it, one click drills down to a route', async () => {
    const { page, complaints, run } = await open({ scenario: 'drill', durationSeconds: 40 }, 390);
    await page.locator('#view-bar input[name=from]').focus();
    for (let press = 0; press < 30; press++) await page.keyboard.press('ArrowRight');
    await page.waitForURL(/from=10\b/);
    await page.reload();
    await page.waitForSelector('html[data-drawn=yes]');
    const hash = new URLSearchParams(new URL(page.url()).hash.slice(1));
    const [from, to] = [Number(hash.get('from')), Number(hash.get('to'))];
    expect(from).toBe(10);
    const { count } = recorded(run, 'http.response/GET /search', from, to);
    expect((await routeRow(page, 'GET /search')).count).toBe(count);
    await page.locator('#routes button.drill').filter({ hasText: 'GET /search' }).click();
    expect(await page.locator('figure[data-chart=route] h3').textContent()).toBe(
      'Response time of GET /search',
    );
    expect(await page.locator('figure[data-chart=route-load] canvas').getAttribute('aria-label')).toMatch(
      /failed: from/,
    );
    await page.locator('#routes button.drill').filter({ hasText: 'GET /cart' }).click();
    // Signing in takes longer, but twenty of them are too few for a p99.
    expect(await page.locator('td[data-live="p99 http.response/POST /sessions"]').textContent()).toBe(
      'too few',
    );
    await page.locator('#view-bar [data-jump=slowest-route]').click();
    expect(page.url()).toContain('metric=http.response%2FGET+%2Fsearch');
    expect(await overflowPixels(page)).toBe(0);
    expect(complaints).toEqual([]);
  });
});
