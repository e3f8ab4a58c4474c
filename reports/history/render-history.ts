// Makes the page of a generated year: one HTML file with styles, script and data inside, nothing from the network.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatNumber } from '../format/format.ts';
import { html, type Markup, raw } from '../html/markup/markup.ts';
import { bundleClient } from '../html/page/bundle-client.ts';
import { pageDocument } from '../html/page/document.ts';
import type { HistoryChart, HistoryPage } from './history-page.ts';

const HTML_FOLDER = join(import.meta.dirname, '../html');

/** The whole page as text. */
export async function renderHistory(page: HistoryPage): Promise<string> {
  const [script, reportStyle, style] = await Promise.all([
    bundleClient(join(HTML_FOLDER, 'client', 'history-page.ts'), 'iife'),
    readFile(join(HTML_FOLDER, 'report.css'), 'utf8'),
    readFile(join(import.meta.dirname, 'history.css'), 'utf8'),
  ]);
  const data = JSON.stringify(page.charts).replaceAll('<', '\\u003c');
  return pageDocument({
    title: page.title,
    style: `${reportStyle}${style}`,
    body: html`<main>
<header><h1>${page.title}</h1><p class="lead">${page.lead}</p></header>
${factList(page)}
<noscript><p class="aside">The charts are drawn by this page's own script, which is switched off here.</p></noscript>
<section class="history-charts" aria-label="Charts">
${page.charts.map(figure)}
</section>
${rowTable(page)}
</main>`,
    script: {
      text: script,
      data: html`<script type="application/json" id="history-data">${raw(data)}</script>`,
    },
  });
}

function factList({ facts }: HistoryPage): Markup {
  return html`<dl class="history-facts">${facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Bars with names need the page's whole width for them. */
const MOST_NAMES_IN_A_COLUMN = 13;

function figure({ id, title, note, kind, xs }: HistoryChart): Markup {
  const isWide = kind === 'bar' && typeof xs[0] === 'string' && xs.length > MOST_NAMES_IN_A_COLUMN;
  return html`<figure${raw(isWide ? ' class="wide"' : '')} id="${id}" data-history-chart="${id}">
<h2>${title}</h2>
<div class="history-plot"><canvas role="img" aria-label="${title}"></canvas></div>
<figcaption>${note}</figcaption>
</figure>
`;
}

function rowTable({ tables }: HistoryPage): Markup {
  return html`<section aria-labelledby="rows"><h2 id="rows">What was made</h2>
<p class="aside">The same seed and options give the same checksums.</p>
<div class="table-frame"><table><thead><tr><th scope="col">table</th><th scope="col" class="number">rows</th><th scope="col">checksum</th></tr></thead>
<tbody>${tables.map(({ label, rowCount, checksum }) => html`<tr><td>${label}</td><td class="number">${formatNumber(rowCount)}</td><td><code>${checksum}</code></td></tr>`)}</tbody>
</table></div></section>`;
}
