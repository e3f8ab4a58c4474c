// All that the engines know, in memory: it learns from actions and gives lists. The same action again changes nothing.
import {
  MAX_RECOMMENDED_PRODUCTS,
  RECOMMENDATION_KINDS,
  type RecommendationKind,
  type RecommendationList,
} from '../contract/recommendations.ts';
import { createCoPurchase } from './algorithms/co-purchase.ts';
import { createUserCf } from './algorithms/user-cf.ts';
import { type ActedReport, type SeenAction, seenAction } from './lists/seen-action.ts';
import type { Shelves } from './lists/shelves.ts';
import { kindsTouchedBy, SIX_LISTS } from './lists/six-lists.ts';
import { createTrending } from './lists/trending.ts';
import { createPeople } from './people.ts';

/** An action of an order counts with those of the same person that came at most so long before it. */
const SAME_ORDER_MS = 2_000;
const ORDER_SCORE = 7;

/** Beyond what a list holds, because what is sold out or known is left out of it. */
const RANKED_COUNT = 3 * MAX_RECOMMENDED_PRODUCTS;

/** Products of somebody's unused coupons. */
export type CouponProducts = (customerId: number) => readonly number[];

export type Model = {
  /** Learns from an action; gives the lists of the person that it bears on. `activeMs`: monotonic, when it was taken in. */
  learn(customerId: number, report: ActedReport, activeMs: number): readonly RecommendationKind[];
  /** Learns from what was bought in the past, oldest first, without anybody being active for it. */
  learnOrder(customerId: number, productIds: readonly number[]): void;
  /** A stranger's too. */
  listsOf(customerId: number, kinds: Iterable<RecommendationKind>, madeAt: string): RecommendationList[];
  /** Ids of the person's newest actions that count, oldest first. */
  actionIds(customerId: number): string[];
  isAnswered(customerId: number, actionId: string): boolean;
  answered(customerId: number, actionIds: readonly string[]): void;
  activeSince(sinceMs: number): number[];
};

/** @param couponProducts left out where there are no coupons. */
export function createModel(shelves: Shelves, couponProducts: CouponProducts = () => []): Model {
  const people = createPeople();
  const tastes = createUserCf();
  const together = createCoPurchase();
  const trending = createTrending();

  function learnScored(customerId: number, action: SeenAction, productId: number): void {
    tastes.add({ userId: customerId, itemId: productId, weight: action.score });
    trending.add(productId, action.score);
    if (action.action === 'order-create')
      together.addTo(sameOrder(people.get(customerId)?.actions ?? [], action), productId);
  }
  return {
    learn(customerId, report, activeMs) {
      const action = seenAction(report, shelves.categoryOf);
      const isNew = people.add(customerId, action, activeMs);
      if (isNew && action.score > 0 && action.productId !== null)
        learnScored(customerId, action, action.productId);
      return kindsTouchedBy(action);
    },
    learnOrder(customerId, productIds) {
      for (const [index, itemId] of productIds.entries()) {
        tastes.add({ userId: customerId, itemId, weight: ORDER_SCORE });
        together.addTo(productIds.slice(0, index), itemId);
      }
    },
    listsOf(customerId, kinds, madeAt) {
      const actions = people.get(customerId)?.actions ?? [];
      const newestId = actions.at(-1)?.id ?? null;
      const input = {
        actions,
        shelves,
        couponProductIds: couponProducts(customerId),
        fromAlikePeople: () => tastes.rank(customerId, RANKED_COUNT).map(({ itemId }) => itemId),
        boughtWith: (productIds: readonly number[]) =>
          together.rankWith(weightsOf(productIds), RANKED_COUNT).map(({ itemId }) => itemId),
        trending: trending.best(),
      };
      return [...kinds].map((kind) => ({
        kind,
        productIds: SIX_LISTS[kind](input),
        reflectsActionId: kind === 'trending' ? null : newestId,
        madeAt,
      }));
    },
    actionIds: (customerId) => (people.get(customerId)?.actions ?? []).map(({ id }) => id),
    isAnswered: (customerId, actionId) => people.get(customerId)?.answered.has(actionId) ?? false,
    answered(customerId, actionIds) {
      const person = people.get(customerId);
      if (person === undefined) return;
      const kept = new Set(person.actions.map(({ id }) => id));
      for (const id of actionIds) if (kept.has(id)) person.answered.add(id);
    },
    activeSince: people.activeSince,
  };
}

/** Products of the order that an action belongs to: an order tells of each of its products on its own. */
function sameOrder(actions: readonly SeenAction[], { id, actedMs }: SeenAction): number[] {
  return actions.flatMap((other) =>
    other.action === 'order-create' &&
    other.id !== id &&
    other.productId !== null &&
    Math.abs(actedMs - other.actedMs) <= SAME_ORDER_MS
      ? [other.productId]
      : [],
  );
}

/** The newest counts most. */
function weightsOf(productIds: readonly number[]): Map<number, number> {
  return new Map(productIds.map((productId, index) => [productId, 1 / (1 + index)]));
}

/** Kinds in the order of the contract, each once. */
export function inOrder(kinds: ReadonlySet<RecommendationKind>): RecommendationKind[] {
  return RECOMMENDATION_KINDS.filter((kind) => kinds.has(kind));
}
