import { describe, expect, it } from 'vitest';
import { createCompanions } from './companions.ts';
import { fitWeights, scoreOf } from './fit-weights.ts';
import { createItemWeights, type ItemWeightsLimits } from './item-weights.ts';

function learnt(baskets: readonly (readonly number[])[], changes: Partial<ItemWeightsLimits> = {}) {
  const weights = createItemWeights({ lambda: 1, basketsLeast: 1, ...changes });
  for (const [userId, basket] of baskets.entries())
    for (const itemId of basket) weights.add({ userId, itemId, weight: 1 });
  const rank = (userId: number, count = 10) => weights.rank(userId, count).map(({ itemId }) => itemId);
  return { ...weights, rank };
}

describe('the weights of a thing', () => {
  const companions = createCompanions(10);
  for (const basket of [[1, 2, 3], [1, 2, 3], [1, 3], [2]])
    for (const [index, item] of basket.entries()) companions.add(basket.slice(0, index), item);

  it('are those of ridge regression on its companions', () => {
    // XᵀX + 1 = [[4, 2], [2, 4]] for things 1 and 2, Xᵀy = [3, 2] for thing 3.
    const weights = fitWeights(companions, 3, { neighbourCount: 10, lambda: 1 });
    expect(scoreOf(weights, [1])).toBeCloseTo(2 / 3, 6);
    expect(scoreOf(weights, [2])).toBeCloseTo(1 / 6, 6);
    expect(scoreOf(weights, [1, 2, 99])).toBeCloseTo(5 / 6, 6);
  });

  it('are of the nearest companions alone, and none of a thing that nobody has', () => {
    expect([...fitWeights(companions, 3, { neighbourCount: 1, lambda: 1 }).itemIds]).toEqual([1]);
    expect(scoreOf(fitWeights(companions, 99, { neighbourCount: 1, lambda: 1 }), [1, 2, 3])).toBe(0);
  });
});

describe('companions', () => {
  it('are kept up to a bound, the most frequent and of those that are as rare the ones in most baskets', () => {
    const companions = createCompanions(2);
    companions.add([], 14);
    for (const other of [10, 10, 10, 11, 12, 13, 14]) companions.add([1], other);
    expect([...companions.of(1)]).toEqual([
      [10, 3],
      [14, 1],
    ]);
    expect(companions.basketCount(10)).toBe(3);
  });
});

describe('what a person may want next', () => {
  it('is what goes with all that they have, nothing that they have, and nothing for a stranger', () => {
    const { rank, itemCountOf } = learnt([[1, 2], [1, 2, 3], [1, 2, 3], [4, 5], [4, 5], [1]]);
    expect(rank(0)).toEqual([3]);
    expect(rank(5)[0]).toBe(2);
    expect(rank(99)).toEqual([]);
    expect([0, 99].map(itemCountOf)).toEqual([2, 0]);
  });

  it('counts things against each other once their weights are worked out', () => {
    const times = (count: number, basket: number[]) => Array.from({ length: count }, () => basket);
    const others = [...times(6, [1, 2, 3]), ...times(3, [1, 2]), ...times(7, [4, 5]), ...times(2, [5])];
    const { rank, refit } = learnt([...others, [1, 2, 5]]);
    // Each alone: 6/11 of 1 and 6/11 of 2 for 3, 7/11 of 5 for 4. But 1 and 2 are the same baskets: 6/21 each.
    expect(rank(others.length)).toEqual([3, 4]);
    while (refit());
    expect(rank(others.length)).toEqual([4, 3]);
  });

  it('has weights worked out of what a ranking found stale, one at a time, and again when a thing has grown', () => {
    const weights = learnt([[1, 2], [1, 2], [1]], { growthRatio: 1.5 });
    expect(weights.refit()).toBe(false);
    weights.rank(2);
    expect(weights.size()).toEqual({ fittedCount: 0, waitingCount: 1 });
    expect([weights.refit(), weights.refit()]).toEqual([true, false]);
    weights.rank(2);
    expect(weights.size()).toEqual({ fittedCount: 1, waitingCount: 0 });
    weights.add({ userId: 9, itemId: 2, weight: 1 });
    weights.rank(2);
    expect(weights.refit()).toBe(true);
  });

  it('works nothing out of what is in few baskets', () => {
    const weights = learnt([[1, 2], [1, 2], [1]], { basketsLeast: 3 });
    expect(weights.rank(2)).toEqual([2]);
    expect(weights.refit()).toBe(false);
  });

  it('forgets who did nothing for longest, of each the oldest things, and the weights worked out longest ago', () => {
    const baskets = [
      [1, 2],
      [1, 2],
      [2, 3, 1],
    ];
    const { rank, refit, size } = learnt(baskets, {
      usersMost: 2,
      itemsPerUser: 2,
      fittedMost: 1,
      waitingMost: 1,
    });
    expect(rank(0)).toEqual([]);
    expect(rank(2)).toEqual([2]);
    expect(rank(1)).toEqual([3]);
    expect(size()).toEqual({ fittedCount: 0, waitingCount: 1 });
    while (refit()) rank(1);
    expect(size()).toEqual({ fittedCount: 1, waitingCount: 0 });
  });
});
