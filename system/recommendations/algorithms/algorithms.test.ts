import { describe, expect, it } from 'vitest';
import { bestOf } from './best.ts';
import { createCoPurchase } from './co-purchase.ts';
import type { Interaction, Ranker } from './interaction.ts';
import { createItemCosine } from './item-cosine.ts';
import { tokensOf } from './tokens.ts';
import { createUserCf } from './user-cf.ts';

function learnt(
  ranker: Ranker,
  ...pairs: readonly (readonly [user: number, item: number, weight?: number])[]
) {
  for (const [userId, itemId, weight = 1] of pairs)
    ranker.add({ userId, itemId, weight } satisfies Interaction);
  return (userId: number, count = 10) => ranker.rank(userId, count).map(({ itemId }) => itemId);
}

describe('the best of many', () => {
  it('are the greatest, the smaller id first where two are the same', () => {
    const scores = [1, 5, 3, 5, 2].map((score, itemId) => [itemId, score] as const);
    expect(bestOf(scores, 3).map(({ itemId }) => itemId)).toEqual([1, 3, 2]);
    expect(bestOf(scores.toReversed(), 3).map(({ itemId }) => itemId)).toEqual([1, 3, 2]);
    expect(bestOf(scores, 9)).toHaveLength(5);
    expect(bestOf(scores, 0)).toEqual([]);
  });
});

describe('for you', () => {
  it('ranks what people of a like taste had to do with, and nothing that the person had', () => {
    const rank = learnt(createUserCf(), [1, 10], [1, 11], [2, 10], [2, 11], [2, 12], [3, 50], [3, 51]);
    expect(rank(1)).toEqual([12]);
    expect(rank(3)).toEqual([]);
    expect(rank(99)).toEqual([]);
  });

  it('listens more to who is more alike', () => {
    const rank = learnt(
      createUserCf(),
      [1, 10],
      [1, 11],
      [2, 10],
      [2, 11],
      [2, 20],
      [3, 10],
      [3, 13],
      [3, 30],
    );
    expect(rank(1)[0]).toBe(20);
  });

  it('keeps no more than its limits, whatever comes', () => {
    const cf = createUserCf({ usersMost: 20, itemsPerUser: 5, usersPerItem: 4 });
    for (let one = 0; one < 2_000; one++)
      cf.add({ userId: one % 90, itemId: (one * 7) % 40, weight: 1 + (one % 3) });
    expect(cf.size().userCount).toBe(20);
    expect(cf.size().pairCount).toBeLessThanOrEqual(20 * 5);
    expect(cf.rank(89, 100).length).toBeLessThanOrEqual(40);
  });
});

describe('bought together', () => {
  it('ranks the companions of baskets, not what everybody buys', () => {
    const together = createCoPurchase();
    const basket = (...items: number[]) =>
      items.forEach((item, index) => {
        together.addTo(items.slice(0, index), item);
      });
    for (let one = 0; one < 5; one++) basket(1, 2, 9);
    for (let one = 0; one < 50; one++) basket(9, 100 + one);
    const best = together.rankWith(new Map([[1, 1]]), 5).map(({ itemId }) => itemId);
    expect(best).toEqual([2, 9]);
  });

  it('keeps of companions that are as rare those that are bought more', () => {
    const together = createCoPurchase({ companionsMost: 2 });
    for (let one = 0; one < 9; one++) together.addTo([], 8);
    // The fifth is one too many, and each of them stood beside thing 1 once.
    for (const other of [3, 4, 8, 5, 6]) together.addTo([other], 1);
    expect(together.rankWith(new Map([[1, 1]]), 9).map(({ itemId }) => itemId)).toContain(8);
  });

  it('keeps a bounded number of companions, the most frequent', () => {
    const together = createCoPurchase({ companionsMost: 3 });
    for (let one = 0; one < 300; one++) {
      together.addTo([], 1);
      together.addTo([1], one % 3 === 0 ? 2 : 1_000 + one);
    }
    expect(together.rankWith(new Map([[1, 1]]), 1)[0]!.itemId).toBe(2);
    expect(together.rankWith(new Map([[1, 1]]), 100).length).toBeLessThanOrEqual(6);
  });
});

describe('words', () => {
  it('of Korean lose their particle and come in pairs of syllables too', () => {
    const tokens = tokensOf('유기농딸기를 담은');
    expect(tokens).toContain('유기농딸기');
    expect(tokens).toContain('딸기');
    expect(tokensOf('사과는')).toEqual(['사과']);
    expect(tokensOf('나는')).toEqual(['나는']);
  });

  it('of English are lower case, and numbers are none', () => {
    expect(tokensOf('Organic STRAWBERRY-jam, 500 g 1kg')).toEqual(['organic', 'strawberry', 'jam', '1kg']);
    expect(tokensOf(' .,!<>\u0000')).toEqual([]);
  });
});

describe('alike', () => {
  const things = {
    1: '유기농 딸기 잼',
    2: '유기농 딸기 주스',
    3: '가죽 소파',
    4: '딸기 케이크',
    5: '가죽 의자',
  };
  function index() {
    const cosine = createItemCosine(() => []);
    for (const [id, text] of Object.entries(things))
      cosine.set({ itemId: Number(id), tokens: tokensOf(text), categoryId: Number(id) % 2, priceKrw: 1_000 });
    return cosine;
  }

  it('is what has words in common, the rare ones most', () => {
    expect(index().neighbours(1)).toEqual([2, 4]);
    expect(index().neighbours(3)).toEqual([5]);
    expect(index().neighbours(99)).toEqual([]);
  });

  it('changes with a thing that changed, and for its neighbours', () => {
    const cosine = index();
    expect(cosine.neighbours(1)).toEqual([2, 4]);
    cosine.set({ itemId: 2, tokens: tokensOf('가죽 장갑'), categoryId: 0, priceKrw: 1_000 });
    expect(cosine.neighbours(1)).toEqual([4]);
    expect([...cosine.neighbours(3)].sort()).toEqual([2, 5]);
    cosine.remove(4);
    expect(cosine.neighbours(1)).toEqual([]);
    cosine.set({ itemId: 6, tokens: tokensOf('딸기 잼 유기농'), categoryId: 1, priceKrw: 1_000 });
    expect(cosine.neighbours(1)).toEqual([6]);
    expect(cosine.neighbours(6)).toEqual([1]);
  });

  it('is nearer in price where all else is the same', () => {
    const cosine = createItemCosine(() => [1, 2, 3]);
    for (const [itemId, priceKrw] of [
      [1, 10_000],
      [2, 900_000],
      [3, 12_000],
    ] as const)
      cosine.set({ itemId, tokens: ['딸기'], categoryId: 1, priceKrw });
    expect(cosine.neighbours(1)).toEqual([3, 2]);
  });
});
