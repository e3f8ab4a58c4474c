// The gallery in Chromium: what cannot be seen in its text is whether it filters, draws, fits and asks nobody else.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { clientBuild } from '../html/page/bundle-client.ts';
import { createRunDirectory } from '../record/run-directory.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type Gallery, serveGallery } from './server.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = '<img src=x onerror=alert(1)>'.repeat(3);
const day = (number: number) => new Date(Date.UTC(2025, 10, number));

/** Five runs of peak-hour (one missed its limit, one aborted), one of another scenario, one broken. */
function writeRuns(root: string): void {
  for (const number of [1, 2, 3]) {
    const verdict = number === 2 ? 'FAIL' : 'PASS';
    writeSyntheticRun({ root, startedAt: day(number), seed: number, durationSeconds: 20, verdict });
  }
  const variants = ['direct', 'kafka'];
  const options = { root, scenario: 'kafka-on-off', variants, durationSeconds: 5, hostileText: HOSTILE };
  writeSyntheticRun({ ...options, startedAt: day(4) });
  const unfinished = writeSyntheticRun({ root, startedAt: day(5), durationSeconds: 20 });
  rmSync(join(unfinished, 'result.json'));
  const status = { schemaVersion: 1, scenario: 'peak-hour', startedAt: day(5).toISOString() };
  writeFileSync(
    join(unfinished, 'status.json'),
    JSON.stringify({ ...status, state: 'aborted', finishedAt: day(5).toISOString(), reason: HOSTILE }),
  );
  mkdirSync(join(root, '2025-11-06T000000Z-broken'));
  createRunDirectory({ root, scenario: 'peak-hour', startedAt: day(7) });
}

describeInBrowser('the gallery in a browser', () => {
  const root = temporaryFolder();
  let browser: TestBrowser;
  let gallery: Gallery;
  beforeAll(async () => {
    writeRuns(root);
    gallery = await serveGallery({ root, port: 0 });
    browser = await launchBrowser([
      clientBuild(join(import.meta.dirname, 'client', 'main.ts'), 'esm'),
      clientBuild(join(import.meta.dirname, '../html/client/main.ts'), 'iife'),
    ]);
  });
  afterAll(() => gallery?.close());

  async function open(path: string, width: number, colorScheme: 'light' | 'dark' = 'light') {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(gallery.url) || request.url().startsWith('data:');
      if (!isOwn) complaints.push(`request to ${request.url()}`);
    });
    await page.goto(gallery.url + path);
    return { page, complaints };
  }

  const shownRuns = (page: Page) => page.locator('.run:visible').count();
  const overflowPixels = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

  /** What axe finds of a page that keeps somebody from it. */
  async function serious(page: Page): Promise<string[]> {
    return page.evaluate<string[]>(
      `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`,
    );
  }

  /** Number of trend charts that are to be seen, and of those without a painted pixel. */
  function trends(page: Page) {
    return page.evaluate(`(() => {
      const shown = [...document.querySelectorAll('.trend canvas')].filter((canvas) => canvas.closest('[hidden]') === null);
      const isBlank = (canvas) => !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0);
      return { shown: shown.length, blank: shown.filter(isBlank).length };
    })()`);
  }

  test('all runs are listed newest first, trends are drawn, and nothing complains', async () => {
    const { page, complaints } = await open('', 1280);
    await page.waitForSelector('html[data-ready=yes]');
    expect(await page.locator('.run .run-head .judgement').allTextContents()).toEqual([
      '… RUNNING',
      '? UNREADABLE',
      '■ ABORTED',
      '✓ PASS',
      '✓ PASS',
      '✗ FAIL',
      '✓ PASS',
    ]);
    expect(await trends(page)).toEqual({ shown: 4, blank: 0 });
    expect(complaints).toEqual([]);
  });

  test('the filter works at once, stays in the address and is there again after a reload', async () => {
    const { page, complaints } = await open('', 1280);
    await page.waitForSelector('html[data-ready=yes]');
    await page.locator('select[name=scenario]').selectOption('peak-hour');
    expect(await shownRuns(page)).toBe(5);
    expect(await page.locator('.trend-group:visible h3').allTextContents()).toEqual(['peak-hour']);
    expect(await trends(page)).toEqual({ shown: 4, blank: 0 });
    await page.locator('select[name=verdict]').selectOption('PASS');
    await page.locator('input[name=words]').fill('2025-11-03 limits');
    expect(await shownRuns(page)).toBe(1);
    expect(page.url()).toBe(`${gallery.url}?scenario=peak-hour&verdict=PASS&words=2025-11-03+limits`);
    await page.reload();
    await page.waitForSelector('html[data-ready=yes]');
    expect(await shownRuns(page)).toBe(1);
    expect(await page.locator('#shown-count').textContent()).toBe('1 of 7 runs');
    await page.locator('input[name=words]').fill('nothing like it');
    expect(await page.locator('#nothing-shown').isVisible()).toBe(true);
    expect(await page.locator('#trends').isVisible()).toBe(false);
    await page.locator('input[name=words]').fill('');
    expect(await page.locator('#trends').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('two chosen runs stand side by side, without a verdict', async () => {
    const { page, complaints } = await open('?scenario=peak-hour', 1280);
    await page.waitForSelector('html[data-ready=yes]');
    const button = page.locator('#compare button');
    const boxes = page.locator('.run:visible input[type=checkbox]');
    expect(await button.isDisabled()).toBe(true);
    await boxes.nth(4).check();
    await boxes.nth(2).check();
    await boxes.nth(3).check();
    expect(await boxes.nth(4).isChecked()).toBe(false);
    await button.click();
    await page.waitForURL(/\/compare\?/);
    expect(await page.locator('.verdict .word').textContent()).toBe(
      '⊘ No verdict: two single runs settle nothing',
    );
    expect(await page.locator('#side-older a').getAttribute('href')).toContain('2025-11-02T');
    expect(await page.locator('.first-three .tile').count()).toBe(3);
    const order = await page
      .locator('main > section, main > div')
      .evaluateAll((parts) => parts.map((part) => part.id || part.className));
    expect(order).toEqual(['first-three', 'differences', 'sides', 'metrics', 'limits']);
    expect(await page.locator('#metrics tbody tr').first().textContent()).toMatch(/HTTP response p50.*× /s);
    expect(await page.locator('#limits').textContent()).toContain('✗ crossed');
    expect(await page.locator('#differences tbody th').allTextContents()).toEqual(['seed']);
    expect(complaints).toEqual([]);
  });

  test('a run opens its own page, and a point of a trend opens its run', async () => {
    const { page, complaints } = await open('?scenario=peak-hour', 1280);
    await page.waitForSelector('html[data-ready=yes]');
    await page.locator('.run[data-verdict=FAIL] a').click();
    await page.waitForSelector('html[data-drawn=yes]');
    expect(await page.locator('.verdict .word').textContent()).toBe('✗ FAIL');
    await page.goBack();
    await page.waitForSelector('html[data-ready=yes]');
    await page.locator('.run[data-verdict=ABORTED] a').click();
    expect(await page.locator('.banner').textContent()).toContain('■ ABORTED');
    await page.goBack();
    await page.waitForSelector('html[data-ready=yes]');
    const box = await page.locator('.trend canvas:visible').first().boundingBox();
    await page
      .locator('.trend canvas:visible')
      .first()
      .click({ position: { x: box!.width - 60, y: 100 } });
    await page.waitForURL(/\/runs\/2025-11-03T/);
    expect(complaints).toEqual([]);
  });

  test('no page scrolls sideways or shuts anybody out, narrow or wide, light or dark, with hostile words', async () => {
    const runs = ['2025-11-01T000000Z-peak-hour', '2025-11-04T000000Z-kafka-on-off'];
    const compared = [
      `compare?run=${runs[0]}&run=${runs[1]}`,
      `compare?run=${runs[0]}&run=2025-11-02T000000Z-peak-hour`,
    ];
    const paths = ['', '?words=nothing', ...compared, 'runs/2025-11-05T000000Z-peak-hour'];
    for (const path of paths) {
      const { page, complaints } = await open(path, 390);
      await page.evaluate(AXE);
      for (const width of [390, 1280]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          const found = [await overflowPixels(page), complaints, await serious(page)];
          expect([path, width, colorScheme, ...found]).toEqual([path, width, colorScheme, 0, [], []]);
        }
      }
      await page.close();
    }
  });
});
