// The gallery: every run with its verdict and figures, newest first, a filter above and the trends below.

import { countOf } from '../format/format.ts';
import { html, type Markup, raw } from '../html/markup/markup.ts';
import { ENTRY_WORDS, entryWordText, findableOf } from './entry-words.ts';
import { galleryRow } from './gallery-row.ts';
import { standingsOf } from './like-runs.ts';
import { type GalleryEntry, scenarioOfEntry, wordOfEntry } from './list-entries.ts';
import { pageShell } from './page-shell.ts';
import { matchesFilter, type RunFilter } from './run-filter.ts';
import { trendSection } from './trend-section.ts';
import { trendsOf } from './trends.ts';

/** @param entries newest first */
export function galleryPage(entries: GalleryEntry[], filter: RunFilter, root: string): string {
  const trends = trendsOf(entries);
  const shownCount = entries.filter((entry) => matchesFilter(filter, findableOf(entry))).length;
  const body = html`<header>
<p class="run-line">Stampede <span>${root}</span></p>
<h1>All runs</h1>
</header>
${entries.length === 0 ? noRuns(root) : html`${filterForm(entries, filter, shownCount)}${runList(entries, filter)}${trendSection(entries, trends, filter.scenario, shownCount > 0)}`}`;
  return pageShell({ title: 'All runs', body, data: dataBlock(trends) });
}

function noRuns(root: string): Markup {
  return html`<p class="message">There is no run in <code>${root}</code> yet. <code>npm run scenario -- peak-hour</code> makes one, or <code>stampede scenario peak-hour</code> where it is installed as a package; then load this page again.</p>`;
}

function filterForm(entries: GalleryEntry[], filter: RunFilter, shownCount: number): Markup {
  const scenarios = [...new Set(entries.map(scenarioOfEntry))].sort();
  const present = new Set(entries.map(wordOfEntry));
  const words = ENTRY_WORDS.filter((word) => present.has(word) || word === filter.verdict);
  const option = (value: string, text: string, chosen: string) =>
    html`<option value="${value}"${value === chosen ? html` selected` : null}>${text}</option>`;
  return html`<form class="gallery-filter" id="filter" action="/" role="search">
<label>Scenario <select name="scenario">${option('', 'all', filter.scenario)}${scenarios.map((name) => option(name, name, filter.scenario))}</select></label>
<label>Verdict <select name="verdict">${option('', 'all', filter.verdict)}${words.map((word) => option(word, entryWordText(word), filter.verdict))}</select></label>
<label class="words">Words <input type="search" name="words" value="${filter.words}" placeholder="answer, commit, override …" maxlength="200" autocomplete="off"></label>
<noscript><button>Show</button></noscript>
<output id="shown-count">${shownCount} of ${countOf(entries.length, 'run')}</output>
</form>`;
}

function runList(entries: GalleryEntry[], filter: RunFilter): Markup {
  const standings = standingsOf(entries);
  const isNothingShown = !entries.some((entry) => matchesFilter(filter, findableOf(entry)));
  return html`<form class="compare-bar" id="compare" action="/compare">
<button>Set two runs side by side</button> <span id="compare-hint" class="aside">Tick two runs below.</span>
</form>
<ul class="runs">
${entries.map((entry) => galleryRow(entry, findableOf(entry), filter, standings.get(entry.name)))}
</ul>
<p class="message" id="nothing-shown"${isNothingShown ? null : html` hidden`}>No run fits this filter. <a href="/">Show all</a></p>`;
}

/** Data for the page's script; `<` cannot end the element early. */
function dataBlock(trends: unknown): Markup {
  const json = JSON.stringify(trends).replaceAll('<', '\\u003c');
  return html`<script type="application/json" id="trend-data">${raw(json)}</script>`;
}
