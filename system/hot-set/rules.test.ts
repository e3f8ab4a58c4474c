import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listPlace } from '../cache/list-places.ts';
import { chooseProducts, listPlaces, type RankedProduct, sharesOf } from './rules.ts';

test.for([
  [1_000, 5_000, 5_000, 600, 400],
  [1_000, 200, 5_000, 200, 800],
  [1_000, 5_000, 100, 900, 100],
  [1_000, 300, 200, 300, 200],
  [1_000, 0, 5_000, 0, 1_000],
  [1, 5, 5, 1, 0],
])(
  'of %i a pool that is short is filled up by the other (%i, %i)',
  ([size, firsts, seconds, first, second]) => {
    const shares = sharesOf(size!, 0.6, { firstCount: firsts!, secondCount: seconds! });
    expect(shares).toEqual({ firstCount: first, secondCount: second });
  },
);

/** A whole shop, ranked as the database does it, of which only the first `limit` of each pool are given. */
function ranked(
  shop: readonly { orderCount: number; age: number; categoryId: number }[],
  limit: number,
): { all: RankedProduct[]; given: RankedProduct[] } {
  const products = shop.map(({ orderCount, age, categoryId }, index) => ({
    id: index + 1,
    orderCount,
    categoryId,
    registeredAt: new Date(1_700_000_000_000 - age * 1_000).toISOString(),
    // As product_popularity does it, coarser: never more than the count, and never out of order.
    popularity: orderCount - (orderCount % 4),
  }));
  const byOrders = products.toSorted((a, b) => b.orderCount - a.orderCount || b.id - a.id);
  const byAge = products.toSorted((a, b) => b.registeredAt.localeCompare(a.registeredAt) || b.id - a.id);
  const rankIn = (list: typeof products, id: number) => {
    const rank = list.findIndex((one) => one.id === id) + 1;
    return rank <= limit ? rank : null;
  };
  const all = products.map(({ popularity, ...product }) => ({
    product: {
      ...product,
      name: '',
      priceKrw: 1,
      listPriceKrw: 1,
      soldOut: false,
      image: '',
      description: '',
      tags: [],
      stockCount: 1,
    },
    popularity,
    popularRank: rankIn(byOrders, product.id),
    newestRank: rankIn(byAge, product.id),
  }));
  return { all, given: all.filter((one) => one.popularRank !== null || one.newestRank !== null) };
}

const shops = fc.array(
  fc.record({
    orderCount: fc.nat(30),
    age: fc.nat(20),
    categoryId: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 60 },
);

test('every place of a list in the set is the one that the whole shop has there', () => {
  fc.assert(
    fc.property(shops, fc.integer({ min: 1, max: 40 }), (shop, size) => {
      const { all, given } = ranked(shop, size);
      const { chosen } = chooseProducts(given, size, 0.7);
      const places = listPlaces(chosen, given.length < size);
      for (const categoryId of [null, 1, 2, 3]) {
        const inCategory = all.filter(
          ({ product }) => categoryId === null || product.categoryId === categoryId,
        );
        const lists = {
          popular: inCategory.toSorted((a, b) => b.popularity - a.popularity || b.product.id - a.product.id),
          newest: inCategory.toSorted(
            (a, b) =>
              b.product.registeredAt.localeCompare(a.product.registeredAt) || b.product.id - a.product.id,
          ),
        };
        for (const sort of ['popular', 'newest'] as const)
          for (let position = 0; position <= all.length; position++) {
            const found = places.get(listPlace({ sort, categoryId, position }));
            if (found !== undefined)
              expect(found?.id ?? null).toBe(lists[sort][position]?.product.id ?? null);
          }
      }
    }),
  );
});

test('a set is the popular ones and the newest of the others, as many as there are', () => {
  fc.assert(
    fc.property(shops, fc.integer({ min: 1, max: 40 }), (shop, size) => {
      const { all, given } = ranked(shop, size);
      const { chosen, popularCount } = chooseProducts(given, size, 0.7);
      const ids = chosen.map(({ product }) => product.id);
      expect(new Set(ids).size).toBe(Math.min(size, all.length));
      const popular = all.toSorted(
        (a, b) => b.product.orderCount - a.product.orderCount || b.product.id - a.product.id,
      );
      expect(ids.slice(0, popularCount)).toEqual(
        popular.slice(0, popularCount).map(({ product }) => product.id),
      );
      if (all.length >= size) expect(popularCount).toBe(Math.round(size * 0.7));
    }),
  );
});
