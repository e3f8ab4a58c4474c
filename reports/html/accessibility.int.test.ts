// Every state of the page, narrow and wide, light and dark: axe finds nothing serious, and nothing makes the page scroll sideways.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const STATES: Record<string, Omit<SyntheticOptions, 'root' | 'scenario'>> = {
  pass: { durationSeconds: 12 },
  fail: { durationSeconds: 12, verdict: 'FAIL' },
  invalid: { durationSeconds: 6, verdict: 'INVALID' },
  'audit-failed': { durationSeconds: 6, verdict: 'AUDIT_FAILED' },
  undecided: { durationSeconds: 6, verdict: 'UNDECIDED' },
  fault: { durationSeconds: 40, hasFault: true },
  comparison: {
    durationSeconds: 6,
    variants: ['direct', 'kafka'],
    levels: ['light', 'heavy'],
    blockCount: 3,
  },
  caches: { durationSeconds: 6, variants: ['none', 'read-through'], cacheStudy: syntheticCacheStudy },
};

describeInBrowser('every state of the page', () => {
  const root = temporaryFolder();
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser([clientBuild(join(import.meta.dirname, 'client', 'main.ts'), 'iife')]);
  });

  test.for(Object.entries(STATES))('%s can be read by everybody', async ([scenario, options]) => {
    const { page } = await openSynthetic(browser, { root, scenario, ...options }, 1280);
    await page.evaluate(AXE);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await seriousFindings(page, colorScheme), `${width} px, ${colorScheme}`).toEqual([]);
      }
      expect(await overflowPixels(page), `${width} px`).toBe(0);
      expect(await bannerCoveredPixels(page), `${width} px`).toBe(0);
    }
    await page.close();
  });
});

/** How much of a banner the list of contents hides once the reader has scrolled; 0 where there is none. */
function bannerCoveredPixels(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    scrollTo(0, 700);
    const [banner, contents] = ['.banner', '.contents'].map((name) => document.querySelector(name)?.getBoundingClientRect());
    const covered = banner && contents ? Math.min(banner.bottom, contents.bottom) - Math.max(banner.top, contents.top, 0) : 0;
    scrollTo(0, 0);
    return Math.max(0, Math.round(covered));
  })()`);
}

/** What axe calls serious or critical, with the first place where it was found; the dark page differs in its colours only. */
function seriousFindings(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const rules = colorScheme === 'light' ? '' : `, runOnly: { type: 'rule', values: ['color-contrast'] }`;
  return page.evaluate(`axe.run(document, { resultTypes: ['violations']${rules} }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.length + ' times, first ' + nodes[0].html.slice(0, 160)))`);
}
