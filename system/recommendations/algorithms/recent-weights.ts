// Weights by id, of which only so many are kept: whoever was not touched for longest goes first.

export type RecentWeights = {
  readonly weights: ReadonlyMap<number, number>;
  /** Σ weight², for a cosine. */
  squaredNorm(): number;
  /** Adds to the weight of an id, which is the newest then; gives the id that had to go for it. */
  add(id: number, weight: number): number | null;
  remove(id: number): void;
};

/** @param most ids that are kept. @param weightMost the greatest weight of one, so that nobody counts by repetition alone. */
export function createRecentWeights(most: number, weightMost: number): RecentWeights {
  const weights = new Map<number, number>();
  let squares = 0;
  function remove(id: number): void {
    const weight = weights.get(id);
    if (weight === undefined) return;
    squares -= weight * weight;
    weights.delete(id);
  }
  return {
    weights,
    squaredNorm: () => squares,
    add(id, weight) {
      const sum = Math.min(weightMost, (weights.get(id) ?? 0) + weight);
      remove(id);
      weights.set(id, sum);
      squares += sum * sum;
      if (weights.size <= most) return null;
      const [oldest = id] = weights.keys();
      remove(oldest);
      return oldest;
    },
    remove,
  };
}
