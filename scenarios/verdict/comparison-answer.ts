// The answer to "which is better?" in two sentences: better for what, by how much, at which load and at what cost; then what the
// answer does not say. Every pair at every level stands in the table below it (reports/words/answer-table.ts).
import { formatPercent, formatQuantity } from '../../reports/format/format.ts';
import { findMetric } from '../../reports/metrics/find-metric.ts';
import type { ComparisonResult, Verdict } from '../../reports/record/result.ts';
import { changeText } from '../../reports/words/comparison-words.ts';
import { metricLabel, statisticLabel } from '../../reports/words/metric-names.ts';
import type { Comparison } from '../scenario/scenario.ts';
import { comparisonCaveat, listOf } from './comparison-caveat.ts';

type Pair = Comparison['pairs'][number];

/** Of so many metrics that were only explored it is told by how much they are worse; the page has all. */
const MOST_COSTS = 2;

/**
 * Answers a comparison in two lines, a sentence each. The first is about the first declared pair, which the question asks for, or
 * about the baseline where there are no pairs; only its primary metrics decide, the explored ones say what it costs.
 * @param measured what the scenario asks in its own words and no ratio says, of a pair at its levels; null: nothing
 */
export function comparisonAnswer(
  verdict: Verdict,
  comparison: Pick<Comparison, 'pairs' | 'restsOn' | 'notTested'> & { auditFailed: string },
  results: readonly ComparisonResult[],
  measured: (pair: Pair, levels: readonly (string | null)[]) => string | null = () => null,
): string {
  if (verdict === 'INVALID') {
    return 'No answer: the generator could not keep to its plan, so these figures describe the generator, not the shop.';
  }
  if (verdict === 'AUDIT_FAILED') {
    return `No answer: ${comparison.auditFailed}; see the audit before any latency.`;
  }
  const primaries = results.filter(({ role }) => role === 'primary');
  const [pair] = comparison.pairs.filter((one) => primaries.some((result) => isOf(one, result)));
  const [first] = primaries;
  if (first === undefined) {
    return 'No answer yet: there was nothing to compare with. Keep this run with `npm run baseline -- save NAME`, then rehearse the new shop with `--baseline NAME`.';
  }
  const own = results.filter((result) =>
    pair === undefined ? result.candidate === first.candidate : isOf(pair, result),
  );
  const tells = pair?.tells ?? `${first.candidate}, held against the baseline,`;
  const levels = [...new Set(own.map(({ level }) => level))];
  const beside = pair === undefined ? null : measured(pair, levels);
  return [betterSentence(tells, own, beside), comparisonCaveat(comparison, primaries)].join('\n');
}

function isOf({ baseline, candidate }: Pair, result: ComparisonResult): boolean {
  return result.kind === 'paired' && result.baseline === baseline && result.candidate === candidate;
}

/** "Kafka as a whole is better at burst: …; it costs …." */
function betterSentence(tells: string, own: readonly ComparisonResult[], measured: string | null): string {
  const primary = own.filter(({ role }) => role === 'primary');
  const better = primary.filter(({ judgement }) => judgement === 'better');
  const worse = primary.filter(({ judgement }) => judgement === 'worse');
  const name = tells.charAt(0).toUpperCase() + tells.slice(1);
  const costs = costsOf(own);
  const lead = measured === null ? '' : `${measured}; `;
  if (better.length > 0) {
    const paid = [...effectsOf(worse), ...costs];
    const price = paid.length === 0 ? 'nothing measured got worse for it' : `it costs ${listOf(paid)}`;
    const gains = effectsOf(better, { namesLevel: levelsOf(better).length > 1 });
    return `${name} is better${levelsText(better, primary)}: ${lead}${listOf(gains)}; ${price}.`;
  }
  if (worse.length > 0) {
    const nowhere = levelsOf(primary).length > 1 ? 'at no load that was tried' : 'in nothing that was asked';
    return `${name} is better ${nowhere}: ${lead}it costs ${listOf([...effectsOf(worse), ...costs])}.`;
  }
  const price = costs.length === 0 ? '' : `; it costs ${listOf(costs)}`;
  const isSame = primary.every(({ judgement }) => judgement === 'same');
  if (isSame) {
    const within = formatPercent(Math.max(...primary.map(({ marginRatio }) => marginRatio)));
    return `${name} makes no difference beyond ±${within}: ${lead}${listOf(effectsOf(primary))}${price}.`;
  }
  return `Whether ${tells} is better cannot be told from this run: ${lead}${listOf(effectsOf(primary))}${price}.`;
}

/** Of every metric its effects, a level each; of more than two levels the smallest and the largest. */
function effectsOf(results: readonly ComparisonResult[], { namesLevel } = { namesLevel: true }): string[] {
  const byMetric = Map.groupBy(results, ({ metric, statistic }) => `${metric} ${statistic}`);
  return [...byMetric.values()].map((own) => {
    const [first] = own;
    if (first === undefined) return '';
    const shown = own.length > 2 ? extremesOf(own) : own;
    const isRange = own.length > 2;
    const effects = shown
      .map((one) => effectOf(namesLevel ? one : { ...one, level: null }))
      .join(isRange ? ' to ' : ' and ');
    return `${subjectOf(first)} ${isRange ? 'from ' : first.means === undefined || first.ratio === null ? '' : 'of '}${effects}`;
  });
}

function extremesOf(own: readonly ComparisonResult[]): ComparisonResult[] {
  const sorted = own.toSorted((a, b) => Math.abs(Math.log(a.ratio ?? 1)) - Math.abs(Math.log(b.ratio ?? 1)));
  return [sorted[0], sorted.at(-1)].flatMap((one) => one ?? []);
}

/** "10.7 ms instead of 6.1 ms (+76.0 %) at light": no percentage without what it is of, where that was kept. */
function effectOf({ ratio, level, footnote, means }: ComparisonResult): string {
  const at = level === null ? '' : ` at ${level}`;
  if (ratio === null) return `without a figure${at} (${footnote ?? 'refused'})`;
  const change = `${changeText(ratio)} %`;
  if (means === undefined) return `${change}${at}`;
  const value = (side: number) => formatQuantity(side, means.unit);
  return `${value(means.candidate)} instead of ${value(means.baseline)} (${change})${at}`;
}

/** "a typical wait for “order confirmed”"; other metrics by their names. */
function subjectOf({ metric, statistic }: ComparisonResult): string {
  // "A minute" stands in the values' unit.
  if (findMetric(metric)?.kind !== 'latency')
    return statisticLabel(metric, statistic).replace(/ an? (?:second|minute|hour)$/, '');
  const wait = `wait for “${metricLabel(metric)}”`;
  if (statistic === 'p50') return `a typical ${wait}`;
  return statistic === 'p95' ? `a slow ${wait} (p95)` : `the ${statistic} of the ${wait}`;
}

/** Explored metrics that are worse, each where it is worst, the largest first. */
function costsOf(own: readonly ComparisonResult[]): string[] {
  const worse = own.filter(({ role, judgement }) => role === 'exploratory' && judgement === 'worse');
  const byMetric = Map.groupBy(worse, ({ metric, statistic }) => `${metric} ${statistic}`);
  const size = ({ ratio }: ComparisonResult) => Math.abs(Math.log(ratio ?? 1));
  return [...byMetric.values()]
    .flatMap((results) => extremesOf(results).slice(-1))
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, MOST_COSTS)
    .map((result) => `${subjectOf(result)} ${result.means === undefined ? '' : 'of '}${effectOf(result)}`);
}

const levelsOf = (results: readonly ComparisonResult[]): string[] => [
  ...new Set(results.flatMap(({ level }) => level ?? [])),
];

function levelsText(own: readonly ComparisonResult[], all: readonly ComparisonResult[]): string {
  const [levels, tried] = [levelsOf(own), levelsOf(all)];
  if (levels.length === 0) return '';
  if (levels.length === tried.length && levels.length > 1) return ' at every load that was tried';
  return ` at ${listOf(levels)}`;
}
