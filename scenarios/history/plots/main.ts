// Draws the plots of docs/history.md: runs the five queries on the history in DATABASE_URL and photographs the page's own
// charts in Chromium, light and dark with a margin, into the folder that is given. `node scenarios/history/plots/main.ts docs/history`
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import type { HistoryPage } from '../../../reports/history/history-page.ts';
import { renderHistory } from '../../../reports/history/render-history.ts';
import { withClient } from '../../data/databases.ts';
import { YEAR_QUERIES } from './year-queries.ts';

const EXIT_USAGE = 3;
/** High enough for all of them: nothing is scrolled. */
const VIEWPORT = { width: 780, height: 2_600 };
/** Around each chart, so that it stands free of the text beside it. */
const MARGIN_PIXELS = 20;
const SCHEMES = { light: '', dark: '-dark' } as const;

async function readPage(databaseUrl: string): Promise<HistoryPage> {
  const charts = await withClient(databaseUrl, async (client) => {
    const plotted: HistoryPage['charts'][number][] = [];
    for (const { sql, plot } of YEAR_QUERIES) {
      const asText = { getTypeParser: () => (value: string) => value };
      plotted.push(plot((await client.query<Record<string, string>>({ text: sql, types: asText })).rows));
    }
    return plotted;
  });
  return { title: 'Five queries', lead: '', facts: [], tables: [], charts };
}

/** One chart with its margin, and nothing of what stands beside it. */
async function photographAlone(tab: Page, id: string, path: string): Promise<void> {
  await tab.evaluate(
    `for (const each of document.querySelectorAll('main, main *')) each.style.visibility = each.closest('#${id}') ? 'visible' : 'hidden';`,
  );
  const found = await tab.locator(`#${id}`).boundingBox();
  const { x, y, width, height } = found ?? { x: MARGIN_PIXELS, y: MARGIN_PIXELS, ...VIEWPORT };
  const margin = 2 * MARGIN_PIXELS;
  const clip = { x: x - MARGIN_PIXELS, y: y - MARGIN_PIXELS, width: width + margin, height: height + margin };
  await tab.screenshot({ path, clip });
}

async function photograph(page: HistoryPage, out: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stampede-plots-'));
  try {
    const file = join(folder, 'plots.html');
    await writeFile(file, await renderHistory(page));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        const tab = await browser.newPage({ viewport: VIEWPORT, colorScheme });
        await tab.goto(pathToFileURL(file).href);
        await tab.waitForSelector('html[data-drawn=yes]');
        for (const { id } of page.charts)
          await photographAlone(tab, id, join(out, `${id}${SCHEMES[colorScheme]}.png`));
      }
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  const [out] = process.argv.slice(2);
  const databaseUrl = process.env.DATABASE_URL;
  if (out === undefined || databaseUrl === undefined) {
    throw new Error(
      'Found no folder or no DATABASE_URL; needed are a folder for the plots and a database that npm run history filled. Next: DATABASE_URL=… node scenarios/history/plots/main.ts docs/history',
    );
  }
  await mkdir(resolve(out), { recursive: true });
  await photograph(await readPage(databaseUrl), resolve(out));
} catch (error) {
  process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT_USAGE;
}
