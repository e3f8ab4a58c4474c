// Draws the plots of docs/history.md: runs the five queries on the history in DATABASE_URL and photographs the page's own
// charts in Chromium, into the folder that is given. `node scenarios/history/plots/main.ts docs/history`
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { HistoryPage } from '../../../reports/history/history-page.ts';
import { renderHistory } from '../../../reports/history/render-history.ts';
import { withClient } from '../../data/databases.ts';
import { YEAR_QUERIES } from './year-queries.ts';

const EXIT_USAGE = 3;
const VIEWPORT = { width: 780, height: 900 };

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
      const tab = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'light' });
      await tab.goto(pathToFileURL(file).href);
      await tab.waitForSelector('html[data-drawn=yes]');
      for (const { id } of page.charts)
        await tab.locator(`#${id}`).screenshot({ path: join(out, `${id}.png`) });
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
