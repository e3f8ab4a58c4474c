// Lists on their way to the customer: without what cannot be had any more, stored first, so that what was on a screen is what a later reader finds, then pushed.
import {
  type FreshRecommendations,
  MAX_ANSWERED_ACTIONS,
  type RecommendationList,
} from '../contract/recommendations.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { PushToCustomer } from '../platform/sockets/push.ts';
import type { Deliver, MadeLists } from './engines/engine.ts';
import type { RecommendationMetrics } from './metrics.ts';
import { EVERYBODY, type RecommendationStore, type StoredList } from './store.ts';

/** What everybody looks at changes with each action; it need not be stored as often. */
const TRENDING_EVERY_MS = 1_000;

/** Which of these products are deleted or sold out by now. */
export type GoneProducts = (productIds: number[]) => Promise<readonly number[]>;

export function createDeliver(deps: {
  store: Pick<RecommendationStore, 'add'>;
  goneProducts: GoneProducts;
  push: PushToCustomer;
  clock: Clock;
  metrics: RecommendationMetrics;
}): Deliver {
  const { store, goneProducts, push, clock, metrics } = deps;
  let trendingStoredMs = Number.NEGATIVE_INFINITY;

  function trendingOf(lists: readonly RecommendationList[]): StoredList[] {
    const list = lists.findLast(({ kind }) => kind === 'trending');
    if (list === undefined || clock.monotonicMs() - trendingStoredMs < TRENDING_EVERY_MS) return [];
    trendingStoredMs = clock.monotonicMs();
    return [{ customerId: EVERYBODY, list }];
  }
  /** Asked once for all of them, and after they were made: so none holds what was gone when it was made. */
  async function withoutGone(made: readonly MadeLists[]): Promise<readonly MadeLists[]> {
    const offered = new Set(made.flatMap(({ lists }) => lists.flatMap(({ productIds }) => productIds)));
    if (offered.size === 0) return made;
    const gone = new Set(await goneProducts([...offered]));
    if (gone.size === 0) return made;
    return made.map(({ lists, ...one }) => ({
      ...one,
      lists: lists.map((list) => ({ ...list, productIds: list.productIds.filter((id) => !gone.has(id)) })),
    }));
  }
  return async (offered) => {
    const made = await withoutGone(offered);
    const own = made.flatMap(({ customerId, lists }) =>
      lists.filter(({ kind }) => kind !== 'trending').map((list) => ({ customerId, list })),
    );
    const trending = trendingOf(made.flatMap(({ lists }) => lists));
    await store.add([...own, ...trending]);
    const storedMs = clock.monotonicMs();
    for (const one of made) {
      if (one.answers.length === 0) continue;
      push(one.customerId, 'recommendations:fresh', freshOf(one, storedMs));
      metrics.pushed(one.answers.flatMap(({ stages }) => (stages ? [storedMs - stages.receivedMs] : [])));
    }
  };
}

function freshOf({ lists, answers }: MadeLists, storedMs: number): FreshRecommendations {
  // UUIDv7 sort by their time.
  const told = answers.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(-MAX_ANSWERED_ACTIONS);
  const stages = told.flatMap((one) => (one.stages ? [{ ...one.stages, storedMs }] : []));
  return {
    lists,
    answersActionIds: told.map(({ id }) => id),
    ...(stages.length === told.length && { stages }),
  };
}
