// The weights of one thing: how much each of its nearest companions speaks for it, all of them counted against each other.
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { bestOf } from './best.ts';
import type { Companions } from './companions.ts';

/** Of one thing, in little memory: companions in the order of their ids, and the weight of each at the same place. */
export type FittedWeights = {
  /** Baskets of the thing when its weights were worked out. */
  basketCount: number;
  itemIds: Int32Array;
  weights: Float32Array;
};

/**
 * Ridge regression of a thing on its nearest companions: (XᵀX + λ·1)⁻¹ Xᵀy of their counts.
 * @param limits `neighbourCount` companions are counted; `lambda` as if each stood alone in so many more baskets.
 */
export function fitWeights(
  companions: Pick<Companions, 'of' | 'basketCount'>,
  itemId: number,
  { neighbourCount, lambda }: { neighbourCount: number; lambda: number },
): FittedWeights {
  const together = companions.of(itemId);
  const nearest = nearestOf(companions, together, neighbourCount);
  const counts = nearest.map((other) => together.get(other) ?? 0);
  const solved = nearest.length === 0 ? [] : solve(squaresOf(companions, nearest, lambda), counts);
  return {
    basketCount: companions.basketCount(itemId),
    itemIds: Int32Array.from(nearest),
    weights: Float32Array.from(solved),
  };
}

/** Σ of the weights of these things. */
export function scoreOf({ itemIds, weights }: FittedWeights, items: Iterable<number>): number {
  let score = 0;
  for (const itemId of items) {
    let low = 0;
    for (let high = itemIds.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((itemIds[middle] ?? 0) < itemId) low = middle + 1;
      else high = middle;
    }
    if (itemIds[low] === itemId) score += weights[low] ?? 0;
  }
  return score;
}

function nearestOf(
  { basketCount }: Pick<Companions, 'basketCount'>,
  together: ReadonlyMap<number, number>,
  count: number,
): number[] {
  const cosines = Array.from(together, ([other, inCommon]): [number, number] => [
    other,
    inCommon / Math.sqrt(basketCount(other)),
  ]);
  return bestOf(cosines, count)
    .map(({ itemId }) => itemId)
    .sort((one, other) => one - other);
}

function squaresOf(
  companions: Pick<Companions, 'of' | 'basketCount'>,
  items: readonly number[],
  lambda: number,
): Matrix {
  const squares = Matrix.zeros(items.length, items.length);
  const counts = items.map((itemId) => companions.of(itemId));
  for (const [row, one] of items.entries()) {
    squares.set(row, row, companions.basketCount(one) + lambda);
    for (let column = 0; column < row; column++) {
      // Of a pair that one side dropped for a while the other side knows better.
      const inCommon = Math.max(counts[row]?.get(items[column] ?? 0) ?? 0, counts[column]?.get(one) ?? 0);
      squares.set(row, column, inCommon);
      squares.set(column, row, inCommon);
    }
  }
  return squares;
}

function solve(squares: Matrix, counts: readonly number[]): number[] {
  const cholesky = new CholeskyDecomposition(squares);
  if (cholesky.isPositiveDefinite()) return cholesky.solve(Matrix.columnVector([...counts])).to1DArray();
  // With counts that were dropped they may fit no baskets at all: then each speaks for itself alone.
  return counts.map((count, row) => count / squares.get(row, row));
}
