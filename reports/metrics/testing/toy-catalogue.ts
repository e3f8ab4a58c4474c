// A catalogue with two metrics that no shop has yet, for tests that show where a new entry appears by itself.
import { METRICS } from '../catalogue.ts';
import { COUNTS, type SeriesCount } from '../counts.ts';
import type { Metric } from '../metric.ts';

export const TOY_LATENCY = {
  name: 'coupon.claimed',
  kind: 'latency',
  unit: 'ms',
  label: 'coupon in the shopper’s hands',
  better: 'lower',
  live: 'all-blocks',
  hasCurve: true,
  headline: { note: 'click to coupon', statistics: ['p95'] },
} as const satisfies Metric;

/** Of the counts there are, so that it is one entry. */
export const TOY_RATIO = {
  name: 'coupons.claimedRatio',
  kind: 'ratio',
  part: ['answered coupon.claimed'],
  whole: ['sessionsStarted'],
  unit: 'ratio',
  label: 'coupons a session',
  better: 'higher',
  headline: { note: 'claimed per session' },
} as const satisfies Metric;

export const TOY_CATALOGUE: readonly Metric[] = [...METRICS, TOY_LATENCY, TOY_RATIO];

export const TOY_COUNTS: readonly SeriesCount[] = [
  ...COUNTS,
  {
    name: 'couponsClaimed',
    isOnPage: true,
    line: { chart: 'orders', label: 'coupons claimed', draws: 'rate' },
  },
];
