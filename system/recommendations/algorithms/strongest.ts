// Of each thing the companions that it speaks for most, kept ready for rankings and found again when its baskets have grown.
import { bestOf } from './best.ts';
import type { Companions } from './companions.ts';

/** Found again when the baskets have grown by this factor. */
const GROWTH_RATIO = 1.25;

/** Companions, the strongest first, and at the same place the share of the thing's baskets that each stands in. */
export type Strongest = { basketCount: number; itemIds: Int32Array; shares: Float32Array };

/** @param most companions of a thing. @param lambda baskets that it is counted in beside its own. */
export function createStrongest(
  companions: Companions,
  { most, lambda }: { most: number; lambda: number },
): (itemId: number) => Strongest {
  const found = new Map<number, Strongest>();
  return (itemId) => {
    const known = found.get(itemId);
    const basketCount = companions.basketCount(itemId);
    if (known !== undefined && basketCount < GROWTH_RATIO * known.basketCount) return known;
    const best = bestOf(companions.of(itemId), most);
    const fresh = {
      basketCount,
      itemIds: Int32Array.from(best, (one) => one.itemId),
      shares: Float32Array.from(best, ({ score }) => score / (basketCount + lambda)),
    };
    found.set(itemId, fresh);
    return fresh;
  };
}
