// The three figures that two runs side by side begin with: how much, how long, how much went wrong; of runs that have no such
// figures, the first ones that both have.
import { html, type Markup } from '../html/markup/markup.ts';
import { changeText, NOT_JUDGED } from './ratio-words.ts';
import { isLargeUnjudged, type MetricRow, type VariantBeside } from './side-by-side.ts';

const COUNT = 3;
/** By metric and statistic. */
const WANTED = [
  ['orders.perHour', 'value'],
  ['order.confirmed', 'p50'],
  ['recommendation.shown', 'p50'],
  ['http.failedRatio', 'value'],
  ['http.response', 'p50'],
];

/** Of the first variant that both runs have; null where there is none. */
export function firstThree([first]: readonly VariantBeside[]): Markup | null {
  if (first === undefined) return null;
  return html`<div class="first-three">${chooseThree(first.rows).map(tile)}</div>`;
}

export function chooseThree(rows: readonly MetricRow[]): MetricRow[] {
  const main = rows.filter(({ isDetail }) => !isDetail);
  const wanted = WANTED.flatMap(([metric, statistic]) =>
    main.filter((row) => row.metric === metric && row.statistic === statistic),
  );
  return [...new Set([...wanted, ...main])].slice(0, COUNT);
}

function tile(row: MetricRow): Markup {
  const { label, statistic, older, newer, ratio } = row;
  const change = ratio === null ? null : html` <span class="change">${changeText(ratio)}</span>`;
  return html`<div class="tile"><small>${statistic === 'value' ? label : `${label} ${statistic}`}</small><b>${older} → ${newer}</b>${change}${isLargeUnjudged(row) ? html`<small>${NOT_JUDGED}</small>` : null}</div>`;
}
