// What a search for the highest rate found, in the words of a shop: used alike by answer, page, Markdown and JUnit.

import { formatNumber } from '../format/format.ts';
import type { CapacityProbe, CapacityResult, ThresholdResult } from '../record/result.ts';
import { outcomeOf } from '../record/threshold-result.ts';
import { statisticLabel } from './metric-names.ts';
import { limitText, thresholdValue } from './threshold-words.ts';

const NUMBER_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** "one API process", "4 API processes". */
export function apiProcessesText(count: number): string {
  return count === 1 ? 'one API process' : `${NUMBER_WORDS[count] ?? count} API processes`;
}

/** "direct with one API process"; where nobody sees how many there are, the name alone, as words: "your shop". */
export function configurationText({
  transport,
  apiProcesses,
}: Pick<CapacityResult, 'transport' | 'apiProcesses'>): string {
  return apiProcesses === 0
    ? transport.replaceAll('-', ' ')
    : `${transport} with ${apiProcessesText(apiProcesses)}`;
}

/** "180 orders/s (648,000 an hour)". */
export function rateText(perSecond: number, arrivals: CapacityResult['arrivals']): string {
  return `${formatNumber(perSecond)} ${arrivals}/s (${formatNumber(Math.round(perSecond * 3_600))} an hour)`;
}

/** "direct with one API process sustains 180 orders/s (648,000 an hour); at 190 the shop is at its limit: order confirmed p95 was 2,140 ms (limit ≤ 1,000 ms)". */
export function capacitySentence(result: CapacityResult): string {
  const subject = configurationText(result);
  const { sustainedPerSecond, arrivals, outcome, reason } = result;
  if (outcome === 'skipped') return `${subject} was not searched: ${reason}`;
  if (sustainedPerSecond === null) return `${subject}: no rate was confirmed; ${reason}`;
  const rate = rateText(sustainedPerSecond, arrivals);
  if (outcome === 'at-least') return `${subject} sustains at least ${rate}; ${generatorLimit(result)}`;
  const above = failureAbove(result);
  // The rate that was confirmed is told already.
  const because = reason.replace(/^confirmed at [\d.,]+\/s; /, '').replace(/ to close in on the limit$/, '');
  const open = result.isClosed ? '' : `; the search ended before it had closed in (${because})`;
  return `${subject} sustains ${rate}${above === null ? '' : `; ${above}`}${open}`;
}

function generatorLimit({ firstFailedPerSecond, probes }: CapacityResult): string {
  const there = probes.filter(({ perSecond }) => perSecond === firstFailedPerSecond);
  const unplanned = there.find(({ verdict, limits }) => verdict === 'invalid' && limits.length === 0);
  if (unplanned !== undefined)
    return `${formatNumber(unplanned.perSecond)} could not be asked for: ${unplanned.reasons.join(' ').replace(/\.$/, '')}`;
  const where = firstFailedPerSecond === null ? 'above' : `at ${formatNumber(firstFailedPerSecond)}`;
  return `${where} the generator itself was the limit, so nothing is known of the shop there`;
}

/** "at 190 the shop is at its limit: order confirmed p95 was 2,140 ms (limit ≤ 1,000 ms)"; null where no probe above failed. */
function failureAbove({ firstFailedPerSecond, probes }: CapacityResult): string | null {
  if (firstFailedPerSecond === null) return null;
  const failed = probes.filter(
    ({ perSecond, verdict }) => perSecond === firstFailedPerSecond && verdict === 'broken',
  );
  const broken = firstBroken(failed.find(({ kind }) => kind === 'confirm') ?? failed[0]);
  const at = `at ${formatNumber(firstFailedPerSecond)} the shop is at its limit`;
  return broken === undefined ? null : `${at}: ${brokenText(broken)}`;
}

/** "order confirmed p95 was 2,140 ms (limit ≤ 1,000 ms)". */
export function brokenText(limit: ThresholdResult): string {
  const subject = statisticLabel(limit.metric, limit.statistic);
  return `${subject} was ${thresholdValue(limit)} (limit ${limitText(limit)})`;
}

/** The first limit that a probe broke; where it broke none, the first that it left undecided. */
export function firstBroken(probe: CapacityProbe | undefined): ThresholdResult | undefined {
  const open = probe?.limits.filter(({ ok }) => !ok) ?? [];
  return open.find((limit) => outcomeOf(limit) === 'missed') ?? open[0];
}

/** The probe's verdict with its symbol. */
export function probeWord({ verdict }: Pick<CapacityProbe, 'verdict'>): string {
  return { kept: '✓ kept', broken: '✗ broken', invalid: '⊘ invalid' }[verdict];
}

/** All sentences; those that were skipped for the same reason are told once. */
export function capacitySentences(results: readonly CapacityResult[]): string[] {
  const searched = results.filter(({ outcome }) => outcome !== 'skipped').map(capacitySentence);
  const reasons = new Set(results.flatMap(({ outcome, reason }) => (outcome === 'skipped' ? [reason] : [])));
  return [...searched, ...[...reasons].map((reason) => `Skipped: ${reason}`)];
}
