// What a person may want next by what they have had: of each thing, how much having others speaks for it, by least squares over
// all baskets and with all of them counted against each other (EASE, Steck 2019, but of each thing only with the companions it is
// nearest to, so that a change costs what its own things cost and the catalogue's size is of no account). A ranking takes the
// weights as they are; they are worked out anew apart from it, one thing at a time.
import { bestOf } from './best.ts';
import { createCompanions } from './companions.ts';
import { type FittedWeights, fitWeights, scoreOf } from './fit-weights.ts';
import type { Ranker, ScoredItem } from './interaction.ts';
import { createStrongest } from './strongest.ts';

export type ItemWeightsLimits = {
  /** People kept; whoever did nothing for longest goes first. */
  usersMost: number;
  /** Newest things kept of a person. */
  itemsPerUser: number;
  /** Of these the newest by whose companions it is found what may be wanted. */
  itemsCompared: number;
  /** Companions counted of a thing; up to twice as many before the rarest go. */
  companionsMost: number;
  /** Companions of each of these that are looked at. */
  strongestMost: number;
  /** Things that are weighed in a ranking, those that the person's things speak for most when each speaks alone. */
  candidatesMost: number;
  /** Companions that speak for a thing, those of the greatest cosine. */
  neighbourCount: number;
  /** Holds weights down that rest on few baskets, as if so many more held the thing alone. */
  lambda: number;
  /** Of a thing in fewer baskets each companion speaks alone: against λ they have nothing to tell of each other. */
  basketsLeast: number;
  /** Weights are worked out anew when a thing's baskets have grown by this factor. */
  growthRatio: number;
  /** Things whose weights are kept; those worked out longest ago go first. */
  fittedMost: number;
  /** Things that wait for their weights; others are not put down until some are done. */
  waitingMost: number;
};

/** λ 500 as published for the supermarket baskets (docs/recommenders-quality.md has what was measured). */
const ITEM_WEIGHTS_LIMITS: ItemWeightsLimits = {
  usersMost: 50_000,
  itemsPerUser: 48,
  itemsCompared: 24,
  companionsMost: 160,
  strongestMost: 48,
  candidatesMost: 60,
  neighbourCount: 128,
  lambda: 500,
  basketsLeast: 20,
  growthRatio: 2,
  fittedMost: 8_000,
  waitingMost: 1_000,
};

export type ItemWeights = Ranker & {
  /** How many things are known of a person. */
  itemCountOf(userId: number): number;
  /** Works the weights out of one thing that a ranking found stale; false when there is none. */
  refit(): boolean;
  /** Things whose weights are kept, and things that wait for theirs. */
  size(): { fittedCount: number; waitingCount: number };
};

export function createItemWeights(changes: Partial<ItemWeightsLimits> = {}): ItemWeights {
  const limits = { ...ITEM_WEIGHTS_LIMITS, ...changes };
  const companions = createCompanions(limits.companionsMost);
  const strongest = createStrongest(companions, { most: limits.strongestMost, lambda: limits.lambda });
  const itemsOf = new Map<number, Set<number>>();
  const fitted = new Map<number, FittedWeights>();
  const waiting = new Set<number>();

  function isStale(itemId: number, known: FittedWeights | undefined): boolean {
    const basketCount = companions.basketCount(itemId);
    return basketCount >= (known ? limits.growthRatio * known.basketCount : limits.basketsLeast);
  }
  function candidatesOf(items: ReadonlySet<number>): ScoredItem[] {
    const scores = new Map<number, number>();
    let leftOut = items.size - limits.itemsCompared;
    for (const itemId of items) {
      if (leftOut-- > 0) continue;
      const { itemIds, shares } = strongest(itemId);
      for (const [place, other] of itemIds.entries())
        if (!items.has(other)) scores.set(other, (scores.get(other) ?? 0) + (shares[place] ?? 0));
    }
    return bestOf(scores, limits.candidatesMost);
  }
  return {
    add({ userId, itemId }) {
      const items = itemsOf.get(userId) ?? new Set();
      itemsOf.delete(userId);
      itemsOf.set(userId, items);
      // Known already: the newest now.
      if (!items.delete(itemId)) companions.add(items, itemId);
      items.add(itemId);
      if (items.size > limits.itemsPerUser) dropOldest(items);
      if (itemsOf.size > limits.usersMost) dropOldest(itemsOf);
    },
    rank(userId, count) {
      const items = itemsOf.get(userId);
      if (items === undefined) return [];
      const scores = candidatesOf(items).map(({ itemId, score }): [number, number] => {
        const known = fitted.get(itemId);
        if (waiting.size < limits.waitingMost && isStale(itemId, known)) waiting.add(itemId);
        return [itemId, known === undefined ? score : scoreOf(known, items)];
      });
      return bestOf(scores, count);
    },
    itemCountOf: (userId) => itemsOf.get(userId)?.size ?? 0,
    refit() {
      for (const itemId of waiting) {
        waiting.delete(itemId);
        fitted.delete(itemId);
        fitted.set(itemId, fitWeights(companions, itemId, limits));
        if (fitted.size > limits.fittedMost) dropOldest(fitted);
        return true;
      }
      return false;
    },
    size: () => ({ fittedCount: fitted.size, waitingCount: waiting.size }),
  };
}

function dropOldest(kept: Map<number, unknown> | Set<number>): void {
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    return;
  }
}
