// A latency and a count that no shop has yet, as their entries in the catalogue would be.
import type { SeriesCount } from '../counts.ts';
import type { Metric } from '../metric.ts';

export const TOY_LATENCY = {
  name: 'coupon.claimed',
  kind: 'latency',
  unit: 'ms',
  label: 'coupon in the shopper’s hands',
  better: 'lower',
  measured: 'from the click to the coupon',
  live: 'all-blocks',
  curve: {},
  overTime: { section: 'orders' },
  terminal: { line: 'orders', place: 6, label: 'coupon' },
  headline: { note: 'click to coupon', statistics: ['p95'] },
} as const satisfies Metric;

export const TOY_COUNT = {
  name: 'couponsClaimed',
  isOnPage: true,
  line: { chart: 'orders', label: 'coupons claimed', draws: 'rate' },
  terminal: { line: 'orders', place: 5, label: 'coupons' },
  summary: {
    name: 'coupons.claimed',
    unit: 'coupons',
    label: 'coupons claimed',
    better: 'higher',
    headline: { note: 'in the measured span' },
  },
} as const satisfies SeriesCount;
