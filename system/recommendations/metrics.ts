// What the recommendations tell the operator: how many lists are made at what cost, and how long after an action they are pushed.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { RECOMMENDATION_KINDS, type RecommendationKind } from '../contract/recommendations.ts';
import type { WaitingMetrics } from '../platform/postgres/waiting.ts';

export type RecommendationMetrics = WaitingMetrics & {
  /** One person's lists of these kinds were made in so many ms. */
  made(kinds: Iterable<RecommendationKind>, durationMs: number): void;
  /** A push left; for each action that it answers, the ms since the shop took the action in. */
  pushed(lagsMs: readonly number[]): void;
  pushFailed(): void;
  /** Actions came off the topic. */
  taken(count: number): void;
  /** A message is no batch of actions; the behaviour log's consumer sets it aside. */
  unreadable(): void;
  /** Asks for the number of active people whenever somebody reads the metrics. Call it once. */
  watchActive(count: () => number): void;
};

export function createRecommendationMetrics(registry: Registry): RecommendationMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const actions = counter('shop_recommendations_actions_total', 'Actions that lists were worked out for');
  const lists = counter('shop_recommendations_lists_total', 'Lists worked out', ['kind']);
  for (const kind of RECOMMENDATION_KINDS) lists.inc({ kind }, 0);
  const pushes = counter('shop_recommendations_pushes_total', 'Pushes of fresh lists to a customer');
  const failures = counter('shop_recommendations_push_failures_total', 'Pushes that Redis did not take');
  const unreadable = counter('shop_recommendations_unreadable_total', 'Messages that hold no actions');
  const waits = counter(
    'shop_recommendations_waits_total',
    'Attempts to store lists that failed for a cause outside of them',
    ['cause'],
  );
  let isWaiting = () => false;
  new Gauge({
    name: 'shop_recommendations_waiting',
    help: '1 while actions wait for lists because the database is away or refuses its service',
    registers,
    collect() {
      this.set(isWaiting() ? 1 : 0);
    },
  });
  const makeSeconds = new Histogram({
    name: 'shop_recommendations_make_seconds',
    help: 'Time to work out the lists of one person',
    buckets: [0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05],
    registers,
  });
  const lagSeconds = new Histogram({
    name: 'shop_recommendations_lag_seconds',
    help: 'Time from taking an action in to pushing lists that reflect it',
    buckets: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 4, 5, 10],
    registers,
  });
  let activeCount = () => 0;
  new Gauge({
    name: 'shop_recommendations_active_users',
    help: 'People with an action in the last 30 minutes',
    registers,
    collect() {
      this.set(activeCount());
    },
  });
  return {
    made(kinds, durationMs) {
      for (const kind of kinds) lists.inc({ kind });
      makeSeconds.observe(durationMs / 1_000);
    },
    pushed(lagsMs) {
      pushes.inc();
      for (const lagMs of lagsMs) lagSeconds.observe(lagMs / 1_000);
    },
    pushFailed: () => failures.inc(),
    taken: (count) => actions.inc(count),
    unreadable: () => unreadable.inc(),
    watchActive(count) {
      activeCount = count;
    },
    waited: (cause) => waits.inc({ cause }),
    watchWaiting(ask) {
      isWaiting = ask;
    },
  };
}
