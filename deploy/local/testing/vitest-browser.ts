// Chromium for the tests that open pages as their readers would. Without one these tests are left out, and say so; in CI
// they fail instead.
import type { BuildOptions } from 'esbuild';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { BROWSER_ARGUMENTS, findBrowser } from '../programs/find-browser.ts';
import { collectBrowserCoverage } from './browser-coverage.ts';
import { describeIfFound } from './vitest-program.ts';

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

/** On a shared machine a limit tells that something hangs, not that it is slow. */
const WAITS_AT_MOST_MS = 60_000;

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
  const browser: Browser = await chromium.launch({
    executablePath: found.path,
    args: [...BROWSER_ARGUMENTS],
  });
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
      context.setDefaultTimeout(WAITS_AT_MOST_MS);
      const page = await context.newPage();
      await coverage.start(page);
      return page;
    },
  };
}
