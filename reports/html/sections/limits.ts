// The limits of the scenario, a bar each: how much of the room that a limit leaves was used, the nearest first, with the measured
// value, the limit and how far off it is.

import { formatClock } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { ThresholdResult } from '../../record/result.ts';
import { outcomeOf } from '../../record/threshold-result.ts';
import { limitSubject, usedOfLimit } from '../../words/first-screen/limit-words.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { distanceText, limitText, thresholdValue } from '../../words/threshold-words.ts';
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
  const sorted = nearestFirst(thresholds);
  const barsOf = (shown: ThresholdResult[]) =>
    html`<ul class="limit-bars">${shown.map((threshold) => limitBar(threshold, isJudged, withVariant))}</ul>`;
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

function limitBar(threshold: ThresholdResult, isJudged: boolean, withVariant: boolean): Markup {
  const outcome = isJudged ? outcomeOf(threshold) : 'undecided';
  const name = [
    ...(withVariant ? [threshold.variant] : []),
    statisticLabel(threshold.metric, threshold.statistic),
    threshold.name,
  ].join(' · ');
  const distance = `${distanceText(threshold)}${crossedText(threshold)}`;
  return html`<li class="${outcome}">
<p class="what">${limitSubject(threshold)} <span class="number">${thresholdValue(threshold)}</span></p>
${bar(usedOfLimit(threshold))}
<p class="told">${limitJudgement(threshold, isJudged)} limit ${limitText(threshold)}${distance === '' ? null : `; ${distance}`}<small>${name}</small></p>
</li>`;
}

/** A picture of what the words beside it say; what goes far beyond the limit ends at the bar's end. */
function bar(used: number | null): Markup {
  const length = used === null ? 0 : Math.min(100, used * LIMIT_AT);
  return html`<div class="limit-bar" aria-hidden="true"><i style="width:${length.toFixed(1)}%"></i><b style="left:${LIMIT_AT}%"></b></div>`;
}

function crossedText(threshold: ThresholdResult): string {
  const second = outcomeOf(threshold) === 'missed' ? threshold.firstCrossedAtSecond : null;
  return second === null ? '' : `; first crossed at ${formatClock(second)}`;
}
