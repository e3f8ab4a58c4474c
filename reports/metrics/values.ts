// The metrics that are plain values, each once: counts, rates and ratios of what the rows carry, and what the rehearsal tells
// of a whole run. A count that is to stand there as it is needs its entry in counts.ts only.
import type { CountSource, Metric } from './metric.ts';

/** What the rehearsal tells of the orders meant for the span, by what became of each. */
const fate = <Name extends `orders.${string}`>(name: Name, label: string, better: 'lower' | 'neither') => ({
  name,
  kind: 'told' as const,
  unit: 'orders',
  label,
  better,
  needs: 'orders' as const,
});

export const ORDER_VALUES = [
  {
    name: 'orders.perSecond',
    kind: 'rate',
    counts: ['ordersConfirmed'],
    perSeconds: 1,
    unit: 'orders/s',
    label: 'orders a second',
    better: 'higher',
    needs: 'orders',
  },
  {
    name: 'orders.perHour',
    kind: 'rate',
    counts: ['ordersConfirmed'],
    perSeconds: 3_600,
    unit: 'orders/h',
    label: 'orders an hour',
    better: 'higher',
    needs: 'orders',
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
    needs: 'orders',
    headline: { note: 'in the measured span' },
  },
  fate('orders.attempted', 'orders attempted', 'neither'),
  fate('orders.rejected', 'orders rejected', 'lower'),
  fate('orders.failed', 'orders refused with an error', 'lower'),
  fate('orders.unanswered', 'orders without an outcome', 'lower'),
] as const satisfies readonly Metric<CountSource>[];

export const RECOMMENDATION_VALUES = [
  // From the distribution of `recommendation.shown`, what had no end counted as later.
  {
    name: 'recommendation.lateRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'lists later than 3 s',
    better: 'lower',
    needs: 'recommendations',
    headline: { note: 'of all acts' },
  },
  {
    name: 'recommendation.unansweredRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'acts that no list answered',
    better: 'lower',
    needs: 'recommendations',
  },
  // Where lists are worked out in cycles.
  {
    name: 'recommendation.arithmeticLateRatio',
    kind: 'told',
    unit: 'ratio',
    label: 'later than 3 s by arithmetic',
    better: 'neither',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.behindRatio',
    kind: 'ratio',
    part: ['listPagesBehind'],
    whole: ['listPagesShown'],
    unit: 'ratio',
    label: 'pages whose lists lacked an act of before',
    better: 'lower',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.actsPerSecond',
    kind: 'rate',
    counts: ['actsMade'],
    perSeconds: 1,
    unit: 'acts/s',
    label: 'acts a second',
    better: 'neither',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.listsPerSecond',
    kind: 'rate',
    counts: ['listsPushed'],
    perSeconds: 1,
    unit: 'lists/s',
    label: 'lists a second',
    better: 'neither',
    needs: 'recommendations',
  },
  {
    name: 'recommendation.pushesPerSecond',
    kind: 'rate',
    counts: ['listPushes'],
    perSeconds: 1,
    unit: 'pushes/s',
    label: 'pushes of lists a second',
    better: 'neither',
    needs: 'recommendations',
  },
] as const satisfies readonly Metric<CountSource>[];

export const GROWTH_VALUES = [
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
] as const satisfies readonly Metric<CountSource>[];

export const CACHE_VALUES = [
  {
    name: 'cache.hitRatio',
    kind: 'ratio',
    part: ['productHits', 'listHits'],
    whole: ['productHits', 'listHits', 'productMisses', 'listMisses', 'cacheBypasses'],
    unit: 'ratio',
    label: 'reads answered by the cache',
    better: 'higher',
    needs: 'cache',
    headline: { note: 'of product pages and lists' },
  },
  {
    name: 'cache.productHitRatio',
    kind: 'ratio',
    part: ['productHits'],
    whole: ['productHits', 'productMisses'],
    unit: 'ratio',
    label: 'product pages answered by the cache',
    better: 'higher',
    needs: 'cache',
  },
  {
    name: 'cache.listHitRatio',
    kind: 'ratio',
    part: ['listHits'],
    whole: ['listHits', 'listMisses'],
    unit: 'ratio',
    label: 'lists answered by the cache',
    better: 'higher',
    needs: 'cache',
  },
  {
    name: 'catalogue.databaseReadsPerMinute',
    kind: 'rate',
    counts: ['databaseReads'],
    perSeconds: 60,
    unit: 'reads/min',
    label: 'reads of the catalogue in the database a minute',
    better: 'lower',
  },
] as const satisfies readonly Metric<CountSource>[];

export const SESSION_AND_REQUEST_VALUES = [
  {
    name: 'sessions.conversionRatio',
    kind: 'ratio',
    part: ['ordersConfirmed'],
    whole: ['sessionsStarted'],
    unit: 'ratio',
    label: 'conversion',
    better: 'higher',
    needs: 'orders',
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
] as const satisfies readonly Metric<CountSource>[];

export const MACHINERY_VALUES = [
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
  {
    name: 'cpu.perOrderMs',
    kind: 'told',
    unit: 'ms',
    label: 'CPU an order',
    better: 'lower',
    needs: 'orders',
  },
  {
    name: 'database.cpuPerOrderMs',
    kind: 'told',
    unit: 'ms',
    label: 'database CPU an order',
    better: 'lower',
    needs: 'orders',
  },
  ...(['shop', 'generator', 'rehearsal'] as const).map((who) => ({
    name: `memory.${who}GrowthMb` as const,
    kind: 'told' as const,
    unit: 'MB',
    label: `memory that the ${who} grew by`,
    better: 'lower' as const,
  })),
  {
    name: 'fault.recoverySeconds',
    kind: 'told',
    unit: 's',
    label: 'time to recover',
    better: 'lower',
    needs: 'fault',
    headline: {
      label: 'to recover',
      note: 'from the fault until orders were confirmed again',
      noteWithoutOrders: 'from the fault until requests were answered again',
    },
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
] as const satisfies readonly Metric<CountSource>[];
