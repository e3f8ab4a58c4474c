// "Bought together": which things stand in the same baskets, by the cosine of their baskets, so that what everybody buys does not
// go with everything.
import { bestOf } from './best.ts';
import { createCompanions } from './companions.ts';
import type { ScoredItem } from './interaction.ts';

type CoPurchaseLimits = {
  /** Companions kept of a thing; up to twice as many are counted before the rarest go. */
  companionsMost: number;
  /** Things of one basket that are counted with each other, the newest. */
  basketMost: number;
};

const CO_PURCHASE_LIMITS: CoPurchaseLimits = { companionsMost: 48, basketMost: 30 };

export type CoPurchase = {
  /** A thing that comes into a basket with these in it. */
  addTo(basket: readonly number[], itemId: number): void;
  /** What goes best with these things, each as important as its weight; the things themselves are left out. */
  rankWith(items: ReadonlyMap<number, number>, count: number): ScoredItem[];
};

export function createCoPurchase(changes: Partial<CoPurchaseLimits> = {}): CoPurchase {
  const { companionsMost, basketMost } = { ...CO_PURCHASE_LIMITS, ...changes };
  const companions = createCompanions(companionsMost);
  return {
    addTo: (basket, itemId) => companions.add(basket.slice(-basketMost), itemId),
    rankWith(items, count) {
      const scores = new Map<number, number>();
      for (const [itemId, weight] of items) {
        const ownCount = companions.basketCount(itemId);
        for (const [other, together] of companions.of(itemId)) {
          if (items.has(other)) continue;
          const baskets = ownCount * companions.basketCount(other);
          if (baskets > 0)
            scores.set(other, (scores.get(other) ?? 0) + (weight * together) / Math.sqrt(baskets));
        }
      }
      return bestOf(scores, count);
    },
  };
}
