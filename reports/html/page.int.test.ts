// Opens real pages from disk in Chromium: what cannot be seen in their text is whether they draw and fit.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
import { type FinishedRun, readFinishedRun } from '../record/read-run.ts';
import { rowCount } from '../record/series.ts';
import { type SyntheticOptions, writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { clientBuild } from './page/bundle-client.ts';
import { renderReport } from './render-report.ts';

describeInBrowser('pages in a browser', () => {
  const root = temporaryFolder();
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser([clientBuild(join(import.meta.dirname, 'client', 'main.ts'), 'iife')]);
  });

  async function open(options: Omit<SyntheticOptions, 'root'>, width: number) {
    const file = join(root, `${options.scenario}.html`);
    const run = readFinishedRun(writeSyntheticRun({ root, ...options }));
    writeFileSync(file, await renderReport(run));
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request to ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('html[data-drawn=yes]', { timeout: 90_000 });
    return { page, complaints, run };
  }

  /** Names of the charts that are shown without a single painted pixel, and the number of those shown. */
  function charts(page: Page) {
    return page.evaluate(`(() => {
      const shown = [...document.querySelectorAll('figure[data-chart]')].filter((figure) => !figure.querySelector('.plot').hidden);
      const isBlank = (canvas) => !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0);
      return { shown: shown.length, blank: shown.filter((figure) => isBlank(figure.querySelector('canvas'))).map((figure) => figure.dataset.chart) };
    })()`);
  }

  function overflowPixels(page: Page) {
    return page.evaluate('document.documentElement.scrollWidth - innerWidth');
  }

  test('a page opened from disk draws every chart, complains about nothing and asks nobody', async () => {
    const { page, complaints } = await open({ scenario: 'whole', durationSeconds: 60 }, 1280);
    expect(await page.locator('.verdict .word').isVisible()).toBe(true);
    expect(await page.locator('.verdict .word').textContent()).toBe('✓ PASS');
    expect(await charts(page)).toEqual({ shown: 13, blank: [] });
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
    expect(await charts(page)).toEqual({ shown: 15, blank: [] });
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
