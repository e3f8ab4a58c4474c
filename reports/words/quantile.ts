// How a statistic of a latency is spoken of: as a value, as "at least", or not at all because it rests on too few samples; and
// what that decides of a limit. Everything that shows or judges a quantile asks here.

import { formatMs } from '../format/format.ts';
import type { LatencySummary } from '../record/result.ts';

/** The rank of a quantile as a share of the samples. */
export const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
export type QuantileName = keyof typeof QUANTILES;
export type LatencyStatistic = QuantileName | 'mean' | 'max';

export type Reading =
  | { kind: 'value'; ms: number }
  /** Samples that were cut off reach down to it: the true value is this or more. */
  | { kind: 'at-least'; ms: number }
  /** Less than one sample is expected beyond the quantile, so the next run would give another one. */
  | { kind: 'too-few'; count: number; neededCount: number };

const LATENCY_STATISTICS: readonly string[] = [...Object.keys(QUANTILES), 'mean', 'max'];

/** Whether a name is a statistic of latencies; plain values have `value` instead. */
export function isLatencyStatistic(name: string): name is LatencyStatistic {
  return LATENCY_STATISTICS.includes(name);
}

/** Samples from which on a statistic is spoken of: 2 for the median, 20 for p95, 100 for p99. */
export function neededCount(statistic: LatencyStatistic): number {
  return isQuantile(statistic) ? Math.round(1 / (1 - QUANTILES[statistic])) : 1;
}

/** The statistic of a summary, or why there is none. */
export function readStatistic(summary: LatencySummary, statistic: LatencyStatistic): Reading {
  const { count } = summary;
  const needed = neededCount(statistic);
  if (count < needed) return { kind: 'too-few', count, neededCount: needed };
  const ms = summary[statistic];
  return { kind: isLowerBound(summary, statistic) ? 'at-least' : 'value', ms };
}

/** A percentile of 0–100 of `count` samples, `censoredCount` of them cut off, whose value is `ms`. */
export function readPercentile(
  {
    count,
    censoredCount,
    censoredFromMs,
  }: Pick<LatencySummary, 'count' | 'censoredCount' | 'censoredFromMs'>,
  percentile: number,
  ms: number,
): Reading {
  const beyond = 1 - percentile / 100;
  if (count * beyond < 0.999) return { kind: 'too-few', count, neededCount: Math.round(1 / beyond) };
  const isAtLeast =
    censoredCount > 0 &&
    (censoredFromMs === undefined ? censoredCount > count * beyond : ms >= censoredFromMs);
  return { kind: isAtLeast ? 'at-least' : 'value', ms };
}

/** "412 ms", "≥ 10 s", "too few samples (16 of 20)". */
export function readingText(reading: Reading): string {
  switch (reading.kind) {
    case 'value':
      return formatMs(reading.ms);
    case 'at-least':
      return atLeastText(reading.ms);
    case 'too-few':
      return `too few samples (${reading.count} of ${reading.neededCount})`;
  }
}

/** A quantile for tiles and tables, where there is room for two words. */
export function quantileText(summary: LatencySummary, name: QuantileName): string {
  const reading = readStatistic(summary, name);
  return reading.kind === 'too-few' ? 'too few' : readingText(reading);
}

/** What a quantile is sorted by; "too few" goes to the end, so that no single sample makes a route the slowest. */
export function quantileSort(summary: LatencySummary, name: QuantileName): number {
  return statisticValue(summary, name)?.ms ?? -1;
}

/** The largest sample; "≥" where any was cut off. */
export function maxText(summary: LatencySummary): string {
  return summary.count === 0 ? '–' : readingText(readStatistic(summary, 'max'));
}

/** The mean; "≥" where any sample was cut off. */
export function meanText(summary: LatencySummary): string {
  return summary.count === 0 ? '–' : readingText(readStatistic(summary, 'mean'));
}

/** The statistic as one number for statistics and charts; null where it rests on too few samples. */
export function statisticValue(
  summary: LatencySummary,
  statistic: LatencyStatistic,
): { ms: number; isAtLeast: boolean } | null {
  const reading = readStatistic(summary, statistic);
  return reading.kind === 'too-few' ? null : { ms: reading.ms, isAtLeast: reading.kind === 'at-least' };
}

/** Rounded to the histogram's three digits, so that a deadline of 5 s does not read as 5,001 ms. */
export function atLeastText(ms: number): string {
  return `≥ ${formatMs(Number(ms.toPrecision(3)))}`;
}

export type Decision = {
  outcome: 'kept' | 'missed' | 'undecided';
  /** Samples that are known to lie beyond a limit that too few samples decided. */
  beyondCount?: number;
};

/** Below this probability chance is no longer an excuse. */
const CHANCE = 0.05;

/**
 * What a summary decides of "statistic ≤ limit". A value decides it; a lower bound can only miss it. From too few samples a
 * limit is missed where more of them lie beyond it than a shop that keeps it shows in one run of twenty (exact binomial,
 * one-sided), and never kept: sixteen samples without one beyond leave p95 open.
 */
export function decideUpperLimit(
  summary: LatencySummary,
  statistic: LatencyStatistic,
  limitMs: number,
): Decision {
  const reading = readStatistic(summary, statistic);
  switch (reading.kind) {
    case 'value':
      return { outcome: reading.ms <= limitMs ? 'kept' : 'missed' };
    case 'at-least':
      return { outcome: reading.ms <= limitMs ? 'undecided' : 'missed' };
    case 'too-few': {
      if (!isQuantile(statistic)) return { outcome: 'undecided' };
      const beyondCount = knownBeyond(summary, limitMs);
      const chance = binomialTail(summary.count, beyondCount, 1 - QUANTILES[statistic]);
      return chance <= CHANCE ? { outcome: 'missed', beyondCount } : { outcome: 'undecided' };
    }
  }
}

/** What a summary decides of "statistic ≥ limit": a lower bound beyond it keeps it, one below leaves it open. */
export function decideLowerLimit(
  summary: LatencySummary,
  statistic: LatencyStatistic,
  limitMs: number,
): Decision {
  const reading = readStatistic(summary, statistic);
  if (reading.kind === 'too-few') return { outcome: 'undecided' };
  if (reading.ms >= limitMs) return { outcome: 'kept' };
  return { outcome: reading.kind === 'at-least' ? 'undecided' : 'missed' };
}

/** Probability of `least` or more among `count` independent trials of this probability each. */
export function binomialTail(count: number, least: number, probability: number): number {
  let sum = 0;
  let term = (1 - probability) ** count;
  for (let successes = 0; successes <= count; successes += 1) {
    if (successes >= least) sum += term;
    term *= ((count - successes) / (successes + 1)) * (probability / (1 - probability));
  }
  return Math.min(1, sum);
}

/** A quantile beyond the limit means that its own sample and all above it are. */
function knownBeyond(summary: LatencySummary, limitMs: number): number {
  const counts = Object.entries(QUANTILES).map(([name, share]) => {
    const ms = isQuantile(name) ? summary[name] : 0;
    const rank = Math.max(1, Math.ceil(share * summary.count - 1e-9));
    return ms > limitMs ? summary.count - rank + 1 : 0;
  });
  return Math.max(0, ...counts);
}

function isQuantile(statistic: string): statistic is QuantileName {
  return statistic in QUANTILES;
}

/**
 * Where it is known from which time on samples were cut off, a quantile below that time stands. Elsewhere they are taken to
 * lie above all others, at the deadline.
 */
function isLowerBound(summary: LatencySummary, statistic: LatencyStatistic): boolean {
  const { count, censoredCount, censoredFromMs } = summary;
  if (censoredCount === 0) return false;
  if (!isQuantile(statistic)) return true;
  if (censoredFromMs !== undefined) return summary[statistic] >= censoredFromMs;
  return censoredCount > count * (1 - QUANTILES[statistic]);
}
