// The limits of the scenario, each with the measured value beside it and how far off it is.

import { formatClock } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { ThresholdResult } from '../../record/result.ts';
import { outcomeOf, type ThresholdOutcome } from '../../record/threshold-result.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { distanceText, limitText } from '../../words/threshold-words.ts';
import { html, type Markup } from '../markup/markup.ts';
import {
  hasSeveralVariants,
  judgement,
  limitJudgement,
  measuredCell,
  numberCell,
  section,
  table,
} from './layout.ts';

/** With more limits than this, those that were kept are folded away. */
const MAX_ROWS = 8;

export function thresholdSection(run: FinishedRun): Markup {
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
  const columns = [
    { label: 'Verdict' },
    { label: 'Limit on' },
    { label: 'Measured', numeric: true },
    { label: 'Limit', numeric: true },
    { label: 'Distance', numeric: true },
  ];
  const rowOf = (threshold: ThresholdResult) => html`<tr>
<td>${limitJudgement(threshold, isJudged)}</td>
<td>${statisticLabel(threshold.metric, threshold.statistic)}<small>${withVariant ? `${threshold.variant} · ` : null}${threshold.name}</small></td>
${measuredCell(threshold)}
${numberCell(limitText(threshold))}
<td class="number">${distanceText(threshold)}${crossedText(threshold)}</td>
</tr>`;
  const tableOf = (shown: ThresholdResult[]) =>
    table(columns, shown.map(rowOf), { className: 'narrow-stack' });
  const is = (outcome: ThresholdOutcome) => thresholds.filter((one) => outcomeOf(one) === outcome);
  const open = [...is('missed'), ...is('undecided')];
  const kept = is('kept');
  const isLong = isJudged && thresholds.length > MAX_ROWS && kept.length > 0;
  const content = isLong
    ? html`${open.length > 0 ? tableOf(open) : null}
<details><summary>${judgement(true, 'kept', '')} ${kept.length} of ${thresholds.length} limits</summary>${tableOf(kept)}</details>`
    : tableOf([...open, ...kept]);
  return section('limits', 'Limits', content);
}

function crossedText(threshold: ThresholdResult): Markup | null {
  const second = outcomeOf(threshold) === 'missed' ? threshold.firstCrossedAtSecond : null;
  return second === null ? null : html`<small>first crossed at ${formatClock(second)}</small>`;
}
