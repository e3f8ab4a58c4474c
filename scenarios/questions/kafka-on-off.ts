// Does Kafka help? The same orders placed in the request, gathered in batches within the process, and behind the broker, from a
// tenth to three times of what the first of them sustains on this machine. Order starts are planned directly, which no shop's
// funnel does, because at 2–4 % conversion no funnel can saturate the order path on a small machine; they are given to a standing
// crowd, so that ordering is measured and not connecting.

import { orderTransports } from '../scenario/axes.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

/**
 * Near and beyond what two cores carry, the generator waits for a core too. One start in a hundred that late moves no median
 * by more than a percentile, and the median is what decides.
 */
const HURRIED_GENERATOR = ['generator.latenessP99MsAtMost=20', 'generator.eventLoopLagP99MsAtMost=20'];
/**
 * More comes than one side can take. There is time for a backlog to drain, which is bounded: no more orders are open than the
 * crowd has people, and who waits for twice as long as a request may take has lost their order. Where orders wait for seconds, a
 * start that is late by 50 ms is still the plan's.
 */
const OVERRUN = [
  'load.drainSeconds=12',
  'load.outcomeDeadlineMs=10000',
  'generator.latenessP99MsAtMost=50',
  'generator.eventLoopLagP99MsAtMost=50',
];

export const kafkaOnOff: Scenario = {
  ...peakHour,
  name: 'kafka-on-off',
  title: 'Kafka on or off',
  question: 'Does putting orders behind Kafka help, and is it the broker or the batching that does it?',
  answer: 'which-is-better',
  // A crowd of as many people as orders may be open at three times the capacity.
  data: { ...peakHour.data, people: 20_000 },
  load: {
    ...peakHour.load,
    arrivals: 'crowd',
    ordersPerSecond: 20,
    durationSeconds: 6,
    leadInSeconds: 1,
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
      light: [],
      near: HURRIED_GENERATOR,
      over: OVERRUN,
      'far-over': OVERRUN,
      // Three times the capacity, out of a quiet shop: the lead-in is as quiet as the first second.
      burst: [
        ...OVERRUN,
        'load.durationSeconds=12',
        'load.burstFactor=30',
        'load.burstAtSecond=1',
        'load.burstSeconds=10',
      ],
    },
    ofCapacity: {
      variant: 'direct',
      set: ['orders.transport=direct'],
      levels: { light: 0.1, near: 0.75, over: 1.5, 'far-over': 3, burst: 0.1, 'warm-up': 0.5 },
      curve: [0.25, 0.5, 1, 2],
      curveSet: [...OVERRUN, 'load.durationSeconds=5'],
      // They stand beside the declared levels, each of which is in every block, and decide nothing.
      curveBlocks: 2,
      // Longer than a request may take at what one side sustains, a third of the highest rate: who waits longer is not served.
      crowdSeconds: 2,
      // 660 a second were seen on two cores that the generator shares.
      expectedPerSecond: 700,
      search: {
        // Of so many a limit of a second is broken as soon as orders pile up.
        set: ['load.crowdPeople=2000', ...HURRIED_GENERATOR],
        startPerSecond: 600,
        leastPerSecond: 20,
        growthFactor: 1.4,
        toleranceRatio: 0.1,
        probeSeconds: 6,
        confirmSeconds: 10,
        maxProbes: 9,
        thresholds: {
          'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 1_000 },
          'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.005 },
          'kept-up': { metric: 'load.keptUpRatio', statistic: 'value', atLeast: 0.97 },
        },
      },
    },
    capacityPerSecond: 0,
    // Behind a broker that has just started an order takes longer: 14 ms in the first minutes, 9 to 12 later.
    warmUp: {
      variants: ['kafka'],
      set: ['load.durationSeconds=10', ...HURRIED_GENERATOR],
      mostRounds: 3,
      steadyRatio: 0.05,
    },
    strikes: [
      {
        fault: 'api-kill',
        level: 'burst',
        atRatio: 0.5,
        // Thousands connect again at once; what is told of it are counts.
        set: ['generator.latenessP99MsAtMost=5000', 'generator.eventLoopLagP99MsAtMost=5000'],
      },
    ],
    pairs: [
      { baseline: 'direct', candidate: 'kafka', tells: 'Kafka as a whole' },
      { baseline: 'direct', candidate: 'direct-batched', tells: 'batching without a broker' },
      { baseline: 'direct-batched', candidate: 'kafka', tells: 'the broker itself' },
    ],
    blocks: 3,
    // No search: a tenth of a rate that most machines carry.
    quick: {
      levels: ['light'],
      blocks: 3,
      set: ['comparison.capacityPerSecond=400', 'load.durationSeconds=8', 'load.warmUpOrders=200'],
    },
    primary: [{ metric: 'order.confirmed', statistic: 'p50' }],
    exploratory: [
      { metric: 'order.confirmed', statistic: 'p95' },
      { metric: 'http.response', statistic: 'p50' },
      { metric: 'orders.perSecond', statistic: 'value' },
      { metric: 'cpu.perOrderMs', statistic: 'value' },
      { metric: 'database.cpuPerOrderMs', statistic: 'value' },
      { metric: 'memory.shopMb', statistic: 'value' },
    ],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [orderTransports.comparedOn.comparison],
    notTested: ['several API processes', 'several brokers'],
    declared: false,
  },
};
