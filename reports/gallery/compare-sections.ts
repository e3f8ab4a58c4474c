// The tables of the side-by-side page: metrics with their ratios, limits, and what differed between the manifests.

import { type Difference, manifestDifferences } from '../compare/manifest-differences.ts';
import { countOf } from '../format/format.ts';
import { html, type Markup } from '../html/markup/markup.ts';
import { limitJudgement, numberCell, section, table } from '../html/sections/layout.ts';
import type { Manifest } from '../record/manifest.ts';
import type { RunResult, ThresholdResult } from '../record/result.ts';
import { verdictSentence } from '../statistics/verdict-sentence.ts';
import { statisticLabel } from '../words/metric-names.ts';
import { limitText, thresholdValue } from '../words/threshold-words.ts';
import { NOT_JUDGED, ratioText } from './ratio-words.ts';
import { isLargeUnjudged, type MetricRow, type VariantBeside, withholdsNumbers } from './side-by-side.ts';

const OLDER_NEWER = [
  { label: 'Older', numeric: true },
  { label: 'Newer', numeric: true },
];

export function metricSection(variants: VariantBeside[], older: RunResult, newer: RunResult): Markup {
  if (variants.length === 0) {
    const names = (result: RunResult) => Object.keys(result.variants).join(', ');
    const text = `No variant stands in both runs: ${names(older)} in the older, ${names(newer)} in the newer.`;
    return section('metrics', 'Metrics', html`<p class="aside">${text}</p>`);
  }
  const parts = variants.map(({ title, rows }) => {
    const details = rows.filter(({ isDetail }) => isDetail);
    return html`<h3>${title}</h3>${metricTable(rows.filter(({ isDetail }) => !isDetail))}
${details.length === 0 ? null : html`<details><summary>Routes and stages (${countOf(details.length, 'row')})</summary>${metricTable(details)}</details>`}`;
  });
  return section('metrics', 'Metrics', html`${parts}`, leadOf(variants));
}

function leadOf(variants: VariantBeside[]): string {
  const ratios = 'Ratios are newer ÷ older: × 1 is no change.';
  const judged = variants
    .flatMap(({ rows }) => rows)
    .filter(({ comparison }) => comparison?.outcome === 'judged');
  return judged.length === 0
    ? ratios
    : `${ratios} What the cells say explores: of ${judged.length} comparisons, some may clear their margin by chance.`;
}

/** The column of verdicts is there only where at least one could be given. */
function metricTable(rows: MetricRow[]): Markup {
  const withVerdicts = rows.some(({ comparison }) => comparison?.outcome === 'judged');
  const columns = [
    { label: 'Metric' },
    ...OLDER_NEWER,
    { label: 'Newer ÷ older', numeric: true },
    ...(withVerdicts ? [{ label: 'What the cells say' }] : []),
  ];
  const lines = rows.map(
    (
      row,
    ) => html`<tr><th scope="row">${row.statistic === 'value' ? row.label : `${row.label} ${row.statistic}`}</th>
${numberCell(row.older)}${numberCell(row.newer)}${ratioCell(row)}${withVerdicts ? verdictCell(row) : null}</tr>`,
  );
  return table(columns, lines, { className: 'side-table' });
}

function ratioCell(row: MetricRow): Markup {
  return html`<td class="number">${ratioText(row.ratio)}${isLargeUnjudged(row) ? html`<small>${NOT_JUDGED}</small>` : null}</td>`;
}

function verdictCell({ comparison }: MetricRow): Markup {
  if (comparison === null) return html`<td class="wide"></td>`;
  if (comparison.outcome === 'refused')
    return html`<td class="wide"><small>${verdictSentence(comparison)}</small></td>`;
  const tone = comparison.judgement === 'worse' ? 'not-ok' : comparison.judgement === 'better' ? 'ok' : '';
  return html`<td class="wide"><span class="judgement ${tone}">${comparison.verdict}</span><small>${verdictSentence(comparison)}</small></td>`;
}

export function limitSection(older: RunResult, newer: RunResult): Markup {
  const keyOf = ({ variant, name }: ThresholdResult) => `${variant} ${name}`;
  const before = new Map(older.thresholds.map((threshold) => [keyOf(threshold), threshold]));
  const after = new Map(newer.thresholds.map((threshold) => [keyOf(threshold), threshold]));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  if (keys.length === 0) {
    return section('limits', 'Limits', html`<p class="aside">Neither run declares limits.</p>`);
  }
  const variants = new Set([...older.thresholds, ...newer.thresholds].map(({ variant }) => variant));
  const lines = keys.flatMap((key) => {
    const any = after.get(key) ?? before.get(key);
    if (any === undefined) return [];
    return html`<tr><th scope="row">${statisticLabel(any.metric, any.statistic)}<small>${variants.size > 1 ? `${any.variant} · ` : null}${any.name}</small></th>
${limitCell(before.get(key), older)}${limitCell(after.get(key), newer)}</tr>`;
  });
  return section(
    'limits',
    'Limits',
    table([{ label: 'Limit on' }, ...OLDER_NEWER], lines, { className: 'side-table' }),
  );
}

function limitCell(threshold: ThresholdResult | undefined, result: RunResult): Markup {
  if (threshold === undefined) return html`<td class="number">–</td>`;
  if (withholdsNumbers(result)) return html`<td class="number">withheld<small>the audit failed</small></td>`;
  const mark = limitJudgement(threshold, result.verdict !== 'INVALID');
  return html`<td class="number">${thresholdValue(threshold)} ${mark}<small>${limitText(threshold)}</small></td>`;
}

/** Longer texts are folded: they say once more what the settings say. */
const LONGEST_VALUE = 160;

function differenceTable(differing: readonly Difference[]): Markup {
  const lines = differing.map(
    ({ path, older, newer }) =>
      html`<tr><th scope="row"><code>${path}</code></th><td>${older}</td><td>${newer}</td></tr>`,
  );
  const columns = [{ label: 'Setting' }, { label: 'Older' }, { label: 'Newer' }];
  return table(columns, lines, { className: 'side-table differing' });
}

export function differenceSection(older: Manifest | null, newer: Manifest | null): Markup {
  if (older === null || newer === null) {
    const text = 'One of the runs ended before it wrote down what it runs.';
    return section('differences', 'What differed', html`<p class="aside">${text}</p>`);
  }
  const { differing, sameCount } = manifestDifferences(older, newer);
  const same = `${countOf(sameCount, 'other setting')} of scenario, data, machine and services ${sameCount === 1 ? 'is' : 'are'} the same.`;
  if (differing.length === 0) {
    return section('differences', 'What differed', html`<p>Nothing recorded but the time. ${same}</p>`);
  }
  const isLong = ({ older: before, newer: after }: Difference) =>
    Math.max(before.length, after.length) > LONGEST_VALUE;
  const [long, short] = [differing.filter(isLong), differing.filter((each) => !isLong(each))];
  const folded =
    long.length === 0
      ? null
      : html`<details><summary>${long.map(({ path }) => path).join(', ')}: in other words</summary>${differenceTable(long)}</details>`;
  return section(
    'differences',
    'What differed',
    html`${short.length === 0 ? null : differenceTable(short)}${folded}<p class="aside">${same}</p>`,
  );
}
