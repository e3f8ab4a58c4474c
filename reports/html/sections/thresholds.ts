// The limits of the scenario, each with the measured value beside it and how far off it is.
import { formatClock } from '../../format.ts';
import { statisticLabel } from '../../metric-names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { distanceText, limitText, thresholdValue } from '../../verdict-words.ts';
import { html, type Markup } from '../markup.ts';
import { hasSeveralVariants, judgement, numberCell, section, table } from './layout.ts';

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
  const rows = [...thresholds]
    .sort((a, b) => Number(a.ok) - Number(b.ok))
    .map(
      (threshold) => html`<tr>
<td>${isJudged ? judgement(threshold.ok, 'kept', 'crossed') : html`<span class="judgement void">⊘ not judged</span>`}</td>
<td>${statisticLabel(threshold.metric, threshold.statistic)}<small>${withVariant ? `${threshold.variant} · ` : null}${threshold.name}</small></td>
${numberCell(thresholdValue(threshold))}
${numberCell(limitText(threshold))}
<td class="number">${distanceText(threshold)}${crossedText(threshold.ok ? null : threshold.firstCrossedAtSecond)}</td>
</tr>`,
    );
  return section('limits', 'Limits', table(columns, rows, { className: 'narrow-stack' }));
}

function crossedText(second: number | null): Markup | null {
  return second === null ? null : html`<small>first crossed at ${formatClock(second)}</small>`;
}
