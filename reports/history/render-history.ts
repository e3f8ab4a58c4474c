// Makes the page of a generated year: one HTML file with styles, script and data inside, nothing from the network.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { formatNumber } from '../format.ts';
import { html, type Markup, raw } from '../html/markup.ts';
import type { HistoryChart, HistoryPage } from './history-page.ts';

const HTML_FOLDER = join(import.meta.dirname, '../html');

/** The whole page as text. The content security policy allows this page's own script and nothing from elsewhere. */
export async function renderHistory(page: HistoryPage): Promise<string> {
  const [script, reportStyle, style] = await Promise.all([
    bundleClient(),
    readFile(join(HTML_FOLDER, 'report.css'), 'utf8'),
    readFile(join(import.meta.dirname, 'history.css'), 'utf8'),
  ]);
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  const data = JSON.stringify(page.charts).replaceAll('<', '\\u003c');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Stampede">
<title>${page.title} · Stampede</title>
<style>${raw(reportStyle)}${raw(style)}</style>
</head>
<body>
<main>
<header><h1>${page.title}</h1><p class="lead">${page.lead}</p></header>
${factList(page)}
<section class="history-charts" aria-label="Charts">
${page.charts.map(figure)}
</section>
${rowTable(page)}
</main>
<script type="application/json" id="history-data">${raw(data)}</script>
<script>${raw(script)}</script>
</body>
</html>
`.markup;
}

function factList({ facts }: HistoryPage): Markup {
  return html`<dl class="history-facts">${facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function figure({ id, title, note }: HistoryChart): Markup {
  return html`<figure id="${id}" data-history-chart="${id}">
<h2>${title}</h2>
<div class="history-plot"><canvas role="img" aria-label="${title}"></canvas></div>
<figcaption>${note}</figcaption>
</figure>
`;
}

function rowTable({ tables }: HistoryPage): Markup {
  return html`<section aria-labelledby="rows"><h2 id="rows">What was made</h2>
<div class="table-frame"><table><thead><tr><th scope="col">table</th><th scope="col" class="number">rows</th></tr></thead>
<tbody>${tables.map(({ label, rowCount }) => html`<tr><td>${label}</td><td class="number">${formatNumber(rowCount)}</td></tr>`)}</tbody>
</table></div></section>`;
}

async function bundleClient(): Promise<string> {
  const entry = join(HTML_FOLDER, 'client', 'history-page.ts');
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  const [file] = bundle.outputFiles;
  if (!file) throw new Error(`${entry}: found no output of esbuild, needed one script`);
  return file.text.trim();
}
