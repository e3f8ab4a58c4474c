// A synthetic run's page in the test's browser.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { readFinishedRun } from '../../record/read-run.ts';
import { type SyntheticOptions, writeSyntheticRun } from '../../testing/synthetic-run.ts';
import { renderReport } from '../render-report.ts';

/** Writes the run and its page and opens it from disk; `complaints` takes what goes wrong in it, requests among it. */
export async function openSynthetic(
  browser: Pick<Browser, 'newPage'>,
  options: SyntheticOptions,
  width: number,
) {
  const file = join(options.root, `${options.scenario}.html`);
  const run = readFinishedRun(writeSyntheticRun(options));
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

/** How far the page is wider than its window. */
export function overflowPixels(page: Page) {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}
