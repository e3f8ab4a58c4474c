// Opens real pages from disk in Chromium: what cannot be seen in their text is whether they draw and fit.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFinishedRun } from '../record/read-run.ts';
import { type SyntheticOptions, writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { renderReport } from './render-report.ts';

const CHROMIUM = '/usr/bin/chromium';
const isMissing = !existsSync(CHROMIUM);
if (isMissing && process.env.CI === 'true')
  throw new Error(`found no ${CHROMIUM}, needed it: apt-get install chromium`);

describe.skipIf(isMissing)(
  isMissing ? `pages in a browser (skipped: no ${CHROMIUM})` : 'pages in a browser',
  () => {
    const root = temporaryFolder();
    let browser: Browser;
    beforeAll(async () => {
      const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
      const args = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        ...quiet,
      ];
      browser = await chromium.launch({ executablePath: CHROMIUM, args });
    });
    afterAll(() => browser?.close());

    async function open(options: Omit<SyntheticOptions, 'root'>, width: number) {
      const file = join(root, `${options.scenario}.html`);
      writeFileSync(file, await renderReport(readFinishedRun(writeSyntheticRun({ root, ...options }))));
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request to ${request.url()}`);
      });
      await page.goto(pathToFileURL(file).href);
      await page.waitForSelector('html[data-drawn=yes]', { timeout: 15_000 });
      return { page, complaints };
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
      expect(await charts(page)).toEqual({ shown: 11, blank: [] });
      expect(await page.locator('figure[data-chart="orders"] canvas').getAttribute('aria-label')).toContain(
        'orders per second',
      );
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
      expect(await page.locator('.of-variant[data-variant=direct]:visible').count()).toBe(0);
      const routes = page.locator('.of-variant[data-variant=kafka] table.sortable');
      await routes.locator('thead button').filter({ hasText: 'Route' }).click();
      expect(await routes.locator('tbody th').first().textContent()).toBe('GET /cart');
      expect(await overflowPixels(page)).toBe(0);
      expect(complaints).toEqual([]);
    });
  },
);
