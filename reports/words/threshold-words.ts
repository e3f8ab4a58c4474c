// A limit in words: the measured value beside it, how far off it is, and what became of it.

import { countOf, formatClock, formatQuantity } from '../format/format.ts';
import type { ThresholdResult } from '../record/result.ts';
import { outcomeOf } from '../record/threshold-result.ts';
import { statisticLabel } from './metric-names.ts';
import { readingText } from './quantile.ts';

/** How a value is written in its unit; milliseconds by default, seconds on the first screen of a page. */
type QuantityText = (value: number, unit: string) => string;

/** "order confirmed p99 = 412 ms; limit ≤ 400 ms; 12 ms over; first crossed at 03:10". */
export function thresholdSentence(threshold: ThresholdResult, omitVariant: boolean): string {
  const subject = statisticLabel(threshold.metric, threshold.statistic);
  const name = omitVariant ? subject : `${subject} (${threshold.variant})`;
  const isValue = threshold.value !== null && !threshold.isAtLeast;
  const parts = [
    `${name}${isValue ? ' = ' : ' '}${thresholdValue(threshold)}`,
    `limit ${limitText(threshold)}`,
    distanceText(threshold),
  ];
  if (outcomeOf(threshold) === 'missed' && threshold.firstCrossedAtSecond !== null) {
    parts.push(`first crossed at ${formatClock(threshold.firstCrossedAtSecond)}`);
  }
  return parts.filter((part) => part !== '').join('; ');
}

/** The measured value with its unit, "≥ 10 s", "too few samples (16 of 20)", or "not measured". */
export function thresholdValue(
  { value, unit, isAtLeast, tooFew }: ThresholdResult,
  quantity: QuantityText = formatQuantity,
): string {
  if (tooFew !== undefined) {
    const text = readingText({ kind: 'too-few', ...tooFew });
    return tooFew.beyondCount === undefined
      ? text
      : `at least ${tooFew.beyondCount} of ${countOf(tooFew.count, 'sample')} beyond the limit`;
  }
  if (value === null) return 'not measured';
  return isAtLeast ? `≥ ${quantity(asSet(value), unit)}` : quantity(value, unit);
}

const OUTCOME_WORDS = { kept: '✓ kept', missed: '✗ crossed', undecided: '? undecided' } as const;

/** Symbol and word of a limit: `✗ crossed`. */
export function outcomeWord(threshold: ThresholdResult): string {
  return OUTCOME_WORDS[outcomeOf(threshold)];
}

/** "≤ 400 ms", "≥ 99 %", or both. */
export function limitText(
  { atMost, atLeast, unit }: ThresholdResult,
  quantity: QuantityText = formatQuantity,
): string {
  const lower = atLeast === undefined ? [] : [`≥ ${quantity(atLeast, unit)}`];
  const upper = atMost === undefined ? [] : [`≤ ${quantity(atMost, unit)}`];
  return [...lower, ...upper].join(' and ');
}

/** How far off: "12 ms over", "88 ms below the limit", "3 orders/s short"; empty when nothing was measured or decided. */
export function distanceText(threshold: ThresholdResult, quantity: QuantityText = formatQuantity): string {
  const { atMost, atLeast, unit, isAtLeast } = threshold;
  if (threshold.value === null || outcomeOf(threshold) === 'undecided') return '';
  const value = isAtLeast ? asSet(threshold.value) : threshold.value;
  const bound = isAtLeast ? 'at least ' : '';
  const distance = (limit: number) => `${bound}${pointsText(quantity(Math.abs(value - limit), unit), unit)}`;
  if (atMost !== undefined && value > atMost) return `${distance(atMost)} over`;
  if (atLeast !== undefined && value < atLeast) return `${distance(atLeast)} short`;
  if (atMost !== undefined)
    return value === atMost ? 'exactly at the limit' : `${distance(atMost)} below the limit`;
  if (atLeast !== undefined)
    return value === atLeast ? 'exactly at the limit' : `${distance(atLeast)} above the limit`;
  return '';
}

/** A deadline as it was set, not as the histogram's bucket has it. */
const asSet = (value: number): number => Number(value.toPrecision(3));

/** Differences of ratios are percentage points. */
function pointsText(text: string, unit: string): string {
  return unit === 'ratio' ? text.replace('%', text === '1 %' ? 'point' : 'points') : text;
}
