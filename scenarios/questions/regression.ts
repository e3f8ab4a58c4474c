// Has the order path become slower than it was? One variant in short, light cells, to be held against a saved baseline:
//   npm run baseline -- save main     after a run of the old code
//   npm run scenario -- regression --baseline main
// The load is light on purpose: a queue would hide in its own noise what a change costs a single order.

import { orderTransports } from '../scenario/axes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { kafkaOnOff } from './kafka-on-off.ts';
import { peakHour } from './peak-hour.ts';

export const regression: Scenario = {
  ...kafkaOnOff,
  name: 'regression',
  title: 'Slower than before?',
  question: 'Has an order become slower than in the baseline?',
  load: {
    ...kafkaOnOff.load,
    durationSeconds: 12,
    leadInSeconds: 2,
    drainSeconds: 5,
    warmUpOrders: 300,
  },
  // The verdict rests on medians, which a late start in a hundred does not move; CI machines are rarely as quiet as
  // kafka-on-off wants them.
  generator: { ...peakHour.generator, latenessP99MsAtMost: 20, eventLoopLagP99MsAtMost: 20 },
  thresholds: {
    'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 2_000 },
    'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.01 },
    'no-free-person-ratio': { metric: 'sessions.noFreePersonRatio', statistic: 'value', atMost: 0.01 },
  },
  comparison: {
    // Nothing is assigned, so that `--set` reaches the one variant: `--set orders.transport=direct`.
    variants: { 'this-shop': [] },
    levels: { light: [] },
    pairs: [],
    // Separate runs need five cells a side before they may be judged; the sixth is for the interval.
    blocks: 6,
    quick: { levels: ['light'], blocks: 5, set: ['load.durationSeconds=6', 'load.warmUpOrders=150'] },
    primary: [{ metric: 'order.confirmed', statistic: 'p50' }],
    exploratory: [
      { metric: 'order.confirmed', statistic: 'p95' },
      { metric: 'http.response', statistic: 'p50' },
      { metric: 'cpu.perOrderMs', statistic: 'value' },
      { metric: 'memory.shopMb', statistic: 'value' },
    ],
    marginRatio: 0.1,
    expectedSd: 0.07,
    // `--set orders.transport=` may make one side another than the baseline's.
    restsOn: [orderTransports.comparedOn.comparison],
    declared: true,
  },
};
