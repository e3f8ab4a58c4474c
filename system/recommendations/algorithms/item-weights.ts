// What a person may want next by what they have had: of each thing, how much having others speaks for it, by least squares over
// all baskets and with all of them counted against each other (EASE, Steck 2019, but of each thing only with the companions it is
// nearest to, so that a change costs what its own things cost and the catalogue's size is of no account).
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { bestOf } from './best.ts';
import { type Companions, createCompanions } from './companions.ts';
import type { Ranker } from './interaction.ts';

export type ItemWeightsLimits = {
  /** People kept; whoever did nothing for longest goes first. */
  usersMost: number;
  /** Newest things kept of a person. */
  itemsPerUser: number;
  /** Companions counted of a thing; up to twice as many before the rarest go. */
  companionsMost: number;
  /** Companions that speak for a thing, those of the greatest cosine. */
  neighbourCount: number;
  /** Holds weights down that rest on few baskets, as if so many more held the thing alone. */
  lambda: number;
  /** Weights are worked out anew when a thing's baskets have grown by this factor. */
  growthRatio: number;
  /** At most so many things have their weights worked out in one ranking. */
  refitMost: number;
};

/** λ 500 as published for the supermarket baskets (docs/recommenders-quality.md has what was measured). */
const ITEM_WEIGHTS_LIMITS: ItemWeightsLimits = {
  usersMost: 50_000,
  itemsPerUser: 48,
  companionsMost: 120,
  neighbourCount: 128,
  lambda: 500,
  growthRatio: 1.5,
  refitMost: 2,
};

type Fitted = { basketCount: number; weights: ReadonlyMap<number, number> };

export function createItemWeights(changes: Partial<ItemWeightsLimits> = {}): Ranker {
  const limits = { ...ITEM_WEIGHTS_LIMITS, ...changes };
  const companions = createCompanions(limits.companionsMost);
  const itemsOf = new Map<number, Set<number>>();
  const fitted = new Map<number, Fitted>();

  /** The thing's weights; where they are stale and `mayFit`, new ones. */
  function weightsOf(itemId: number, mayFit: boolean): Fitted {
    const known = fitted.get(itemId);
    const basketCount = companions.basketCount(itemId);
    if (known !== undefined && (!mayFit || basketCount < limits.growthRatio * known.basketCount))
      return known;
    if (!mayFit) return { basketCount: 0, weights: new Map() };
    const fresh = { basketCount, weights: fitWeights(companions, itemId, limits) };
    fitted.set(itemId, fresh);
    return fresh;
  }
  return {
    add({ userId, itemId }) {
      const items = itemsOf.get(userId) ?? new Set();
      itemsOf.delete(userId);
      itemsOf.set(userId, items);
      if (items.has(itemId)) return;
      companions.add(items, itemId);
      items.add(itemId);
      if (items.size > limits.itemsPerUser)
        for (const oldest of items.values()) {
          items.delete(oldest);
          break;
        }
      if (itemsOf.size > limits.usersMost)
        for (const oldest of itemsOf.keys()) {
          itemsOf.delete(oldest);
          break;
        }
    },
    rank(userId, count) {
      const items = itemsOf.get(userId);
      if (items === undefined) return [];
      const candidates = new Set<number>();
      for (const itemId of items)
        for (const other of companions.of(itemId).keys()) if (!items.has(other)) candidates.add(other);
      let fitCount = 0;
      const scores = Array.from(candidates, (candidate): [number, number] => {
        const before = fitted.get(candidate);
        const { weights } = weightsOf(candidate, fitCount < limits.refitMost);
        if (fitted.get(candidate) !== before) fitCount += 1;
        let score = 0;
        for (const itemId of items) score += weights.get(itemId) ?? 0;
        return [candidate, score];
      });
      return bestOf(scores, count);
    },
  };
}

/** Ridge regression of a thing on its nearest companions: (XᵀX + λ·1)⁻¹ Xᵀy of their counts. */
export function fitWeights(
  companions: Pick<Companions, 'of' | 'basketCount'>,
  itemId: number,
  { neighbourCount, lambda }: Pick<ItemWeightsLimits, 'neighbourCount' | 'lambda'>,
): Map<number, number> {
  const together = companions.of(itemId);
  const cosines = Array.from(together, ([other, count]): [number, number] => [
    other,
    count / Math.sqrt(companions.basketCount(other)),
  ]);
  const nearest = bestOf(cosines, neighbourCount).map(({ itemId: other }) => other);
  if (nearest.length === 0) return new Map();
  const squares = Matrix.zeros(nearest.length, nearest.length);
  // Of a pair that one side dropped for a while the other side knows better.
  const inCommon = (one: number, other: number): number =>
    Math.max(companions.of(one).get(other) ?? 0, companions.of(other).get(one) ?? 0);
  for (const [row, one] of nearest.entries())
    for (const [column, other] of nearest.entries())
      squares.set(row, column, row === column ? companions.basketCount(one) + lambda : inCommon(one, other));
  const cholesky = new CholeskyDecomposition(squares);
  // With counts that were dropped they may fit no baskets at all: then each speaks for itself alone.
  const solved = cholesky.isPositiveDefinite()
    ? cholesky.solve(Matrix.columnVector(nearest.map((other) => together.get(other) ?? 0))).to1DArray()
    : nearest.map((other) => (together.get(other) ?? 0) / (companions.basketCount(other) + lambda));
  return new Map(nearest.map((other, row) => [other, solved[row] ?? 0]));
}
