// Effects between variants with their intervals: ratio, interval, pairs, margin and verdict of each.
import { formatNumber, formatPercent } from '../../format.ts';
import { metricLabel } from '../../metric-names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { ComparisonResult } from '../../record/result.ts';
import { effectText } from '../../verdict-words.ts';
import { html, type Markup } from '../markup.ts';
import { numberCell, section, table } from './layout.ts';

/** Hidden without comparisons, and where the audit failed: then there is no performance result. */
export function comparisonSection({ result }: FinishedRun): Markup | null {
  if (result.comparisons.length === 0 || result.verdict === 'AUDIT_FAILED') return null;
  const columns = [
    { label: 'Verdict' },
    { label: 'Metric' },
    { label: 'Change', numeric: true },
    { label: 'Interval' },
    { label: 'Pairs', numeric: true },
    { label: 'Margin', numeric: true },
  ];
  const scale = scaleOf(result.comparisons);
  const rows = result.comparisons.map(
    (comparison) => html`<tr>
<td><span class="judgement ${tone(comparison)}">${comparison.verdict}</span></td>
<td>${metricLabel(comparison.metric)}<small>${subject(comparison)}</small></td>
${numberCell(effectText(comparison).replace(', 95 % CI', ''))}
<td>${intervalBar(comparison, scale)}</td>
${numberCell(formatNumber(comparison.n))}
${numberCell(`±${formatPercent(comparison.marginRatio)}`)}
</tr>`,
  );
  return section(
    'comparisons',
    'Effect',
    table(columns, rows),
    'Mean change over pairs with its 95 % interval. The shaded band is the margin within which a change does not matter; one primary metric was declared beforehand, the rest explore.',
  );
}

/** Half-width of the interval's axis as a share of the baseline. */
function scaleOf(comparisons: ComparisonResult[]): number {
  const ends = comparisons.flatMap(({ low, high, marginRatio }) => [
    Math.abs(low - 1),
    Math.abs(high - 1),
    marginRatio,
  ]);
  return Math.max(0.01, ...ends) * 1.1;
}

function intervalBar({ ratio, low, high, marginRatio }: ComparisonResult, scale: number): Markup {
  const place = (value: number) => (100 + ((value - 1) / scale) * 100).toFixed(1);
  const x = { low: place(low), high: place(high), ratio: place(ratio), from: place(1 - marginRatio) };
  const width = ((2 * marginRatio * 100) / scale).toFixed(1);
  return html`<svg class="interval" viewBox="0 0 200 20" width="200" height="20" role="img" aria-label="interval on an axis around no change">
<rect class="margin" x="${x.from}" y="1" width="${width}" height="18"/><line class="zero" x1="100" x2="100" y1="0" y2="20"/>
<line class="span" x1="${x.low}" x2="${x.high}" y1="10" y2="10"/><circle cx="${x.ratio}" cy="10" r="3.5"/></svg>`;
}

/** "kafka against direct at 500, primary". */
function subject({ candidate, baseline, level, role }: ComparisonResult): string {
  return `${candidate} against ${baseline}${level === null ? '' : ` at ${level}`}, ${role}`;
}

function tone({ verdict }: ComparisonResult): string {
  if (verdict === 'FASTER') return 'ok';
  return verdict === 'SLOWER' ? 'not-ok' : '';
}
