// Effects between variants with their intervals: a row for each comparison, grouped by level, on one common axis of
// ratios, and the compared metrics block by block.

import { countOf, formatPercent } from '../../format/format.ts';
import type { MachineNoise } from '../../record/manifest.ts';
import { variantKey } from '../../record/names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { ComparisonResult } from '../../record/result.ts';
import { ANSWERS_DIFFER, answersDiffer } from '../../words/answer-meaning.ts';
import { answerTable } from '../../words/answer-table.ts';
import { combinedSentences, comparisonWord, effectText, meansText } from '../../words/comparison-words.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { noiseSentence } from '../../words/noise-words.ts';
import { isForeground, paidTable } from '../../words/wait-table.ts';
import { blockCharts } from '../data/block-charts.ts';
import { html, type Markup } from '../markup/markup.ts';
import { answerTableMarkup, toneOf } from './answer-table.ts';
import { axisTicks, intervalPlot, plotScale } from './interval-plot.ts';
import { chartFigure, section, table } from './layout.ts';
import { waitTableMarkup } from './wait-table.ts';

const MAX_ROWS = 8;

const LEAD =
  'Dot: change of the geometric mean; line: its interval; marks below: single pairs; shaded: the margin within which a change does not matter. Primary metrics were declared beforehand, the rest explore; a gate fails the run when it is worse.';

/** Hidden without comparisons, and where the audit failed: then there is no performance result. */
export function comparisonSection({ result, manifest }: FinishedRun): Markup | null {
  if (result.comparisons.length === 0 || result.verdict === 'AUDIT_FAILED') return null;
  const combined = combinedSentences(result).map((sentence) => html`<li>${sentence}</li>`);
  return section(
    'comparisons',
    'Intervals',
    html`${noiseWarning(manifest.noise)}${pairTable(result)}${paid(result)}${combined.length > 0 ? html`<ul class="combined">${combined}</ul>` : null}
${effectTables(result.comparisons)}${answerNote(result)}`,
    LEAD,
  );
}

/** Every pair at every level, where the first screen shows waits by variant. */
function pairTable(result: FinishedRun['result']): Markup | null {
  const pairs = answerTable(result);
  return pairs && html`<h3>Pair by pair</h3>${answerTableMarkup(pairs)}`;
}

/** CPU and memory, beside the waits that they pay for. */
function paid(result: FinishedRun['result']): Markup | null {
  const costs = paidTable(result);
  return costs && html`<h3>What is paid for it</h3>${waitTableMarkup(costs)}`;
}

/** Why a reader finds no HTTP times between some variants. */
function answerNote({ comparisons, variants }: FinishedRun['result']): Markup | null {
  const pairs = comparisons.flatMap(({ baseline, candidate, level }) => {
    const [before, after] = [baseline, candidate].map((variant) => variants[variantKey({ variant, level })]);
    const isOfTwo = before && after && answersDiffer(before.metrics, after.metrics);
    return isOfTwo ? [`${candidate} against ${baseline}`] : [];
  });
  if (pairs.length === 0) return null;
  return html`<p class="aside">${[...new Set(pairs)].join(', ')}: ${ANSWERS_DIFFER}</p>`;
}

/** A quiet machine is only told of among the facts of the run. */
function noiseWarning(noise: MachineNoise | undefined): Markup | null {
  return noise?.isNoisy ? html`<ul class="warnings"><li>! ${noiseSentence(noise)}</li></ul>` : null;
}

/** With many comparisons those are folded away that neither decide, nor tell of slow waits or of what is paid. */
function effectTables(comparisons: ComparisonResult[]): Markup {
  const scale = plotScale(comparisons);
  const isShown = (comparison: ComparisonResult) => isForeground(comparison, comparisons);
  const primary = comparisons.filter(({ role }) => role === 'primary');
  const beside = comparisons.filter((one) => one.role !== 'primary' && isShown(one));
  const others = comparisons.filter((one) => !isShown(one));
  if (comparisons.length <= MAX_ROWS || primary.length === 0 || others.length === 0)
    return effectTable([...primary, ...beside, ...others], scale);
  return html`${effectTable([...primary, ...beside], scale)}
<details><summary>${countOf(others.length, 'further comparison')}</summary>${effectTable(others, scale)}</details>`;
}

function effectTable(comparisons: ComparisonResult[], scale: number): Markup {
  const levels = [...new Set(comparisons.map(({ level }) => level))];
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
      level === null ? [] : [html`<tr class="group"><th colspan="5" scope="rowgroup">at ${level}</th></tr>`];
    return [...head, ...own.map((comparison) => effectRow(comparison, scale))];
  });
  return table(columns, rows, { className: 'effects' });
}

function effectRow(comparison: ComparisonResult, scale: number): Markup {
  const { metric, statistic, candidate, baseline, role, declared } = comparison;
  const gate = declared ? ', gate' : '';
  return html`<tr class="${role}">
<td><span class="judgement ${toneOf(comparison.judgement)}">${comparisonWord(comparison)}</span></td>
<td>${statisticLabel(metric, statistic)}<small>${candidate} against ${baseline}; ${role}${gate}</small></td>
<td class="number">${effectText(comparison)}${meansText(comparison) === '' ? null : html`<small>${meansText(comparison)}</small>`}</td>
<td class="plot-cell">${intervalPlot(comparison, scale)}</td>
<td class="support">${supportText(comparison)}</td>
</tr>`;
}

/** The pairs behind a verdict and its margin, or why there is none. */
function supportText(comparison: ComparisonResult): string {
  const { outcome, kind, n, baselineCount, candidateCount, marginRatio, footnote } = comparison;
  if (outcome === 'refused') return `no verdict: ${footnote ?? 'refused'}`;
  const margin = `margin ±${formatPercent(marginRatio, 2)}`;
  if (kind === 'separate') return `${candidateCount} against ${countOf(baselineCount, 'cell')}; ${margin}`;
  const { judgement, verdict, slowerPairCount, fasterPairCount } = comparison;
  const agreeing = judgement === 'worse' ? slowerPairCount : judgement === 'better' ? fasterPairCount : null;
  if (agreeing !== null) return `${verdict.toLowerCase()} in ${agreeing} of ${countOf(n, 'pair')}; ${margin}`;
  return judgement === 'unsettled'
    ? `${countOf(n, 'pair')} cannot settle ${margin}. This does not mean no change.`
    : `${countOf(n, 'pair')}; ${margin}`;
}

/** The compared metrics block by block; hidden where there are no blocks to compare. */
export function blockSection({ result }: FinishedRun): Markup | null {
  const figures = blockCharts(result).map(({ id, title, unit }) =>
    chartFigure({
      chart: `blocks/${id}`,
      title,
      note: unit,
      empty: 'Nothing was recorded for this chart.',
      size: 'small',
    }),
  );
  if (figures.length === 0) return null;
  const lead =
    'The compared metrics of every single run. Variants of one block ran one after the other with the same plan; what moves them together cancels in the pair.';
  return section('blocks', 'Block by block', html`<div class="multiples">${figures}</div>`, lead);
}
