// One comparison drawn on the common axis of its table: margin band, interval, ratio and single pairs. The axis is
// logarithmic in the ratio, so that twice as slow lies as far out as twice as fast.

import type { ComparisonResult } from '../../record/result.ts';
import { changeText, comparisonWord } from '../../words/comparison-words.ts';
import { html, type Markup } from '../markup/markup.ts';

const WIDTH = 320;
const HEIGHT = 30;
const MIDDLE = 13;
/** Beyond a factor of four either way an arrow says that the interval goes on. */
const LARGEST_SCALE = Math.log(4);

/** Half-width of the axis in ln(ratio): every interval and margin fits, up to a factor of four either way. */
export function plotScale(comparisons: ComparisonResult[]): number {
  const ends = comparisons.flatMap(({ low, high, ratio, marginRatio }) => [
    ...[low, high, ratio].flatMap((value) =>
      value === null || value <= 0 ? [] : [Math.abs(Math.log(value))],
    ),
    Math.abs(Math.log(1 - marginRatio)),
  ]);
  return Math.min(LARGEST_SCALE, Math.max(0.02, ...ends) * 1.12);
}

const TICK_STEPS = [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
/** Room that a tick's label needs, as a share of the axis' half. */
const LABEL_SHARE = 0.36;

/** The axis in the table's head: no change in the middle, and tidy changes either side. */
export function axisTicks(scale: number): Markup {
  const step = TICK_STEPS.find((size) => Math.log(1 + size) <= scale * 0.85) ?? 0.01;
  const isRoomy =
    Math.log(1 + step / 2) > scale * LABEL_SHARE &&
    Math.log((1 + step) / (1 + step / 2)) > scale * LABEL_SHARE;
  const changes = isRoomy ? [-step, -step / 2, 0, step / 2, step] : [-step, 0, step];
  const ratios = changes.map((change) => 1 + change).filter((ratio) => ratio > 0 && Math.log(ratio) > -scale);
  const marks = ratios.map((ratio) => {
    const text = ratio === 1 ? 'no change' : `${changeText(ratio).replace(/\.0$/, '')} %`;
    const place = placeOf(ratio, scale);
    const anchor = place > WIDTH - 24 ? 'end' : place < 24 ? 'start' : 'middle';
    return html`<text x="${place}" y="11" text-anchor="${anchor}">${text}</text>`;
  });
  return html`<svg class="axis-ticks" viewBox="0 0 ${WIDTH} 14" width="${WIDTH}" height="14" aria-hidden="true">${marks}</svg>`;
}

export function intervalPlot(comparison: ComparisonResult, scale: number): Markup {
  const { ratio, low, high, marginRatio, pairRatios = [] } = comparison;
  const from = placeOf(1 - marginRatio, scale);
  const to = placeOf(1 + marginRatio, scale);
  const pairs = pairRatios.map((pair) => {
    const x = placeOf(pair, scale);
    return html`<line class="pair-mark" x1="${x}" x2="${x}" y1="21" y2="28"/>`;
  });
  const interval =
    low === null || high === null
      ? null
      : html`<line class="span" x1="${placeOf(low, scale)}" x2="${placeOf(high, scale)}" y1="${MIDDLE}" y2="${MIDDLE}"/>${arrow(low, scale)}${arrow(high, scale)}`;
  const dot =
    ratio === null || ratio <= 0
      ? null
      : html`<circle class="${low === null ? 'refused' : 'judged'}" cx="${placeOf(ratio, scale)}" cy="${MIDDLE}" r="3.5"/>`;
  const label =
    ratio === null
      ? `${comparisonWord(comparison)}, no ratio`
      : `${comparisonWord(comparison)}, ${changeText(ratio)} per cent, margin ${marginRatio * 100} per cent either way`;
  return html`<svg class="interval" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">
<rect class="margin" x="${from}" y="0" width="${(to - from).toFixed(1)}" height="${HEIGHT}"/><line class="zero" x1="${WIDTH / 2}" x2="${WIDTH / 2}" y1="0" y2="${HEIGHT}"/>
${pairs}${interval}${dot}</svg>`;
}

/** An arrowhead at the edge where a value lies beyond the axis. */
function arrow(value: number, scale: number): Markup | null {
  if (value > 0 && Math.abs(Math.log(value)) <= scale) return null;
  const isLow = value < 1;
  const tip = isLow ? 1 : WIDTH - 1;
  const base = isLow ? 8 : WIDTH - 8;
  return html`<path class="beyond" d="M${tip} ${MIDDLE} L${base} ${MIDDLE - 5} L${base} ${MIDDLE + 5} Z"/>`;
}

/** Pixels from the left, kept inside the axis. */
function placeOf(ratio: number, scale: number): number {
  const share = ratio <= 0 ? -1 : Math.min(1, Math.max(-1, Math.log(ratio) / scale));
  return Number((WIDTH / 2 + share * (WIDTH / 2 - 2)).toFixed(1));
}
