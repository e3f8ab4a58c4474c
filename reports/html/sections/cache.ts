// What caches hit in theory, in the replay and live; then over time what the cache of each variant answered, how long either
// way took, and how old its answers were.
import { countOf, formatMs, formatNumber, formatPercent } from '../../format/format.ts';
import type { CacheStudy, CacheStudyRow, Pages } from '../../record/cache-study.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { cacheWarnings, flushText, memoryText, pointsText, refreshText } from '../../words/cache-words.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { cacheCharts, lawLabel } from '../data/cache-charts.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure, labelledTable, section, table } from './layout.ts';
import { timeCharts } from './time-charts.ts';

/** Nothing for a run in which no variant had a cache. */
export function cacheSection(run: FinishedRun): Markup | null {
  const variants = Object.values(run.result.variants);
  if (variants.every(({ metrics }) => plainValueOf(metrics, 'cache.hitRatio') === undefined)) return null;
  return section(
    'cache',
    'Cache',
    html`<div class="pair">${timeCharts('cache', run.result.variants)}</div>`,
    'As the shoppers saw it: the shop says of each product page and list whether its cache answered, and how old the answer was.',
  );
}

/** Nothing for a run that replayed nothing. */
export function cacheStudySection({ result }: FinishedRun): Markup | null {
  const { cacheStudy } = result;
  if (cacheStudy === undefined) return null;
  const figures = cacheCharts(result).map(({ id, title }) =>
    chartFigure({
      chart: `curve/${id}`,
      title,
      note: 'share of reads; with points: replayed; without: in theory',
      empty: 'Nothing was replayed.',
    }),
  );
  return section(
    'cache-study',
    'What a cache can hit',
    html`<div class="pair">${figures}</div>${liveTable(cacheStudy)}${recordNote(result)}${momentsTable(cacheStudy)}${studyTable(cacheStudy.rows)}`,
    `${cacheStudy.productCount.toLocaleString('en')} products, read independently of each other, and ${formatPercent(cacheStudy.writesPerRead, 0)} as many changes of price or stock as reads; no service took part. The replay lies within ${points(cacheStudy.largestResidualRatio)} of theory (needed: ${points(cacheStudy.limitRatio)}).`,
  );
}

const points = (ratio: number): string => `± ${(100 * ratio).toFixed(1)} points`;
const ratioText = (ratio: number | null): string => (ratio === null ? '–' : formatPercent(ratio, 1));

/** The run's own caches beside the replay of what they were asked, and beside theory of its popularity. */
function liveTable({ live }: CacheStudy): Markup | null {
  if (live.length === 0) return null;
  const columns = [
    { label: 'Hit, live' },
    { label: 'Replayed' },
    { label: 'In theory' },
    { label: 'Live less theory' },
    { label: 'Redis' },
    { label: 'May lag behind', isText: true },
  ];
  const rows = live.map(
    ({ variant, size, hitRatio, replayedHitRatio, expectedHitRatio, redisMb, staleness }) => {
      const residual = hitRatio === null || expectedHitRatio === null ? null : hitRatio - expectedHitRatio;
      return {
        name: html`${variant}${hitRatio === null ? null : html`<small>${size.toLocaleString('en')} entries</small>`}`,
        cells: [
          ratioText(hitRatio),
          ratioText(replayedHitRatio ?? null),
          ratioText(expectedHitRatio),
          residual === null ? '–' : pointsText(residual),
          redisMb == null ? '–' : memoryText(redisMb),
          staleness,
        ],
      };
    },
  );
  return labelledTable('Product pages of this run', columns, rows, 'cache-live');
}

/** What a refresh cost, and how product pages went at the moment of expiry and around a flush, each beside the rest. */
function momentsTable({ live, flush }: CacheStudy): Markup | null {
  const line = (name: string, what: string, pages: Pages) => ({
    name: html`${name}<small>${what}</small>`,
    cells: [
      ratioText(pages.hitRatio),
      formatNumber(pages.databaseReadsPerSecond, 1),
      pages.p50Ms === null ? '–' : formatMs(pages.p50Ms),
      pages.p95Ms === null ? '–' : formatMs(pages.p95Ms),
    ],
  });
  const lines = [
    ...live.flatMap(({ variant, expiry }) =>
      expiry == null
        ? []
        : [
            line(variant, `${expiry.what}: ${expiry.within.seconds} s`, expiry.within),
            line(variant, `the other ${expiry.otherwise.seconds} s`, expiry.otherwise),
          ],
    ),
    ...(flush === undefined
      ? []
      : [
          line(flush.variant, `${flush.before.seconds} s before Redis was flushed`, flush.before),
          line(flush.variant, `${flush.after.seconds} s after it`, flush.after),
        ]),
  ];
  const sentences = [
    ...live.flatMap((cache) => {
      const refreshes = refreshText(cache);
      return refreshes === null ? [] : [`${cache.variant}: ${refreshes}.`];
    }),
    ...(flush === undefined ? [] : [`${flushText(flush)}.`]),
  ];
  if (lines.length === 0 && sentences.length === 0) return null;
  const columns = ['Hit', 'Database reads/s', 'p50', 'p95'].map((label) => ({ label }));
  return html`${lines.length === 0 ? null : labelledTable('Product pages when', columns, lines, 'cache-moments')}
${sentences.map((sentence) => html`<p class="aside">${sentence}</p>`)}`;
}

/** Of which reads of the run the rows of law `recorded` are; warnings where live caches lie far from theory. */
function recordNote(result: FinishedRun['result']): Markup | null {
  const { record, liveLimitRatio } = result.cacheStudy ?? {};
  const warnings = cacheWarnings(result).map((warning) => html`<li>! ${warning}</li>`);
  return html`${warnings.length === 0 ? null : html`<ul class="warnings">${warnings}</ul>`}
${record === undefined || liveLimitRatio === undefined ? null : html`<p class="aside">“What shoppers of this run read” are the ${formatNumber(record.readCount)} product pages (${formatNumber(record.productCount)} products) of ${countOf(record.cells, 'single run')} of ${record.variant}. Theory of a live cache is Che’s approximation with the popularity of its own reads, less what counts as read again only because a record ends; needed of read-through: within ${points(liveLimitRatio)}.</p>`}`;
}

function studyTable(rows: readonly CacheStudyRow[]): Markup {
  const columns = [
    { label: 'Policy' },
    { label: 'Entries', numeric: true },
    { label: 'Hit', numeric: true },
    { label: 'In theory', numeric: true },
    { label: 'Database reads of 100', numeric: true },
    { label: 'Hits that were stale', numeric: true },
    { label: 'Stalest', numeric: true },
  ];
  const lines = rows.map(
    (row) => html`<tr><td>${row.policy}<small>${lawLabel(row.law)}</small></td>
<td class="number">${row.size.toLocaleString('en')}</td>
<td class="number">${ratioText(row.hitRatio)}</td>
<td class="number">${ratioText(row.expectedHitRatio)}</td>
<td class="number">${((100 * row.loadCount) / row.readCount).toFixed(1)}</td>
<td class="number">${row.hitCount === 0 ? '–' : formatPercent(row.staleCount / row.hitCount, 1)}</td>
<td class="number">${row.staleCount === 0 ? '–' : `${Math.round(row.stalestMs / 1_000)} s`}</td></tr>`,
  );
  return html`<details><summary>Every policy, size and law: ${rows.length} replays</summary>${table(columns, lines, { className: 'compact' })}</details>`;
}
