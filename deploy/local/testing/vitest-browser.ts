// Chromium for the tests that open pages as their readers would. Without one these tests are left out, and say so; in CI
// they fail instead.
import { existsSync } from 'node:fs';
import type { BuildOptions } from 'esbuild';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { collectBrowserCoverage } from './browser-coverage.ts';
import { describeIfFound } from './vitest-program.ts';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type BrowserSearch = { path: string } | { missing: string };

/** Where Chromium is: at CHROMIUM_PATH, else in the usual places; or one line about what to do. */
export function findBrowser(
  environment: { CHROMIUM_PATH?: string | undefined },
  exists: (path: string) => boolean = existsSync,
): BrowserSearch {
  const wanted = environment.CHROMIUM_PATH;
  const places = wanted ? [wanted] : USUAL_PLACES;
  const path = places.find(exists);
  if (path) return { path };
  const advice = 'apt-get install chromium, or name one in CHROMIUM_PATH';
  return { missing: `found no Chromium at ${wanted ?? USUAL_PLACES[0]}, needed one: ${advice}` };
}

/** Tests in Chromium, or none where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  describeIfFound(findBrowser(process.env), name, () => {
    afterAll(closeBrowsers);
    tests();
  });
}

export type TestBrowser = {
  /** A page of somebody new: with storage of its own, which other pages of its context share. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
};

const closings: (() => Promise<void>)[] = [];

async function closeBrowsers(): Promise<void> {
  for (const close of closings.splice(0)) await close();
}

/**
 * A browser for the tests of a `describeInBrowser`, closed after them. Call it in their `beforeAll`.
 * @param clients how the scripts of the pages are bundled: what is reached of them counts as covered
 */
export async function launchBrowser(clients: readonly BuildOptions[]): Promise<TestBrowser> {
  const found = findBrowser(process.env);
  if ('missing' in found) throw new Error(found.missing);
  const browser: Browser = await chromium.launch({ executablePath: found.path, args: ARGUMENTS });
  const coverage = collectBrowserCoverage(clients);
  closings.push(async () => {
    try {
      await coverage.finish();
    } finally {
      await browser.close();
    }
  });
  return {
    async newPage(options) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await coverage.start(page);
      return page;
    },
  };
}
