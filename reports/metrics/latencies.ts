// The metrics that are distributions of times, each once. A new one is an entry here and a sample where it is measured; if its
// scenario needs something, `needs` says so.
import type { Metric } from './metric.ts';

/** The wait that the shop is for: whose time the page shows stage after stage. */
export const ORDER_CONFIRMED = {
  name: 'order.confirmed',
  kind: 'latency',
  unit: 'ms',
  label: 'order confirmed',
  better: 'lower',
  measured: 'from the click to the message',
  measuredOfUnseen: 'from the click to the shop’s word that it stands',
  needs: 'orders',
  live: 'single-runs',
  curve: {},
  overTime: { section: 'orders', empty: 'No order was confirmed.' },
  terminal: { line: 'orders', place: 2 },
  headline: {
    note: 'click to message',
    noteOfUnseen: 'click to the shop’s word',
    statistics: ['p50', 'p95', 'p99'],
  },
} as const satisfies Metric;

/** Within so long the right list must be on the screen: a shopper is assumed to stay 3 s on a page. */
export const SHOWN_WITHIN_MS = 3_000;

/** The other wait whose time the page shows stage after stage. */
export const RECOMMENDATION_SHOWN = {
  name: 'recommendation.shown',
  kind: 'latency',
  unit: 'ms',
  label: 'lists shown',
  better: 'lower',
  measured: 'from the act to the message with lists that reflect it',
  needs: 'recommendations',
  live: 'single-runs',
  curve: {},
  overTime: { section: 'recommendations', empty: 'No list came for any act.' },
  terminal: { line: 'lists', place: 2 },
  headline: { note: 'act to message', statistics: ['p50', 'p99'] },
} as const satisfies Metric;

/** The wait that the page's timeline and its table of routes show. */
export const HTTP_RESPONSE = {
  name: 'http.response',
  kind: 'latency',
  unit: 'ms',
  label: 'HTTP response',
  better: 'lower',
  measured: 'from the intended start',
  isPerRoute: true,
  live: 'single-runs',
  curve: { title: 'HTTP response by percentile, from the intended start' },
  overTime: { section: 'latency', title: 'HTTP response over time' },
  terminal: { line: 'HTTP', place: 1 },
  endsWithAnswer: true,
} as const satisfies Metric;

export const TIMES = [
  ORDER_CONFIRMED,
  HTTP_RESPONSE,
  {
    name: 'http.service',
    kind: 'latency',
    unit: 'ms',
    label: 'HTTP service',
    better: 'lower',
    measured: 'from the send',
    isPerRoute: true,
    routesOnPage: 'of-few-runs',
    live: 'all-blocks',
    curve: { title: 'HTTP service by percentile, from the send' },
    endsWithAnswer: true,
  },
  {
    name: 'order.accepted',
    kind: 'latency',
    unit: 'ms',
    label: 'order accepted',
    better: 'lower',
    needs: 'orders',
    live: 'never',
    endsWithAnswer: true,
  },
] as const satisfies readonly Metric[];

/** A stage of an order's way, in words for the table of them. */
const stage = <Name extends `stage.${string}`>(
  metric: Name,
  name: string,
  explanation: string,
  more: { needs?: 'broker'; endsWithAnswer?: true } = {},
) => ({
  name: metric,
  kind: 'latency' as const,
  unit: 'ms' as const,
  label: metric.replace('.', ' '),
  better: 'lower' as const,
  live: 'all-blocks' as const,
  needs: 'orders' as const,
  isOfInside: true as const,
  stage: { of: ORDER_CONFIRMED.name, name, explanation },
  ...more,
});

/** In the order in which an order goes through them. */
export const STAGES = [
  // It ends where the order is taken in, or where its placing begins.
  stage('stage.http', 'HTTP', 'the request reaches the shop and is taken in', { endsWithAnswer: true }),
  stage('stage.broker', 'Broker', 'the order waits in its topic until a consumer has it', {
    needs: 'broker',
  }),
  stage('stage.consumer', 'Consumer', 'the order waits for its batch to begin', { needs: 'broker' }),
  stage('stage.commit', 'Commit', 'stock, payment and order are written in one transaction'),
  stage('stage.push', 'Push', 'the outcome travels to the shopper’s socket'),
] as const satisfies readonly Metric[];

const listStage = <Name extends `stage.${string}`>(metric: Name, name: string, explanation: string) => ({
  name: metric,
  kind: 'latency' as const,
  unit: 'ms' as const,
  label: metric.replace('.', ' '),
  better: 'lower' as const,
  live: 'all-blocks' as const,
  needs: 'recommendations' as const,
  stage: { of: RECOMMENDATION_SHOWN.name, name, explanation },
});

export const RECOMMENDATION_TIMES = [
  RECOMMENDATION_SHOWN,
  {
    name: 'recommendation.age',
    kind: 'latency',
    unit: 'ms',
    label: 'age of the lists on a page',
    better: 'neither',
    measured: 'since they were stored, at the end of each look at a page',
    needs: 'recommendations',
    live: 'all-blocks',
    overTime: { section: 'recommendations', empty: 'No page with lists was shown.' },
  },
  // In the order in which an act goes through them.
  listStage('stage.actIntake', 'Intake', 'the act reaches the shop and is taken in'),
  listStage('stage.actBroker', 'Broker', 'the act waits in its topic until the engine has it'),
  listStage('stage.actWait', 'Turn', 'the act waits until the engine begins to work out lists'),
  listStage('stage.lists', 'Lists', 'the lists are worked out and stored'),
  listStage('stage.listsPush', 'Push', 'the lists travel to the shopper’s socket'),
] as const satisfies readonly Metric[];

/** As the shopper's side sees them: the shop says of each answer which it was. */
export const CACHE_TIMES = [
  {
    name: 'cache.hit',
    kind: 'latency',
    unit: 'ms',
    label: 'product page on a hit',
    better: 'lower',
    measured: 'from the send',
    needs: 'cache',
    live: 'all-blocks',
    overTime: { section: 'cache', empty: 'Nothing was answered from a cache.' },
  },
  {
    name: 'cache.miss',
    kind: 'latency',
    unit: 'ms',
    label: 'product page on a miss',
    better: 'lower',
    measured: 'from the send',
    needs: 'cache',
    live: 'all-blocks',
    overTime: { section: 'cache', empty: 'Nothing missed a cache.' },
  },
  {
    name: 'cache.age',
    kind: 'latency',
    unit: 'ms',
    label: 'age of what a hit showed',
    better: 'lower',
    measured: 'since it was read from the database',
    needs: 'cache',
    live: 'all-blocks',
    overTime: { section: 'cache', empty: 'Nothing was answered from a cache.' },
  },
] as const satisfies readonly Metric[];

export const GROWTH_TIMES = [
  {
    name: 'signUp.confirmed',
    kind: 'latency',
    unit: 'ms',
    label: 'account confirmed',
    better: 'lower',
    measured: 'from the form to the account',
    needs: 'growth',
    live: 'all-blocks',
    overTime: { section: 'growth', empty: 'Nobody got an account.' },
    headline: { note: 'sign-up form to account', statistics: ['p50'] },
  },
] as const satisfies readonly Metric[];

const published = (name: string, label: string, empty: string) => ({
  name,
  kind: 'latency' as const,
  unit: 'ms' as const,
  label,
  better: 'lower' as const,
  measured: 'from the moment it was meant to be sent to the acknowledgement of all in-sync replicas',
  needs: 'intake' as const,
  live: 'all-blocks' as const,
  overTime: { section: 'intake' as const, empty },
});

export const INTAKE_TIMES = [
  published('product.published', 'product sent', 'No product came from outside.'),
  published('user.published', 'person sent', 'Nobody came from outside.'),
] as const satisfies readonly Metric[];

export const COUNTER_TIMES = [
  {
    name: 'counter.seen',
    kind: 'latency',
    unit: 'ms',
    label: 'change of a counter seen',
    better: 'lower',
    measured: 'from the oldest change in a message to its arrival at a page that shows the counter',
    needs: 'counters',
    live: 'all-blocks',
    overTime: { section: 'counters', empty: 'No counter changed.' },
    terminal: { line: 'counters', place: 2 },
  },
] as const satisfies readonly Metric[];

export const BEHAVIOUR_TIMES = [
  {
    name: 'behaviour.accepted',
    kind: 'latency',
    unit: 'ms',
    label: 'actions taken in',
    better: 'lower',
    measured: 'from the oldest action of a batch to the shop’s answer that it is safe',
    needs: 'behaviour',
    live: 'all-blocks',
    overTime: { section: 'behaviour', empty: 'No action was taken in.' },
  },
] as const satisfies readonly Metric[];
