// Pure rules of the hot set: how two pools fill one set, and which places of which lists the set can answer.

import { listPlace } from '../cache/list-places.ts';
import type { ProductSummary, ProductView } from '../contract/catalog.ts';

/**
 * How many of each pool make up a set: `firstRatio` of it from the first, the rest from the second; where one is short the
 * other fills up.
 */
export function sharesOf(
  size: number,
  firstRatio: number,
  available: { firstCount: number; secondCount: number },
): { firstCount: number; secondCount: number } {
  const share = Math.round(size * firstRatio);
  const { firstCount, secondCount } = available;
  const second = Math.min(secondCount, Math.max(size - share, size - firstCount));
  return { firstCount: Math.min(firstCount, size - second), secondCount: second };
}

/** A product that may be in the set, with its place in each pool from 1; null: not among the first of it. */
export type RankedProduct = {
  product: ProductView;
  popularity: number;
  popularRank: number | null;
  newestRank: number | null;
};

/** The set's products: the popular ones, then the newest of the others. */
export function chooseProducts(
  ranked: readonly RankedProduct[],
  size: number,
  popularRatio: number,
): { chosen: RankedProduct[]; popularCount: number } {
  const byRank = (rank: 'popularRank' | 'newestRank') =>
    ranked.filter((one) => one[rank] !== null).sort((a, b) => (a[rank] ?? 0) - (b[rank] ?? 0));
  const popular = byRank('popularRank');
  const newest = byRank('newestRank');
  // A product of both pools is taken as a popular one, so the second pool has what the first share leaves of it.
  const share = new Set(popular.slice(0, Math.round(size * popularRatio)));
  const others = newest.filter((one) => !share.has(one));
  const shares = sharesOf(size, popularRatio, {
    firstCount: popular.length,
    secondCount: others.length,
  });
  const first = popular.slice(0, shares.firstCount);
  const taken = new Set(first);
  const second = newest.filter((one) => !taken.has(one)).slice(0, shares.secondCount);
  return { chosen: [...first, ...second], popularCount: first.length };
}

/**
 * The places that lists ordered by popularity and by age have in the set, each with its product: of all products and of
 * each category, from the first place as far as no product outside the set could stand between. `isWhole`: the set holds
 * every product there is; a list then also tells where it ends.
 */
export function listPlaces(
  chosen: readonly RankedProduct[],
  isWhole: boolean,
): Map<string, ProductSummary | null> {
  const places = new Map<string, ProductSummary | null>();
  const popular = isWhole ? [...chosen] : completeByPopularity(chosen);
  popular.sort((a, b) => b.popularity - a.popularity || b.product.id - a.product.id);
  addPlaces(places, 'popular', popular, isWhole);
  const newest = isWhole ? [...chosen] : completeByAge(chosen);
  newest.sort((a, b) => (a.newestRank ?? 0) - (b.newestRank ?? 0));
  addPlaces(places, 'newest', newest, isWhole);
  return places;
}

/** Those more popular than the last popular one of the set: nobody outside can be so. */
function completeByPopularity(chosen: readonly RankedProduct[]): RankedProduct[] {
  const least = lastOf(chosen, 'popularRank')?.popularity;
  return least === undefined ? [] : chosen.filter((one) => one.popularity > least);
}

/** Those registered after the last of the newest that the set holds without a gap. */
function completeByAge(chosen: readonly RankedProduct[]): RankedProduct[] {
  const last = lastOf(chosen, 'newestRank');
  if (last === undefined) return [];
  return chosen.filter((one) => one.product.registeredAt > last.product.registeredAt);
}

/** The last product of a pool that the set holds from rank 1 on without a gap. */
function lastOf(
  chosen: readonly RankedProduct[],
  rank: 'popularRank' | 'newestRank',
): RankedProduct | undefined {
  const byRank = new Map(chosen.flatMap((one) => (one[rank] === null ? [] : [[one[rank], one] as const])));
  let last: RankedProduct | undefined;
  for (let next = 1; byRank.has(next); next++) last = byRank.get(next);
  return last;
}

function addPlaces(
  places: Map<string, ProductSummary | null>,
  sort: 'popular' | 'newest',
  products: readonly RankedProduct[],
  isWhole: boolean,
): void {
  const counts = new Map<number | null, number>();
  for (const { product } of products) {
    const summary = summaryOf(product);
    for (const categoryId of [null, product.categoryId]) {
      const position = counts.get(categoryId) ?? 0;
      places.set(listPlace({ sort, categoryId, position }), summary);
      counts.set(categoryId, position + 1);
    }
  }
  if (!isWhole) return;
  for (const [categoryId, count] of counts)
    places.set(listPlace({ sort, categoryId, position: count }), null);
}

function summaryOf(product: ProductView): ProductSummary {
  const { id, categoryId, name, priceKrw, listPriceKrw, soldOut, image } = product;
  return { id, categoryId, name, priceKrw, listPriceKrw, soldOut, image };
}
