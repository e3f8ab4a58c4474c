// "Bought together": which things stand in the same baskets, by the cosine of their baskets, so that what everybody buys does not
// go with everything. Counted basket by basket; of each thing only its most frequent companions are kept.
import { bestOf } from './best.ts';
import type { ScoredItem } from './interaction.ts';

export type CoPurchaseLimits = {
  /** Companions kept of a thing; up to twice as many are counted before the rarest go. */
  companionsMost: number;
  /** Things of one basket that are counted with each other, the newest. */
  basketMost: number;
};

export const CO_PURCHASE_LIMITS: CoPurchaseLimits = { companionsMost: 48, basketMost: 30 };

export type CoPurchase = {
  /** A thing that comes into a basket with these in it. */
  addTo(basket: readonly number[], itemId: number): void;
  /** What goes best with these things, each as important as its weight; the things themselves are left out. */
  rankWith(items: ReadonlyMap<number, number>, count: number): ScoredItem[];
  /** Pairs in memory, each twice. */
  pairCount(): number;
};

type Companions = { basketCount: number; counts: Map<number, number> };

export function createCoPurchase(changes: Partial<CoPurchaseLimits> = {}): CoPurchase {
  const { companionsMost, basketMost } = { ...CO_PURCHASE_LIMITS, ...changes };
  const companions = new Map<number, Companions>();

  function companionsOf(itemId: number): Companions {
    const known = companions.get(itemId);
    if (known !== undefined) return known;
    const fresh = { basketCount: 0, counts: new Map<number, number>() };
    companions.set(itemId, fresh);
    return fresh;
  }
  function count(one: Companions, other: number): void {
    one.counts.set(other, (one.counts.get(other) ?? 0) + 1);
    if (one.counts.size <= 2 * companionsMost) return;
    const kept = bestOf(one.counts, companionsMost);
    one.counts = new Map(kept.map(({ itemId, score }) => [itemId, score]));
  }
  return {
    addTo(basket, itemId) {
      const own = companionsOf(itemId);
      own.basketCount += 1;
      for (const other of basket.slice(-basketMost)) {
        if (other === itemId) continue;
        count(own, other);
        count(companionsOf(other), itemId);
      }
    },
    rankWith(items, most) {
      const scores = new Map<number, number>();
      for (const [itemId, weight] of items) {
        const own = companions.get(itemId);
        if (own === undefined) continue;
        for (const [other, together] of own.counts) {
          if (items.has(other)) continue;
          const baskets = own.basketCount * (companions.get(other)?.basketCount ?? 0);
          if (baskets > 0)
            scores.set(other, (scores.get(other) ?? 0) + (weight * together) / Math.sqrt(baskets));
        }
      }
      return bestOf(scores, most);
    },
    pairCount() {
      let pairCount = 0;
      for (const { counts } of companions.values()) pairCount += counts.size;
      return pairCount;
    },
  };
}
