// A limit in shop language, and how much of it was used up: what makes limits of any unit one row of bars.
import { capitalised, formatMs, formatSeconds } from '../../format/format.ts';
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

/** "99 of 100 orders confirmed only within 0.41 s; the limit is 0.4 s." */
export function limitSentence(threshold: ThresholdResult): string {
  const { value, unit, atMost, isAtLeast, tooFew } = threshold;
  const subject = capitalised(limitSubject(threshold));
  if (unit === 'ms' && value !== null && atMost !== undefined && tooFew === undefined) {
    // Where they lie so close that two digits do not tell them apart, milliseconds do.
    const format = formatSeconds(value) === formatSeconds(atMost) ? formatMs : formatSeconds;
    return `${subject} only within ${isAtLeast ? 'more than ' : ''}${format(value)}; the limit is ${format(atMost)}.`;
  }
  const distance = distanceText(threshold);
  return `${subject}: ${thresholdValue(threshold)}; the limit is ${limitText(threshold)}${distance === '' ? '' : ` (${distance})`}.`;
}
