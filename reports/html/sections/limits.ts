// The limits of the scenario, a bar each: how much of the room that a limit leaves was used, the nearest first, with the measured
// value, the limit and how far off it is.

import { formatClock } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { ThresholdResult } from '../../record/result.ts';
import { outcomeOf } from '../../record/threshold-result.ts';
import { isRehearsal, questionOf } from '../../words/first-screen/asked.ts';
import { barTexts, limitSubject, usedOfLimit } from '../../words/first-screen/limit-words.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { html, type Markup } from '../markup/markup.ts';
import { hasSeveralVariants, judgement, limitJudgement, section } from './layout.ts';

/** With more limits than this, those that were kept are folded away. */
const MAX_BARS = 8;
/** Where the limit stands on its bar, in per cent of the bar's length. */
const LIMIT_AT = 75;

export function limitSection(run: FinishedRun): Markup {
  const { thresholds, verdict } = run.result;
  if (thresholds.length === 0) {
    return section('limits', 'Limits', html`<p class="aside">The scenario declares no limits.</p>`);
  }
  if (verdict === 'AUDIT_FAILED') {
    const text = 'Not judged: a run that fails its audit publishes no performance result.';
    return section('limits', 'Limits', html`<p class="aside">${text}</p>`);
  }
  const withVariant = hasSeveralVariants(run);
  const isJudged = verdict !== 'INVALID';
  const isFelt = isRehearsal(questionOf(run.result, run.manifest));
  const sorted = nearestFirst(thresholds);
  const barsOf = (shown: ThresholdResult[]) =>
    html`<ul class="limit-bars">${shown.map((threshold) => limitBar(threshold, { isJudged, withVariant, isFelt }))}</ul>`;
  const kept = sorted.filter((threshold) => outcomeOf(threshold) === 'kept');
  const open = sorted.filter((threshold) => outcomeOf(threshold) !== 'kept');
  const isLong = isJudged && thresholds.length > MAX_BARS && kept.length > 0;
  const content = isLong
    ? html`${open.length > 0 ? barsOf(open) : null}
<details><summary>${judgement(true, 'kept', '')} ${kept.length} of ${thresholds.length} limits</summary>${barsOf(kept)}</details>`
    : barsOf(sorted);
  return section('limits', 'Limits', content);
}

/** Crossed, then undecided, then kept; of the same outcome the one with the least room left first. */
export function nearestFirst(thresholds: readonly ThresholdResult[]): ThresholdResult[] {
  const rank = { missed: 0, undecided: 1, kept: 2 };
  return thresholds.toSorted(
    (a, b) => rank[outcomeOf(a)] - rank[outcomeOf(b)] || (usedOfLimit(b) ?? 0) - (usedOfLimit(a) ?? 0),
  );
}

type BarOptions = { isJudged: boolean; withVariant: boolean; isFelt: boolean };

function limitBar(threshold: ThresholdResult, { isJudged, withVariant, isFelt }: BarOptions): Markup {
  const outcome = isJudged ? outcomeOf(threshold) : 'undecided';
  const subject = limitSubject(threshold);
  const texts = barTexts(threshold, isFelt);
  const names = [
    ...(withVariant ? [threshold.variant] : []),
    statisticLabel(threshold.metric, threshold.statistic),
    threshold.name,
  ];
  // What is said already is not said again: "conversion", "failed-requests".
  const others = [...new Map(names.map((name) => [plainly(name), name]))]
    .filter(([plain]) => plain !== plainly(subject))
    .map(([, name]) => name);
  const distance = `${texts.distance}${crossedText(threshold)}`;
  return html`<li class="${outcome}">
<p class="what">${subject} <span class="number">${texts.value}</span></p>
${bar(usedOfLimit(threshold))}
<p class="told">${limitJudgement(threshold, isJudged)} limit ${texts.limit}${distance === '' ? null : `; ${distance}`}${others.length === 0 ? null : html`<small>${others.join(' · ')}</small>`}</p>
</li>`;
}

const plainly = (name: string): string => name.replaceAll('-', ' ').toLowerCase();

/** A picture of what the words beside it say; what goes far beyond the limit ends at the bar's end. */
function bar(used: number | null): Markup {
  const length = used === null ? 0 : Math.min(100, used * LIMIT_AT);
  return html`<div class="limit-bar" aria-hidden="true"><i style="width:${length.toFixed(1)}%"></i><b style="left:${LIMIT_AT}%"></b></div>`;
}

function crossedText(threshold: ThresholdResult): string {
  const second = outcomeOf(threshold) === 'missed' ? threshold.firstCrossedAtSecond : null;
  return second === null ? '' : `; first crossed at ${formatClock(second)}`;
}
