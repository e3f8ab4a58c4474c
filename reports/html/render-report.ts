// Makes the page of a run: one HTML file with styles, scripts and compressed data inside, nothing from the network.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FinishedRun } from '../record/read-run.ts';
import { buildPageData } from './data/build-page-data.ts';
import { html } from './markup/markup.ts';
import { bundleClient } from './page/bundle-client.ts';
import { pageDocument } from './page/document.ts';
import { pageBody } from './page-body.ts';

const compress = promisify(gzip);

/** The whole page as text. */
export async function renderReport(run: FinishedRun): Promise<string> {
  const bundling = bundleClient(join(import.meta.dirname, 'client', 'main.ts'), 'iife');
  const { data: columns, histograms } = buildPageData(run);
  const [script, style, data] = await Promise.all([
    bundling,
    readFile(join(import.meta.dirname, 'report.css'), 'utf8'),
    compress(JSON.stringify(columns), { level: 9 }),
  ]);
  return pageDocument({
    title: `${run.result.verdict} · ${run.manifest.title}`,
    style,
    body: pageBody(run),
    script: {
      text: script,
      data: html`<script type="application/octet-stream" id="page-data">${data.toString('base64')}</script>
<script type="application/octet-stream" id="page-histograms">${histograms.toString('base64')}</script>`,
    },
  });
}
