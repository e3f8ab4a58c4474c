// What caches hit in theory, in the replay and live; then over time what the cache of each variant answered, how long either
// way took, and how old its answers were.
import { formatPercent } from '../../format/format.ts';
import type { CacheStudy, CacheStudyRow } from '../../record/cache-study.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { cacheCharts, lawLabel } from '../data/cache-charts.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure, section, table } from './layout.ts';
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
    html`<div class="pair">${figures}</div>${liveTable(cacheStudy)}${studyTable(cacheStudy.rows)}`,
    `${cacheStudy.productCount.toLocaleString('en')} products, read independently of each other, and ${formatPercent(cacheStudy.writesPerRead, 0)} as many changes of price or stock as reads; no service took part. The replay lies within ${points(cacheStudy.largestResidualRatio)} of theory (needed: ${points(cacheStudy.limitRatio)}).`,
  );
}

const points = (ratio: number): string => `± ${(100 * ratio).toFixed(1)} points`;
const ratioText = (ratio: number | null): string => (ratio === null ? '–' : formatPercent(ratio, 1));

/** The run's own caches beside the replay of the same policy and size, and beside theory. */
function liveTable({ live, rows }: CacheStudy): Markup | null {
  if (live.length === 0) return null;
  const replayed = (policy: string, size: number): number | null =>
    rows.find((row) => row.law === 'catalogue' && row.policy === policy && row.size === size)?.hitRatio ??
    null;
  const columns = [
    { label: 'Product pages of this run' },
    { label: 'Hit, live', numeric: true },
    { label: 'Replayed', numeric: true },
    { label: 'In theory', numeric: true },
    { label: 'Live less theory', numeric: true },
    { label: 'May lag behind' },
  ];
  const lines = live.map(({ variant, policy, size, hitRatio, expectedHitRatio, staleness }) => {
    const residual = hitRatio === null || expectedHitRatio === null ? null : hitRatio - expectedHitRatio;
    return html`<tr><td>${variant}<small>${size.toLocaleString('en')} entries</small></td>
<td class="number">${ratioText(hitRatio)}</td>
<td class="number">${ratioText(replayed(policy, size))}</td>
<td class="number">${ratioText(expectedHitRatio)}</td>
<td class="number">${residual === null ? '–' : `${residual > 0 ? '+' : '−'}${(100 * Math.abs(residual)).toFixed(1)} points`}</td>
<td>${staleness}</td></tr>`;
  });
  return table(columns, lines, { className: 'cache-live' });
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
