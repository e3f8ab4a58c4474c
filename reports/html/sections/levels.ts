// A comparison from a light load to an overrun shop: where its curves cross, what each variant made of each level, and where
// orders waited; and of any comparison what was lost when a fault struck.
import { formatMs, formatNumber, formatPercent } from '../../format/format.ts';
import type { LevelFigures } from '../../record/of-capacity.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { capacitySentence, strikeSentence, warmUpSentence } from '../../words/of-capacity-words.ts';
import { atLeastText } from '../../words/quantile.ts';
import { levelCharts } from '../data/level-charts.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure, labelledTable, section } from './layout.ts';

/** Hidden where levels are no multiples of a capacity, and where the audit failed. */
export function levelSection({ result }: FinishedRun): Markup | null {
  const { ofCapacity, warmUp, levels = [], crossings = [], verdict } = result;
  if (ofCapacity === undefined || verdict === 'AUDIT_FAILED') return null;
  const figures = levelCharts(result).map(({ id, title, unit }) =>
    chartFigure({
      chart: `curve/${id}`,
      title,
      note: `${unit}; all single runs at a rate together`,
      empty: 'Nothing was recorded for this chart.',
      size: 'small',
    }),
  );
  // The generator's figures cross nowhere that says anything of the shop.
  const told = verdict === 'INVALID' ? [] : crossings.map(({ sentence }) => html`<li>${sentence}</li>`);
  return section(
    'levels',
    'From a light load to an overrun shop',
    html`${told.length > 0 ? html`<ul class="combined">${told}</ul>` : null}
${figures.length > 0 ? html`<div class="multiples">${figures}</div>` : null}
${levels.length > 0 ? levelTable(levels) : null}`,
    [capacitySentence(ofCapacity), ...(warmUp === undefined ? [] : [warmUpSentence(warmUp)])].join(' '),
  );
}

const COLUMNS = [
  ...[
    'Offered',
    'Completed',
    'Refused (503)',
    'Confirmed p50',
    'Confirmed p95',
    'Accepted p50',
    'Most open',
    'Behind the broker',
    'Drained after',
    'CPU an order',
    'CPU of the database',
  ].map((label) => ({ label })),
  { label: 'Where it waited', isText: true },
];

function levelTable(levels: readonly LevelFigures[]): Markup {
  const rows = [...Map.groupBy(levels, ({ level }) => level)].flatMap(([level, own]) => [
    { group: `at ${level}` },
    ...own.map((figures) => ({ name: figures.variant, cells: levelCells(figures) })),
  ]);
  return html`${labelledTable('', COLUMNS, rows)}
<p class="aside">Rates a second. Confirmed: from the click to the message on the screen. Accepted: the shop’s answer to the request, which is “placed” without a broker and “taken in” behind one. Most open, behind the broker and drained are medians of the single runs; drained: from the last second of full load until a tenth of the most was open. Where it waited: mean share of each stage, of orders that were heard of.</p>`;
}

function levelCells(figures: LevelFigures): (string | Markup)[] {
  const count = (value: number | null) => (value === null ? '–' : formatNumber(Math.round(value)));
  const ms = (value: number | null) => (value === null ? '–' : formatMs(value));
  const { drainedAfterSeconds: drained, accepted, noPersonPerSecond: nobody } = figures;
  return [
    html`${count(figures.offeredPerSecond)}${figures.hasBurst ? html`<small>in the burst</small>` : null}${nobody >= 0.5 ? html`<small>${count(nobody)} not sent: nobody free</small>` : null}`,
    count(figures.completedPerSecond),
    count(figures.refusedPerSecond),
    waitText(figures.p50),
    waitText(figures.p95),
    html`${waitText(accepted.p50)}<small>${accepted.means}</small>`,
    count(figures.mostOpenCount),
    count(figures.mostBehindBrokerCount),
    drained === null ? 'not seen' : `${formatNumber(drained)} s`,
    ms(figures.cpuPerOrderMs),
    ms(figures.databaseCpuPerOrderMs),
    whereText(figures.waits),
  ];
}

function waitText(wait: LevelFigures['p50']): string {
  if (wait === null) return '–';
  return wait.isAtLeast ? atLeastText(wait.ms) : formatMs(wait.ms);
}

/** "HTTP 93 %, commit 5 %": stages from a twentieth on, the longest first. */
function whereText(waits: LevelFigures['waits']): string {
  const whole = waits.reduce((sum, { meanMs }) => sum + meanMs, 0);
  if (!(whole > 0)) return '–';
  return waits
    .map(({ stage, meanMs }) => ({ stage, share: meanMs / whole }))
    .filter(({ share }) => share >= 0.05)
    .sort((a, b) => b.share - a.share)
    .map(({ stage, share }) => `${stage} ${formatPercent(share, 0)}`)
    .join(', ');
}

/** Hidden where no fault struck beside the comparison, and where the run publishes no result. */
export function strikeSection({ result: { strikes = [], verdict } }: FinishedRun): Markup | null {
  if (strikes.length === 0 || verdict === 'AUDIT_FAILED' || verdict === 'INVALID') return null;
  return section(
    'strikes',
    'When a fault struck in the midst of it',
    html`<ul class="combined">${strikes.map((strike) => html`<li>${strikeSentence(strike)}</li>`)}</ul>`,
  );
}
