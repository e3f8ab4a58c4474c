// Every metric of a run, once. Labels, units, directions, formulas, limits, tiles and the page's live values are read from
// here; a metric is added here and where it is measured.
import type { Metric } from './metric.ts';

const TIMES = [
  {
    name: 'http.response',
    kind: 'latency',
    unit: 'ms',
    label: 'HTTP response',
    better: 'lower',
    isPerRoute: true,
    live: 'single-runs',
    hasCurve: true,
  },
  {
    name: 'http.service',
    kind: 'latency',
    unit: 'ms',
    label: 'HTTP service',
    better: 'lower',
    isPerRoute: true,
    live: 'all-blocks',
    hasCurve: true,
  },
  {
    name: 'order.confirmed',
    kind: 'latency',
    unit: 'ms',
    label: 'order confirmed',
    better: 'lower',
    live: 'single-runs',
    hasCurve: true,
    headline: { note: 'click to message', statistics: ['p50', 'p95', 'p99'] },
  },
  {
    name: 'order.accepted',
    kind: 'latency',
    unit: 'ms',
    label: 'order accepted',
    better: 'lower',
    live: 'never',
  },
] as const satisfies readonly Metric[];

const stage = <Name extends `stage.${string}`>(name: Name, needs?: 'broker') => ({
  name,
  kind: 'latency' as const,
  unit: 'ms' as const,
  label: name.replace('.', ' '),
  better: 'lower' as const,
  live: 'all-blocks' as const,
  stageOf: 'order.confirmed',
  ...(needs === undefined ? {} : { needs }),
});

/** What the rehearsal tells of the orders meant for the span, by what became of each. */
const fate = <Name extends `orders.${string}`>(name: Name, label: string, better: 'lower' | 'neither') => ({
  name,
  kind: 'told' as const,
  unit: 'orders',
  label,
  better,
});

const ORDERS = [
  {
    name: 'orders.perSecond',
    kind: 'rate',
    counts: ['ordersConfirmed'],
    perSeconds: 1,
    unit: 'orders/s',
    label: 'orders a second',
    better: 'higher',
  },
  {
    name: 'orders.perHour',
    kind: 'rate',
    counts: ['ordersConfirmed'],
    perSeconds: 3_600,
    unit: 'orders/h',
    label: 'orders an hour',
    better: 'higher',
    headline: { note: 'measured rate × 3,600' },
  },
  {
    name: 'orders.confirmed',
    kind: 'count',
    counts: ['ordersConfirmed'],
    isToldOfRun: true,
    unit: 'orders',
    label: 'orders confirmed',
    better: 'higher',
    headline: { note: 'in the measured span' },
  },
  fate('orders.attempted', 'orders attempted', 'neither'),
  fate('orders.rejected', 'orders rejected', 'lower'),
  fate('orders.failed', 'orders refused with an error', 'lower'),
  fate('orders.unanswered', 'orders without an outcome', 'lower'),
] as const satisfies readonly Metric[];

const GROWTH = [
  {
    name: 'signUps.planned',
    kind: 'count',
    counts: ['signUpsPlanned'],
    absentWithout: 'signUpsPlanned',
    unit: 'people',
    label: 'sign-ups planned',
    better: 'neither',
    needs: 'growth',
  },
  {
    name: 'signUps.confirmed',
    kind: 'count',
    // By intended time, as the planned ones are: whoever got no account stands among the censored samples.
    counts: ['answered signUp.confirmed'],
    absentWithout: 'signUpsPlanned',
    unit: 'people',
    label: 'people signed up',
    better: 'higher',
    needs: 'growth',
    headline: { note: 'in the measured span, of those who were to', outOf: 'signUps.planned' },
  },
  {
    name: 'signUp.confirmed',
    kind: 'latency',
    unit: 'ms',
    label: 'account confirmed',
    better: 'lower',
    needs: 'growth',
    live: 'all-blocks',
    headline: { note: 'sign-up form to account', statistics: ['p50'] },
  },
] as const satisfies readonly Metric[];

const SESSIONS_AND_REQUESTS = [
  {
    name: 'sessions.conversionRatio',
    kind: 'ratio',
    part: ['ordersConfirmed'],
    whole: ['sessionsStarted'],
    unit: 'ratio',
    label: 'conversion',
    better: 'higher',
    headline: { note: 'orders per session' },
  },
  {
    name: 'sessions.noFreePersonRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'nobody free to come',
    better: 'lower',
  },
  {
    name: 'http.failedRatio',
    kind: 'ratio',
    part: ['intendedFailed'],
    whole: ['intendedFailed', 'intendedSucceeded'],
    unit: 'ratio',
    label: 'failed requests',
    better: 'lower',
    headline: { note: 'with timeouts' },
  },
] as const satisfies readonly Metric[];

const MACHINERY = [
  {
    name: 'kafka.lag',
    kind: 'gauge',
    gauge: 'kafkaLagCount',
    sumsUp: 'largest',
    unit: 'messages',
    label: 'consumer lag',
    better: 'lower',
    needs: 'broker',
  },
  { name: 'cpu.perOrderMs', kind: 'told', unit: 'ms', label: 'CPU an order', better: 'lower' },
  {
    name: 'database.cpuPerOrderMs',
    kind: 'told',
    unit: 'ms',
    label: 'database CPU an order',
    better: 'lower',
  },
  {
    name: 'fault.recoverySeconds',
    kind: 'told',
    unit: 's',
    label: 'time to recover',
    better: 'lower',
    needs: 'fault',
    headline: { label: 'to recover', note: 'from the fault until orders were confirmed again' },
  },
  {
    name: 'load.keptUpRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'work done of what came',
    better: 'higher',
    needs: 'search',
  },
  // Sessions a second, where the search raises sessions.
  {
    name: 'capacity.perSecond',
    kind: 'told',
    unit: 'orders/s',
    label: 'sustained rate',
    better: 'higher',
    needs: 'search',
  },
] as const satisfies readonly Metric[];

/** In the order in which the page's tiles and a run's values stand. */
export const METRICS = [
  ...ORDERS,
  ...TIMES,
  stage('stage.http'),
  stage('stage.broker', 'broker'),
  stage('stage.consumer', 'broker'),
  stage('stage.commit'),
  stage('stage.push'),
  ...GROWTH,
  ...SESSIONS_AND_REQUESTS,
  ...MACHINERY,
] as const satisfies readonly Metric[];
export type MetricName = (typeof METRICS)[number]['name'];
