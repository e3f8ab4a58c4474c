// All that the engines know, in memory: it learns from actions and gives lists. The same action again changes nothing.
import {
  MAX_RECOMMENDED_PRODUCTS,
  RECOMMENDATION_KINDS,
  type RecommendationKind,
  type RecommendationList,
} from '../contract/recommendations.ts';
import { createCoPurchase } from './algorithms/co-purchase.ts';
import { createItemWeights } from './algorithms/item-weights.ts';
import { createUserCf } from './algorithms/user-cf.ts';
import { type ActedReport, type SeenAction, seenAction } from './lists/seen-action.ts';
import type { Shelves } from './lists/shelves.ts';
import { kindsTouchedBy, SIX_LISTS } from './lists/six-lists.ts';
import { createTrending } from './lists/trending.ts';
import { createPeople } from './people.ts';

/** An action of an order counts with those of the same person that came at most so long before it. */
const SAME_ORDER_MS = 2_000;
const ORDER_SCORE = 7;

/** Of whom fewer products are known the people of a like taste say more. */
const WEIGHED_FROM = 3;

/** Beyond what a list holds, because what is sold out or known is left out of it. */
const RANKED_COUNT = 3 * MAX_RECOMMENDED_PRODUCTS;

/** Products of somebody's unused coupons. */
export type CouponProducts = (customerId: number) => readonly number[];

export type Model = {
  /** Learns from an action; gives the lists of the person that it bears on. `activeMs`: monotonic, when it was taken in. */
  learn(customerId: number, report: ActedReport, activeMs: number): readonly RecommendationKind[];
  /**
   * Learns what somebody did before anything else is learnt of them, oldest first: it counts in their own lists, not in what
   * everybody looks at. Orders of theirs are learnt by `learnOrder`.
   */
  recall(customerId: number, reports: readonly ActedReport[]): void;
  isRecalled(customerId: number): boolean;
  /** Learns from what was bought in the past, oldest first, without anybody being active for it. */
  learnOrder(customerId: number, productIds: readonly number[]): void;
  /** A stranger's too. */
  listsOf(customerId: number, kinds: Iterable<RecommendationKind>, madeAt: string): RecommendationList[];
  /** Ids of the person's newest actions that count, oldest first. */
  actionIds(customerId: number): string[];
  isAnswered(customerId: number, actionId: string): boolean;
  answered(customerId: number, actionIds: readonly string[]): void;
  activeSince(sinceMs: number): number[];
  /** Works out anew what one product's weights are; false when there is nothing to do. Costs a few ms at most. */
  refit(): boolean;
};

/** @param couponProducts left out where there are no coupons. */
export function createModel(shelves: Shelves, couponProducts: CouponProducts = () => []): Model {
  const people = createPeople();
  const tastes = createUserCf();
  const weights = createItemWeights();
  const together = createCoPurchase();
  const trending = createTrending();

  function learnInterest(userId: number, itemId: number, weight: number): void {
    tastes.add({ userId, itemId, weight });
    weights.add({ userId, itemId, weight });
  }
  function learnScored(customerId: number, action: SeenAction, productId: number): void {
    learnInterest(customerId, productId, action.score);
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
    recall(customerId, reports) {
      const actions = reports.map((report) => seenAction(report, shelves.categoryOf));
      for (const { action, score, productId } of people.recall(customerId, actions))
        if (score > 0 && productId !== null && action !== 'order-create')
          learnInterest(customerId, productId, score);
    },
    isRecalled: (customerId) => people.get(customerId)?.isRecalled ?? false,
    learnOrder(customerId, productIds) {
      for (const [index, itemId] of productIds.entries()) {
        learnInterest(customerId, itemId, ORDER_SCORE);
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
        weighed: () =>
          weights.itemCountOf(customerId) < WEIGHED_FROM
            ? []
            : weights.rank(customerId, RANKED_COUNT).map(({ itemId }) => itemId),
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
    refit: weights.refit,
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
