// How much does the shop carry? The highest rate of orders that keeps the limits, for each way of an order and number of API
// processes: found with short probes, then confirmed by long ones. A standing crowd orders: in a storm the connecting of
// everybody who comes ends the search before the shop does.

import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

export const capacity: Scenario = {
  ...peakHour,
  name: 'capacity',
  title: 'How much the shop carries',
  question: 'What is the highest rate of orders that the shop sustains within its limits?',
  answer: 'how-much',
  data: { ...peakHour.data, people: 20_000 },
  load: {
    ...peakHour.load,
    arrivals: 'crowd',
    // Enough for a second's wait at 3,000 orders a second; whoever finds nobody free counts as an order not done.
    crowdPeople: 3_000,
    ordersPerSecond: 60,
    durationSeconds: 10,
    leadInSeconds: 3,
    drainSeconds: 12,
    warmUpOrders: 300,
  },
  // In real time it is late by less than that while both cores are full; at nice −15 by up to a quarter of a second.
  generator: { ...peakHour.generator, latenessP99MsAtMost: 5, eventLoopLagP99MsAtMost: 10 },
  thresholds: {
    'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 1_000 },
    'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.005 },
    // A backlog that grows by 3 in 100 orders is a rate that nobody sustains, however short the wait still is.
    'kept-up': { metric: 'load.keptUpRatio', statistic: 'value', atLeast: 0.97 },
  },
  capacity: {
    variants: {
      direct: ['orders.transport=direct'],
      'direct-batched': ['orders.transport=direct-batched'],
      kafka: ['orders.transport=kafka'],
    },
    searched: ['direct', 'direct-batched', 'kafka'],
    apiProcesses: [1, 2, 4],
    startPerSecond: 200,
    leastPerSecond: 5,
    growthFactor: 2,
    toleranceRatio: 0.05,
    probeSeconds: 8,
    confirmSeconds: 30,
    maxProbes: 14,
    keeps: ['order-confirmed-p95', 'failed-ratio', 'kept-up'],
    quick: [
      'capacity.searched=direct',
      'capacity.apiProcesses=1',
      'capacity.toleranceRatio=0.1',
      'capacity.probeSeconds=5',
      'capacity.confirmSeconds=12',
      'capacity.maxProbes=9',
      'load.leadInSeconds=2',
      'load.warmUpOrders=200',
    ],
  },
};
