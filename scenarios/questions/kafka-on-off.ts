// Does Kafka help? The same orders placed in the request, gathered in batches within the process, and behind the broker.
// A checkout storm: order starts are planned directly, which no shop's funnel does, because at 2–4 % conversion no funnel
// can saturate the order path on a small machine.

import { orderTransports } from '../scenario/axes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

/**
 * Near and beyond what two cores carry, the generator waits for a core too. One start in a hundred that late moves no median
 * by more than a percentile, and the median is what decides.
 */
const HURRIED_GENERATOR = ['generator.latenessP99MsAtMost=20', 'generator.eventLoopLagP99MsAtMost=20'];

export const kafkaOnOff: Scenario = {
  ...peakHour,
  name: 'kafka-on-off',
  title: 'Kafka on or off',
  question: 'Does putting orders behind Kafka help, and is it the broker or the batching that does it?',
  answer: 'which-is-better',
  load: {
    ...peakHour.load,
    arrivals: 'orders',
    ordersPerSecond: 20,
    durationSeconds: 10,
    leadInSeconds: 3,
    drainSeconds: 10,
    warmUpOrders: 300,
  },
  // An order takes some 6 ms, so a generator that is late by as much would measure itself. With a dozen busy neighbours on two
  // cores p99 of 23 to 47 ms was measured in spite of its priority; such a run must not decide between transports.
  generator: { ...peakHour.generator, latenessP99MsAtMost: 5, eventLoopLagP99MsAtMost: 10 },
  // It asks which is better, not whether either is good enough.
  thresholds: {},
  comparison: {
    variants: {
      direct: ['orders.transport=direct'],
      'direct-batched': ['orders.transport=direct-batched'],
      kafka: ['orders.transport=kafka'],
    },
    levels: {
      light: ['load.ordersPerSecond=20'],
      // Three quarters of the 400 that `npm run scenario -- capacity --quick` confirmed for direct on two cores.
      near: ['load.ordersPerSecond=300', ...HURRIED_GENERATOR],
      // As much as near, out of a quiet shop. At 400 a second both cores were full, and the generator was late in four of twelve
      // blocks, by up to 421 ms at p99.
      burst: [
        'load.ordersPerSecond=30',
        'load.durationSeconds=16',
        'load.burstFactor=10',
        'load.burstAtSecond=3',
        'load.burstSeconds=10',
        ...HURRIED_GENERATOR,
      ],
    },
    pairs: [
      { baseline: 'direct', candidate: 'kafka', tells: 'Kafka as a whole' },
      { baseline: 'direct', candidate: 'direct-batched', tells: 'batching without a broker' },
      { baseline: 'direct-batched', candidate: 'kafka', tells: 'the broker itself' },
    ],
    blocks: 12,
    quick: { levels: ['light'], blocks: 3, set: ['load.durationSeconds=8', 'load.warmUpOrders=200'] },
    primary: [{ metric: 'order.confirmed', statistic: 'p50' }],
    exploratory: [
      { metric: 'order.confirmed', statistic: 'p95' },
      { metric: 'http.response', statistic: 'p50' },
      { metric: 'orders.perSecond', statistic: 'value' },
      { metric: 'cpu.perOrderMs', statistic: 'value' },
      { metric: 'database.cpuPerOrderMs', statistic: 'value' },
    ],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [orderTransports.comparedOn.comparison],
    notTested: ['several API processes', 'several brokers'],
    declared: false,
  },
};
