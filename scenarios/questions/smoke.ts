// The busy hour in half a minute: the same path, people and checks with shorter thinking, for a quick look and for CI.

import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

export const smoke: Scenario = {
  ...peakHour,
  name: 'smoke',
  title: 'A quick look',
  question: 'Does the whole path work: shoppers, shop, broker, database, sockets, audit?',
  counters: { watch: 'on' },
  load: {
    ...peakHour.load,
    // About forty orders: p95 is spoken of from twenty on, and a plan may bring a third fewer.
    sessionsPerSecond: 50,
    durationSeconds: 30,
    leadInSeconds: 5,
    drainSeconds: 8,
    warmUpOrders: 100,
    thinkTimeCompression: 40,
  },
  generator: { ...peakHour.generator, latenessP99MsAtMost: 500, eventLoopLagP99MsAtMost: 500 },
  // Wider than those of peak-hour: a shared CI machine decides here whether the path works, not how fast it is.
  thresholds: {
    'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 2_000 },
    'http-response-p99': { metric: 'http.response', statistic: 'p99', atMost: 2_000 },
    'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.01 },
    'no-free-person-ratio': { metric: 'sessions.noFreePersonRatio', statistic: 'value', atMost: 0.01 },
  },
};
