// Which things stand in the same baskets and how often, counted as they come in; of each thing only the most frequent are kept.

export type Companions = {
  /** A thing that comes into a basket with these in it. */
  add(basket: Iterable<number>, itemId: number): void;
  /** How many baskets a thing came into. */
  basketCount(itemId: number): number;
  /** Baskets in common by companion. */
  of(itemId: number): ReadonlyMap<number, number>;
};

type Counted = { basketCount: number; counts: Map<number, number> };

const NONE: ReadonlyMap<number, number> = new Map();

/** @param most companions kept of a thing; up to twice as many are counted before the rarest go. */
export function createCompanions(most: number): Companions {
  const counted = new Map<number, Counted>();
  function countedOf(itemId: number): Counted {
    const known = counted.get(itemId);
    if (known !== undefined) return known;
    const fresh = { basketCount: 0, counts: new Map<number, number>() };
    counted.set(itemId, fresh);
    return fresh;
  }
  /** Of those that are as rare the ones in fewer baskets go first: of the others more is known. */
  function dropRarest(one: Counted): void {
    const companions = Array.from(one.counts, ([itemId, together]) => ({
      itemId,
      together,
      basketCount: counted.get(itemId)?.basketCount ?? 0,
    }));
    companions.sort((a, b) => b.together - a.together || b.basketCount - a.basketCount);
    one.counts = new Map(companions.slice(0, most).map(({ itemId, together }) => [itemId, together]));
  }
  function count(one: Counted, other: number): void {
    one.counts.set(other, (one.counts.get(other) ?? 0) + 1);
    if (one.counts.size > 2 * most) dropRarest(one);
  }
  return {
    add(basket, itemId) {
      const own = countedOf(itemId);
      own.basketCount += 1;
      for (const other of basket) {
        if (other === itemId) continue;
        count(own, other);
        count(countedOf(other), itemId);
      }
    },
    basketCount: (itemId) => counted.get(itemId)?.basketCount ?? 0,
    of: (itemId) => counted.get(itemId)?.counts ?? NONE,
  };
}
