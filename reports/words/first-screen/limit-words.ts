// A limit in shop language, and how much of it was used up: what makes limits of any unit one row of bars.
import { capitalised, formatMs, formatQuantity, formatSeconds } from '../../format/format.ts';
import { splitRoute } from '../../metrics/find-metric.ts';
import type { ThresholdResult } from '../../record/result.ts';
import { metricLabel } from '../metric-names.ts';
import { distanceText, limitText, thresholdValue } from '../threshold-words.ts';

const HOW_MANY: Record<string, string> = {
  p50: 'half of',
  p90: '90 of 100',
  p95: '95 of 100',
  p99: '99 of 100',
};

const WHAT: Record<string, string> = {
  'order.confirmed': 'orders confirmed',
  'order.accepted': 'orders accepted',
  'http.response': 'requests answered',
  'http.service': 'requests served',
  'recommendation.shown': 'lists shown',
  'signUp.confirmed': 'people signed up',
};

/** "95 of 100 orders confirmed"; other metrics by their names. */
export function limitSubject({ metric, statistic }: Pick<ThresholdResult, 'metric' | 'statistic'>): string {
  const { base, route } = splitRoute(metric);
  const what = WHAT[base];
  const howMany = HOW_MANY[statistic];
  if (what === undefined || howMany === undefined) {
    const label = metricLabel(metric);
    return statistic === 'value' ? label : `${label} ${statistic}`;
  }
  return `${howMany} ${what}${route === null ? '' : ` (${route})`}`;
}

/**
 * How much of the room that a limit leaves was used: 0.33 where a third of it was, above 1 where it was crossed. Of several bounds
 * the one nearest. Null where nothing was measured, or where a bound of 0 leaves no room to speak of.
 */
export function usedOfLimit({ value, atMost, atLeast }: ThresholdResult): number | null {
  if (value === null) return null;
  const used = [
    ...(atMost !== undefined && atMost > 0 ? [value / atMost] : []),
    ...(atLeast !== undefined && value > 0 ? [atLeast / value] : []),
  ];
  return used.length === 0 ? null : Math.max(...used);
}

/**
 * What a bar has in words.
 * @param isFelt waits in seconds, as all of the first screen of a rehearsal; comparisons have milliseconds
 */
export function barTexts(
  threshold: ThresholdResult,
  isFelt: boolean,
): { value: string; limit: string; distance: string } {
  const quantity = (value: number, unit: string) =>
    isFelt && unit === 'ms' ? waitFormat(threshold)(value) : formatQuantity(value, unit);
  return {
    value: thresholdValue(threshold, quantity),
    limit: limitText(threshold, quantity),
    distance: distanceText(threshold, quantity),
  };
}

/** Where a wait and its limit lie so close that two digits do not tell them apart, milliseconds do. */
function waitFormat({ value, atMost, atLeast }: ThresholdResult): (ms: number) => string {
  const isClose = [atMost, atLeast].some(
    (limit) => value !== null && limit !== undefined && formatSeconds(value) === formatSeconds(limit),
  );
  return isClose ? formatMs : formatSeconds;
}

/** Whether its subject is so many of all: "95 of 100 orders confirmed". */
const isShare = ({ metric, statistic }: ThresholdResult): boolean =>
  WHAT[splitRoute(metric).base] !== undefined && HOW_MANY[statistic] !== undefined;

/** "99 of 100 orders confirmed only within 0.41 s; the limit is 0.4 s." */
export function limitSentence(threshold: ThresholdResult): string {
  const { value, unit, atMost, isAtLeast, tooFew } = threshold;
  const subject = capitalised(limitSubject(threshold));
  if (unit === 'ms' && value !== null && atMost !== undefined && tooFew === undefined && isShare(threshold)) {
    const format = waitFormat(threshold);
    // Beyond the deadline nobody knows how long it took.
    const within = isAtLeast
      ? `Fewer than ${limitSubject(threshold)} within ${format(value)}`
      : `${subject} only within ${format(value)}`;
    return `${within}; the limit is ${format(atMost)}.`;
  }
  const distance = distanceText(threshold);
  return `${subject}: ${thresholdValue(threshold)}; the limit is ${limitText(threshold)}${distance === '' ? '' : ` (${distance})`}.`;
}
