// What each scenario asks of a shop that is not ours: the same people and the same measures at a low rate, with limits on what
// shoppers see. Who wants more sets it: `--sessions-per-second 50`.
import { usualAxes } from '../../scenario/axes.ts';
import type { Scenario, Threshold } from '../../scenario/scenario.ts';

/** Session starts a second where nobody says otherwise: whoever rehearses a shop for the first time does not know what it carries. */
export const CAREFUL_SESSIONS_PER_SECOND = 5;

/** About one session in thirty orders; p95 is spoken of from twenty orders on. */
const ENOUGH_FOR_ORDERS_SECONDS = 300;

const FEW_FAIL: Record<string, Threshold> = {
  'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.005 },
  'no-free-person-ratio': { metric: 'sessions.noFreePersonRatio', statistic: 'value', atMost: 0.01 },
};

const ANSWERS_SOON: Record<string, Threshold> = {
  'http-response-p95': { metric: 'http.response', statistic: 'p95', atMost: 500 },
  'http-response-p99': { metric: 'http.response', statistic: 'p99', atMost: 1_500 },
};

type AskedOf = (scenario: Scenario) => Scenario;

const asked: Readonly<Record<string, AskedOf>> = {
  'peak-hour': (scenario) => ({
    ...scenario,
    question: 'Will your shop hold, and how long does a shopper wait until it says that the order stands?',
    load: {
      ...scenario.load,
      durationSeconds: ENOUGH_FOR_ORDERS_SECONDS,
      leadInSeconds: 20,
      rampSeconds: 20,
    },
    thresholds: {
      'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 2_000 },
      ...ANSWERS_SOON,
      ...FEW_FAIL,
    },
  }),
  smoke: (scenario) => ({
    ...scenario,
    question: 'Does the whole path work: shoppers, your shop, audit?',
    load: { ...scenario.load, durationSeconds: 60, rampSeconds: 5 },
    thresholds: {
      // A minute brings about ten orders, too few to speak of more than the half of them.
      'order-confirmed-p50': { metric: 'order.confirmed', statistic: 'p50', atMost: 2_000 },
      'http-response-p99': { metric: 'http.response', statistic: 'p99', atMost: 2_000 },
      'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.01 },
      'no-free-person-ratio': { metric: 'sessions.noFreePersonRatio', statistic: 'value', atMost: 0.01 },
    },
  }),
  steady: (scenario) => ({
    ...scenario,
    question: 'Does your shop stay as quick as it was while shoppers keep coming?',
    load: { ...scenario.load, leadInSeconds: 20, rampSeconds: 20, thinkTimeCompression: 25 },
    thresholds: {
      'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95', atMost: 2_000 },
      ...ANSWERS_SOON,
      'generator-memory-growth': { metric: 'memory.generatorGrowthMb', statistic: 'value', atMost: 30 },
      'rehearsal-memory-growth': { metric: 'memory.rehearsalGrowthMb', statistic: 'value', atMost: 60 },
      ...FEW_FAIL,
    },
  }),
  capacity: (scenario) => ({
    ...scenario,
    question: 'What is the highest rate of sessions that your shop sustains within its limits?',
    load: { ...scenario.load, leadInSeconds: 5, rampSeconds: 5, drainSeconds: 15 },
    // Sessions outlast a probe, and a thinking shopper is late by no more than this unnoticed.
    generator: { ...scenario.generator, latenessP99MsAtMost: 50, eventLoopLagP99MsAtMost: 50 },
    thresholds: {
      'http-response-p95': { metric: 'http.response', statistic: 'p95', atMost: 1_000 },
      'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.005 },
      'kept-up': { metric: 'load.keptUpRatio', statistic: 'value', atLeast: 0.95 },
    },
    ...(scenario.capacity === undefined
      ? {}
      : {
          capacity: {
            ...scenario.capacity,
            variants: { 'your-shop': [] },
            searched: ['your-shop'],
            apiProcesses: [1],
            startPerSecond: CAREFUL_SESSIONS_PER_SECOND,
            leastPerSecond: 0.5,
            toleranceRatio: 0.1,
            probeSeconds: 20,
            confirmSeconds: 60,
            keeps: ['http-response-p95', 'failed-ratio', 'kept-up'],
            quick: ['capacity.toleranceRatio=0.25', 'capacity.probeSeconds=10', 'capacity.confirmSeconds=20'],
          },
        }),
  }),
  'last-units': (scenario) => ({
    ...scenario,
    // Of a slow shop the last checkout begins long after the first.
    load: { ...scenario.load, arrivals: 'rush', durationSeconds: 60, outcomeDeadlineMs: 120_000 },
  }),
  regression: (scenario) => ({
    ...scenario,
    question: 'Has your shop become slower than in the baseline?',
    load: { ...scenario.load, durationSeconds: 30, leadInSeconds: 5, rampSeconds: 5, drainSeconds: 10 },
    generator: { ...scenario.generator, latenessP99MsAtMost: 50, eventLoopLagP99MsAtMost: 50 },
    thresholds: FEW_FAIL,
    ...(scenario.comparison === undefined
      ? {}
      : {
          comparison: {
            ...scenario.comparison,
            quick: { ...scenario.comparison.quick, set: ['load.durationSeconds=15'] },
            primary: [{ metric: 'http.response', statistic: 'p50' }],
            exploratory: [
              { metric: 'http.response', statistic: 'p95' },
              { metric: 'order.confirmed', statistic: 'p50' },
            ],
            // In thirty seconds chance sends one run to more expensive pages than the next.
            expectedSd: 0.1,
            restsOn: [],
          },
        }),
  }),
};

/** Names of those that can be rehearsed against somebody's own shop, besides what is made for such. */
export const askedOfYours: readonly string[] = Object.keys(asked);

/** The scenario as it is asked of such a shop; null where it asks for what only our shop has. One made for such stays as it is. */
export function askOfYours(scenario: Scenario): Scenario | null {
  if (scenario.target === 'your-shop') return scenario;
  const ask = asked[scenario.name];
  return ask === undefined ? null : ask(withoutOurs(scenario));
}

/** Nothing that only our shop has, and nothing sold before the first shopper comes. */
function withoutOurs(scenario: Scenario): Scenario {
  const { load, growth } = scenario;
  return {
    ...scenario,
    ...usualAxes,
    orders: { transport: 'direct' },
    behaviour: { ...usualAxes.behaviour, send: 'off' },
    variant: 'your-shop',
    target: 'your-shop',
    growth: { ...growth, model: 'none' },
    load: {
      ...load,
      arrivals: 'sessions',
      sessionsPerSecond: CAREFUL_SESSIONS_PER_SECOND,
      warmUpOrders: 0,
      warmUpReads: 0,
      passwordSignInRatio: 0,
    },
  };
}
