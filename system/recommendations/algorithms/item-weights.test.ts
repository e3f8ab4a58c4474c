import { describe, expect, it } from 'vitest';
import { createCompanions } from './companions.ts';
import { createItemWeights, fitWeights, type ItemWeightsLimits } from './item-weights.ts';

function learnt(baskets: readonly (readonly number[])[], changes: Partial<ItemWeightsLimits> = {}) {
  const ranker = createItemWeights({ lambda: 1, refitMost: 1_000, ...changes });
  for (const [userId, basket] of baskets.entries())
    for (const itemId of basket) ranker.add({ userId, itemId, weight: 1 });
  return (userId: number, count = 10) => ranker.rank(userId, count).map(({ itemId }) => itemId);
}

describe('the weights of a thing', () => {
  it('are those of ridge regression on its companions', () => {
    const companions = createCompanions(10);
    for (const basket of [[1, 2, 3], [1, 2, 3], [1, 3], [2]])
      for (const [index, item] of basket.entries()) companions.add(basket.slice(0, index), item);
    // XᵀX + 1 = [[4, 2], [2, 4]] for things 1 and 2, Xᵀy = [3, 2] for thing 3.
    const weights = fitWeights(companions, 3, { neighbourCount: 10, lambda: 1 });
    expect(weights.get(1)).toBeCloseTo(2 / 3, 10);
    expect(weights.get(2)).toBeCloseTo(1 / 6, 10);
    expect([...fitWeights(companions, 3, { neighbourCount: 1, lambda: 1 }).keys()]).toEqual([1]);
    expect(fitWeights(companions, 99, { neighbourCount: 1, lambda: 1 }).size).toBe(0);
  });
});

describe('what a person may want next', () => {
  it('is what goes with all that they have, nothing that they have, and nothing for a stranger', () => {
    const rank = learnt([[1, 2], [1, 2, 3], [1, 2, 3], [4, 5], [4, 5], [1]]);
    expect(rank(0)).toEqual([3]);
    expect(rank(5)[0]).toBe(2);
    expect(rank(99)).toEqual([]);
  });

  it('works out so many weights a ranking, and has them all after some', () => {
    const rank = learnt([[1, 2], [1, 3], [1, 3], [1]], { refitMost: 1 });
    expect(rank(3, 1)).not.toEqual([3]);
    expect(rank(3, 1)).toEqual([3]);
  });

  it('forgets who did nothing for longest, and of each the oldest things', () => {
    const rank = learnt(
      [
        [1, 2],
        [1, 2],
        [2, 3, 1],
      ],
      { usersMost: 2, itemsPerUser: 2 },
    );
    expect(rank(0)).toEqual([]);
    expect(rank(2)).toEqual([2]);
  });
});
