// Will the shop hold in its busiest hour? A slice of 20:00–21:00 at that hour's rate, with the realistic funnel.
import { usualAxes } from '../scenario/axes.ts';
import type { Scenario } from '../scenario/scenario.ts';

export const peakHour: Scenario = {
  name: 'peak-hour',
  title: 'The busiest hour',
  question: 'Will the shop hold from 20:00 to 21:00, and how long does a shopper wait for a confirmed order?',
  answer: 'holds',
  variant: '{orders.transport}',
  target: 'our-shop',
  data: { preset: 'korea', days: 180, seed: 1, people: 10_000, products: 20_000, asOf: '2026-11-20' },
  shop: {
    hour: 20,
    apiProcesses: 1,
    databaseConnections: 16,
    ordersBatchMax: 200,
    plantedOrderDelayMs: 0,
    plantedPushLoss: 0,
  },
  ...usualAxes,
  coupons: { holderRatio: 0.3 },
  load: {
    arrivals: 'sessions',
    sessionsPerSecond: 130,
    ordersPerSecond: 10,
    actionsPerSecond: 10,
    producers: 1,
    shoppersAtOnce: 1,
    burstFactor: 1,
    burstAtSecond: 0,
    burstSeconds: 0,
    durationSeconds: 120,
    leadInSeconds: 15,
    drainSeconds: 15,
    warmUpOrders: 300,
    warmUpReads: 0,
    // Published shoppers dwell 37.7 s on a product page; here it is 1.5 s, so that 10,000 people are enough for the rate.
    thinkTimeCompression: 25,
    passwordSignInRatio: 0.02,
    dispersion: 0,
    httpDeadlineMs: 5_000,
    outcomeDeadlineMs: 10_000,
  },
  // `--set growth.model=bass` lets people sign up. Half a person a second costs the shop a tenth of a core for passwords.
  growth: { model: 'none', signUpsPerSecond: 0.5 },
  // A shopper's think time is seconds; a step this late still resembles the plan.
  generator: {
    startedRatioAtLeast: 0.99,
    latenessP99MsAtMost: 50,
    eventLoopLagP99MsAtMost: 50,
    cpuRatioAtMost: 0.9,
    scheduling: 'real-time',
  },
  thresholds: {
    'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 500 },
    'order-confirmed-p99': { metric: 'order.confirmed', statistic: 'p99', atMost: 1_000 },
    'http-response-p95': { metric: 'http.response', statistic: 'p95', atMost: 200 },
    'http-response-p99': { metric: 'http.response', statistic: 'p99', atMost: 500 },
    'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.005 },
    'no-free-person-ratio': { metric: 'sessions.noFreePersonRatio', statistic: 'value', atMost: 0.01 },
  },
};
