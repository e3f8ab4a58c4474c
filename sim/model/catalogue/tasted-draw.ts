// Draws products by popularity and taste: whatever people like, all of them together buy each product by its weight alone.
import { indexAtShare, type Random } from '../chance/random.ts';
import { cumulate, indexedDraw } from '../chance/weighted-choice.ts';
import type { Product } from './catalogue.ts';
import { placeNear, TASTE, type Taste } from './taste.ts';

/** Products are parted by price into so many bands of the same sales; within one only their kind tells them apart. */
const BAND_COUNT = 16;

/** Products in an order, with their weights cumulated. */
type Shelf = { indexes: Uint32Array; cumulated: Float64Array };

/**
 * Draws one product for a person of this taste. With `followedRatio` it is one near to the person's price place and, in its band
 * of prices, near to their kind place; else one by its weight. Over people of evenly spread places both have the same
 * distribution, so tastes leave the products' shares of all draws as they are.
 */
export type TastedDraw = (taste: Taste, random: Random) => Product;

/** Prepares a draw; `weights` has one for each product, and at least one above 0. */
export function createTastedDraw(products: readonly Product[], weights: Float64Array): TastedDraw {
  const drawIndex = indexedDraw(cumulate(weights));
  const bands = priceBands(products, weights);
  const bandShares = cumulate(bands.map(({ cumulated }) => cumulated.at(-1) ?? 0));
  const byTaste = (taste: Taste, random: Random): number => {
    const band = bands[indexAtShare(bandShares, placeNear(taste.pricePlace, TASTE.priceWidth, random))];
    if (band === undefined)
      throw new Error(`There are ${bands.length} bands of prices; needed is one at least.`);
    return (
      band.indexes[indexAtShare(band.cumulated, placeNear(taste.kindPlace, TASTE.kindWidth, random))] ?? 0
    );
  };
  return (taste, random) => {
    const index = random.chance(TASTE.followedRatio) ? byTaste(taste, random) : drawIndex(random);
    return products[index] as Product;
  };
}

/** From the cheapest to the dearest; in each band by category. */
function priceBands(products: readonly Product[], weights: Float64Array): Shelf[] {
  const weightOf = (index: number): number => weights[index] ?? 0;
  const priceOf = (index: number): number => products[index]?.priceKrw ?? 0;
  const categoryOf = (index: number): number => products[index]?.categoryId ?? 0;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bands: number[][] = Array.from({ length: BAND_COUNT }, () => []);
  let before = 0;
  for (const index of Array.from(products.keys()).sort((a, b) => priceOf(a) - priceOf(b) || a - b)) {
    const middle = (before + weightOf(index) / 2) / total;
    bands[Math.min(BAND_COUNT - 1, Math.floor(middle * BAND_COUNT))]?.push(index);
    before += weightOf(index);
  }
  return bands
    .filter((band) => band.some((index) => weightOf(index) > 0))
    .map((band) => band.sort((a, b) => categoryOf(a) - categoryOf(b) || a - b))
    .map((band) => ({ indexes: Uint32Array.from(band), cumulated: cumulate(band.map(weightOf)) }));
}
