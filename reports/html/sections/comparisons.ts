// Effects between variants with their intervals: a row for each comparison, grouped by level, on one common axis of
// ratios, and the compared metrics block by block.
import { formatPercent } from '../../format.ts';
import { statisticLabel } from '../../metric-names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { ComparisonResult, RunResult } from '../../record/result.ts';
import { combinedSentences, comparisonWord, effectText } from '../../verdict-words.ts';
import { blockCharts } from '../block-charts.ts';
import { html, type Markup } from '../markup.ts';
import { axisTicks, intervalPlot, plotScale } from './interval-plot.ts';
import { chartFigure, section, table } from './layout.ts';

const LEAD =
  'Dot: change of the geometric mean; line: its interval; marks below: single pairs; shaded: the margin within which a change does not matter. Primary metrics were declared beforehand, the rest explore.';

/** Hidden without comparisons, and where the audit failed: then there is no performance result. */
export function comparisonSection({ result }: FinishedRun): Markup | null {
  if (result.comparisons.length === 0 || result.verdict === 'AUDIT_FAILED') return null;
  const levels = [...new Set(result.comparisons.map(({ level }) => level))];
  const combined = combinedSentences(result).map((sentence) => html`<li>${sentence}</li>`);
  return section(
    'comparisons',
    'Effect',
    html`${combined.length > 0 ? html`<ul class="combined">${combined}</ul>` : null}
${effectTable(result.comparisons, levels)}
${blockFigures(result)}`,
    LEAD,
  );
}

function effectTable(comparisons: ComparisonResult[], levels: (string | null)[]): Markup {
  const scale = plotScale(comparisons);
  const isOneLevel = levels.length === 1;
  const columns = [
    { label: 'Verdict' },
    { label: 'Metric' },
    { label: 'Change and interval', numeric: true },
    { label: axisTicks(scale) },
    { label: 'What it rests on' },
  ];
  const rows = levels.flatMap((level) => {
    const own = comparisons.filter((comparison) => comparison.level === level);
    const head =
      isOneLevel && level === null
        ? []
        : [html`<tr class="group"><th colspan="5" scope="rowgroup">at ${level ?? 'no level'}</th></tr>`];
    return [...head, ...sorted(own).map((comparison) => effectRow(comparison, scale))];
  });
  return table(columns, rows, { className: 'effects' });
}

function effectRow(comparison: ComparisonResult, scale: number): Markup {
  const { metric, statistic, candidate, baseline, role, declared } = comparison;
  const gate = declared ? ', gates the run' : '';
  return html`<tr class="${role}">
<td><span class="judgement ${tone(comparison)}">${comparisonWord(comparison)}</span></td>
<td>${statisticLabel(metric, statistic)}<small>${candidate} against ${baseline}; ${role}${gate}</small></td>
<td class="number">${effectText(comparison)}</td>
<td class="plot-cell">${intervalPlot(comparison, scale)}</td>
<td class="support">${supportText(comparison)}</td>
</tr>`;
}

/** The pairs behind a verdict and its margin, or why there is none. */
function supportText(comparison: ComparisonResult): string {
  const { outcome, kind, n, baselineCount, candidateCount, marginRatio, footnote } = comparison;
  if (outcome === 'refused') return `no verdict: ${footnote ?? 'refused'}`;
  const margin = `margin ±${formatPercent(marginRatio, 2)}`;
  if (kind === 'separate') return `${candidateCount} against ${baselineCount} cells; ${margin}`;
  const { judgement, verdict, slowerPairCount, fasterPairCount } = comparison;
  const agreeing = judgement === 'worse' ? slowerPairCount : judgement === 'better' ? fasterPairCount : null;
  if (agreeing !== null) return `${verdict.toLowerCase()} in ${agreeing} of ${n} pairs; ${margin}`;
  return judgement === 'unsettled'
    ? `${n} pairs cannot settle ${margin}. This does not mean no change.`
    : `${n} pairs; ${margin}`;
}

function blockFigures(result: RunResult): Markup | null {
  const figures = blockCharts(result).map(({ id, title, unit }) =>
    chartFigure({
      chart: `blocks/${id}`,
      title: `${title}, block by block`,
      note: `${unit}; variants of one block ran one after the other with the same plan`,
      empty: 'Nothing was recorded for this chart.',
      size: 'small',
    }),
  );
  return figures.length === 0 ? null : html`<div class="multiples">${figures}</div>`;
}

/** Primary metrics first, otherwise in the order given. */
function sorted(comparisons: ComparisonResult[]): ComparisonResult[] {
  return [...comparisons].sort((a, b) => Number(a.role !== 'primary') - Number(b.role !== 'primary'));
}

function tone({ judgement }: ComparisonResult): string {
  if (judgement === 'better') return 'ok';
  if (judgement === 'worse') return 'not-ok';
  return judgement === 'refused' ? 'void' : '';
}
