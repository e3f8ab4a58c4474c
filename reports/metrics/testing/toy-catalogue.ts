// Metrics that no shop has yet, for tests that plant them: what a new entry of the catalogue looks like.
import { METRICS } from '../catalogue.ts';
import type { Metric } from '../metric.ts';
import { TOY_LATENCY } from './toy-entries.ts';

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
