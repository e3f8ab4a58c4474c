// The recommenders that ours is held against: popularity, which any must beat; the cosine of items; and EASE, the bar.
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { bestUnknown, type HeldOut } from './held-out.ts';

/** Lists of ten for baskets of which these things are known. */
type Recommender = (baskets: HeldOut) => number[][];

/** The most bought things, the same for everybody but for what they know. */
export const byPopularity: Recommender = ({ itemCount, known }) => {
  const counts = new Float64Array(itemCount);
  for (const item of known.flat()) counts[item] = (counts[item] ?? 0) + 1;
  return known.map((basket) => bestUnknown(counts, basket));
};

/** Things that stand in the same baskets: sum of the cosines with what is known. */
export const byItemCosine: Recommender = (baskets) => {
  const together = togetherCounts(baskets);
  const norms = together.diagonal().map(Math.sqrt);
  const cosines = Matrix.zeros(baskets.itemCount, baskets.itemCount);
  for (const [one, norm] of norms.entries())
    for (const [other, otherNorm] of norms.entries()) {
      if (one !== other && norm > 0 && otherNorm > 0)
        cosines.set(one, other, together.get(one, other) / (norm * otherNorm));
    }
  return bySumOfWeights(baskets, cosines);
};

/**
 * EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): weights between things that give every basket back
 * best by least squares, none of itself; with P = (XᵀX + λ·1)⁻¹ they are −Pᵢⱼ / Pⱼⱼ.
 */
export const byEase =
  (lambda: number): Recommender =>
  (baskets) => {
    const identity = Matrix.eye(baskets.itemCount);
    const regular = togetherCounts(baskets).add(Matrix.mul(identity, lambda));
    const inverse = new CholeskyDecomposition(regular).solve(identity);
    const weights = Matrix.zeros(baskets.itemCount, baskets.itemCount);
    for (let one = 0; one < baskets.itemCount; one += 1)
      for (let other = 0; other < baskets.itemCount; other += 1)
        if (one !== other) weights.set(one, other, -inverse.get(one, other) / inverse.get(other, other));
    return bySumOfWeights(baskets, weights);
  };

/** XᵀX: in how many baskets each pair of things stands, and each thing on the diagonal. */
function togetherCounts({ itemCount, known }: HeldOut): Matrix {
  const counts = Matrix.zeros(itemCount, itemCount);
  for (const basket of known)
    for (const one of basket) for (const other of basket) counts.set(one, other, counts.get(one, other) + 1);
  return counts;
}

/** Scores a thing by what the known ones say of it: the sum of their weights in its column. */
function bySumOfWeights({ itemCount, known }: HeldOut, weights: Matrix): number[][] {
  const rows = Array.from({ length: itemCount }, (_, item) => Float64Array.from(weights.getRow(item)));
  return known.map((basket) => {
    const scores = new Float64Array(itemCount);
    for (const one of basket)
      for (const [other, weight] of (rows[one] ?? []).entries())
        scores[other] = (scores[other] ?? 0) + weight;
    return bestUnknown(scores, basket);
  });
}
