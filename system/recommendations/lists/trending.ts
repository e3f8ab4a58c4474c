// What everybody looks at now: the products of the newest actions of all people, by the sum of their scores.
import { bestOf } from '../algorithms/best.ts';

const ACTIONS_COUNTED = 100;

export type Trending = {
  /** An action with a score about a product. */
  add(productId: number, score: number): void;
  /** Best first; the same array until something is added. */
  best(): readonly number[];
};

export function createTrending(): Trending {
  const newest: { productId: number; score: number }[] = [];
  let best: readonly number[] | null = [];
  return {
    add(productId, score) {
      newest.push({ productId, score });
      if (newest.length > ACTIONS_COUNTED) newest.shift();
      best = null;
    },
    best() {
      if (best !== null) return best;
      const scores = new Map<number, number>();
      for (const { productId, score } of newest) scores.set(productId, (scores.get(productId) ?? 0) + score);
      best = bestOf(scores, ACTIONS_COUNTED).map(({ itemId }) => itemId);
      return best;
    },
  };
}
