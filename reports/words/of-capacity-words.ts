// Sentences on what a comparison has beside its pairs: the capacity that its levels are multiples of, the runs before it that
// nobody measured, where its curves cross, and what was lost when a fault struck.
import { countOf, formatMs, formatNumber } from '../format/format.ts';
import type { OfCapacity, StrikeResult, WarmUpResult } from '../record/of-capacity.ts';
import type { RunResult } from '../record/result.ts';
import type { Crossing } from '../statistics/crossing.ts';

/** "Levels are multiples of what direct sustains: 950 orders/s (confirmed at 950/s, failed at 1000/s …)." */
export function capacitySentence({
  variant,
  arrivals,
  perSecond,
  origin,
  isAtLeast,
  reason,
}: OfCapacity): string {
  if (perSecond === null) return `What ${variant} sustains was not found: ${reason}.`;
  const rate = `${formatNumber(perSecond)} ${arrivals}/s`;
  if (origin === 'given') return `Levels are multiples of ${rate}, given as what ${variant} sustains.`;
  return `Levels are multiples of what ${variant} sustains: ${isAtLeast ? 'at least ' : ''}${rate} (${reason}).`;
}

/** "Warmed up by 3 unmeasured runs: kafka p50 14.1 ms, 11.0 ms, 10.8 ms; steady within 5 %." */
export function warmUpSentence({ variants, isSteady, steadyRatio, mostRounds }: WarmUpResult): string {
  const count = variants.reduce((sum, { p50Ms }) => sum + p50Ms.length, 0);
  const each = variants.map(
    ({ variant, p50Ms }) =>
      `${variant} p50 ${p50Ms.map((ms) => (ms === null ? '–' : formatMs(ms))).join(', ')}`,
  );
  const share = `${formatNumber(steadyRatio * 100)} %`;
  const end = isSteady
    ? `the last two within ${share}`
    : mostRounds < 2
      ? 'whether that was enough cannot be told from one round'
      : `not yet within ${share} of each other: its first blocks may still be slower`;
  return `Warmed up by ${countOf(count, 'run')} that ${count === 1 ? 'is' : 'are'} not measured: ${each.join('; ')}; ${end}.`;
}

/** Where two curves cross, in the words of a shop. */
export function crossingSentence(
  { baseline, candidate, arrivals }: { baseline: string; candidate: string; arrivals: string },
  crossing: Crossing,
): string {
  const unit = `${arrivals}/s`;
  const found = foundWords(candidate, baseline, unit, crossing);
  return `${found}; ${holdsWords(baseline, crossing.baselineHoldsTo, unit, crossing)}, ${holdsWords(candidate, crossing.candidateHoldsTo, unit, crossing)}.`;
}

function foundWords(candidate: string, baseline: string, unit: string, crossing: Crossing): string {
  const { outcome, slowerUpTo, fasterFrom, mostOffered, costMs } = crossing;
  const rate = (perSecond: number | null) => `${formatNumber(perSecond ?? 0)} ${unit}`;
  const costs = costMs === null ? 'takes longer' : `costs ${formatMs(costMs)} (median)`;
  switch (outcome) {
    case 'crosses':
      return `Up to about ${rate(slowerUpTo)} ${candidate} ${costs}; from ${rate(fasterFrom)} on it is faster than ${baseline}`;
    case 'crosses-back':
      return `${candidate} is faster than ${baseline} at first and slower at ${rate(mostOffered)}`;
    case 'always-slower':
      return `No crossing: ${candidate} ${costs} at every rate up to ${rate(slowerUpTo)} at which it can be told`;
    case 'always-faster':
      return `No crossing: ${candidate} is faster than ${baseline} at every rate at which it can be told, from ${rate(fasterFrom)} on`;
    case 'alike':
      return `No crossing: ${candidate} and ${baseline} take as long at every rate at which it can be told`;
    case 'unclear':
      return `No clear crossing of ${candidate} and ${baseline} up to ${rate(mostOffered)}`;
  }
}

function holdsWords(side: string, holdsTo: number | null, unit: string, { mostOffered }: Crossing): string {
  if (holdsTo === null) return `${side} does not keep up even with the lowest`;
  if (holdsTo === mostOffered)
    return `${side} keeps up to ${formatNumber(holdsTo)} ${unit}, the most that was asked for`;
  return `${side} keeps up to ${formatNumber(holdsTo)} ${unit} and refuses or falls behind beyond`;
}

/** "kafka (API killed): …", what a fault cost and what survived it. */
export function strikeSentence(strike: StrikeResult): string {
  const { variant, label, attemptedCount, acceptedCount, acceptedOpenCount, inHandCount, inHandPlacedCount } =
    strike;
  const lost = strike.auditOk
    ? `none of ${formatNumber(acceptedCount)} accepted orders was lost`
    : 'the audit found what was lost or wrong';
  const heard =
    acceptedOpenCount === 0
      ? ''
      : ` (of ${formatNumber(acceptedOpenCount)} of them the shopper had heard nothing when the run ended)`;
  const inHand =
    inHandCount === 0
      ? 'no request was in hand'
      : `${countOf(inHandCount, 'order')} sent before it ${inHandCount === 1 ? 'was' : 'were'} never answered, ${placedWords(inHandCount, inHandPlacedCount)}`;
  const after =
    strike.afterwardsCount === 0
      ? 'every order after it had an answer'
      : `${countOf(strike.afterwardsCount, 'order')} after it had no answer`;
  const refused = strike.refusedCount === 0 ? 'none' : formatNumber(strike.refusedCount);
  const level = strike.level === null ? '' : ` of ${strike.level}`;
  return `${variant}, ${label} at second ${formatNumber(strike.second)}${level}: ${lost}${heard}; ${inHand}; ${after}, ${refused} of ${formatNumber(attemptedCount)} in all ${strike.refusedCount > 1 ? 'were' : 'was'} refused.`;
}

/** "30 of them placed all the same and 180 not"; no counts of nobody. */
function placedWords(count: number, placedCount: number): string {
  if (count === 1) return placedCount === 0 ? 'and it was not placed' : 'and it was placed all the same';
  if (placedCount === 0) return 'none of them placed';
  if (placedCount === count) return 'all of them placed all the same';
  return `${formatNumber(placedCount)} of them placed all the same and ${formatNumber(count - placedCount)} not`;
}

/** All of them, a line each, in the order in which they happened; none where the run has none, or publishes no result. */
export function extraSentences(result: RunResult): string[] {
  const { ofCapacity, warmUp, crossings = [], strikes = [], verdict } = result;
  if (verdict === 'AUDIT_FAILED' || verdict === 'INVALID') return [];
  return [
    ...(ofCapacity === undefined ? [] : [capacitySentence(ofCapacity)]),
    ...(warmUp === undefined ? [] : [warmUpSentence(warmUp)]),
    ...crossings.map(({ sentence }) => sentence),
    ...strikes.map(strikeSentence),
  ];
}
