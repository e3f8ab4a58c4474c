// What a comparison of two runs comes to, in sentences for terminal and pull request alike.

import { countOf, formatQuantity } from '../format/format.ts';
import type { CombinedComparison, ComparisonResult } from '../record/result.ts';
import { changeText, comparisonWord, pairText } from '../words/comparison-words.ts';
import { statisticLabel } from '../words/metric-names.ts';
import type { ComparedRow } from './compare-figure.ts';
import type { RunComparison } from './compare-runs.ts';
import type { ComparedRun } from './compared-run.ts';

/** Symbol and sentence, then one line for each primary metric that is worse and each trade-off. */
export function summaryLines({ rows, combined, withheld, marginRatio }: RunComparison): string[] {
  if (withheld !== null) return [`⊘ no verdict: ${withheld}.`];
  const primaries = rows.map(({ result }) => result).filter(({ role }) => role === 'primary');
  const [only] = primaries;
  if (only === undefined) return ['⊘ no verdict: no primary metric stands in either run.'];
  const tradeOffs = combined.filter(({ verdict }) => verdict === 'TRADE-OFF').map(tradeOffLine);
  if (primaries.length === 1) return [primaryLine(only)];
  const worse = primaries.filter(({ judgement }) => judgement === 'worse');
  const margin = marginText(marginRatio);
  if (worse.length === 0) return [calmLine(primaries, margin)];
  return [
    `✗ ${worse.length} of ${countOf(primaries.length, 'primary comparison')} worse beyond ${margin}:`,
    ...worse.map(primaryLine),
    ...tradeOffs,
  ];
}

/** What a side is: name, commit, start, cells, verdict. */
export function sideText({ name, manifest, result }: ComparedRun): string {
  const changes = manifest.commitIsDirty ? ' with changes' : '';
  return [
    name,
    manifest.commit === null ? 'no commit' : `commit ${manifest.commit.slice(0, 10)}${changes}`,
    startText(manifest.startedAt),
    countOf(result.cells.length, 'cell'),
    result.verdict,
  ].join(' · ');
}

/** `2025-11-21 11:00 UTC`. */
export function startText(startedAt: string): string {
  return `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

/** `±5 %`. */
export function marginText(marginRatio: number): string {
  return `±${(marginRatio * 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %`;
}

/** The words of a row beside its verdict, which terminal and Markdown set in columns. */
export function rowWords(row: ComparedRow): {
  metric: string;
  baseline: string;
  candidate: string;
  change: string;
  interval: string;
  cells: string;
} {
  const { metric, statistic, role, ratio, low, high, baselineCount, candidateCount } = row.result;
  return {
    metric: `${statisticLabel(metric, statistic)}${role === 'primary' ? ' · primary' : ''}`,
    baseline: valueText(row.baselineValue, row.unit, row.baselineAtLeast),
    candidate: valueText(row.candidateValue, row.unit, row.candidateAtLeast),
    change: ratio === null ? '–' : `${row.candidateAtLeast ? '≥ ' : ''}${changeText(ratio)} %`,
    interval: low === null || high === null ? '–' : `[${changeText(low)}, ${changeText(high)}]`,
    cells: `${baselineCount} / ${candidateCount}`,
  };
}

function valueText(value: number | null, unit: string, atLeast: boolean): string {
  if (value === null) return '–';
  return `${atLeast ? '≥ ' : ''}${formatQuantity(value, unit)}`;
}

function calmLine(primaries: ComparisonResult[], margin: string): string {
  const counts = Map.groupBy(primaries, ({ verdict }) => verdict);
  const words = [...counts].map(([verdict, results]) => `${results.length} ${verdict}`).join(', ');
  const settled = primaries.filter(({ outcome }) => outcome === 'judged');
  if (settled.length === 0) return '⊘ no verdict: the differences are shown, and they settle nothing.';
  const isOpen = primaries.some(({ judgement }) => judgement === 'unsettled' || judgement === 'refused');
  return isOpen
    ? `? ${primaries.length} primary comparisons at ${margin}: ${words}. This does not mean no change.`
    : `✓ ${primaries.length} primary comparisons, none worse beyond ${margin}: ${words}.`;
}

function primaryLine(result: ComparisonResult): string {
  const { metric, statistic, sentence } = result;
  return `${comparisonWord(result)}  ${statisticLabel(metric, statistic)} of ${pairText(result)}: ${sentence}`;
}

function tradeOffLine(combination: CombinedComparison): string {
  return `± TRADE-OFF  ${pairText(combination)}: ${combination.sentence}`;
}
