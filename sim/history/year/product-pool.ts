// The founders' hot products: 700 popular and 300 new ones, from which everything in their history is bought.
import type { Product } from '../../model/catalogue/catalogue.ts';
import { categoryOf } from '../../model/catalogue/categories.ts';
import type { Taste } from '../../model/catalogue/taste.ts';
import { createTastedDraw, type TastedDraw } from '../../model/catalogue/tasted-draw.ts';
import type { Random } from '../../model/chance/random.ts';

const POPULAR_COUNT = 700;
const NEW_COUNT = 300;

export type ProductPool = {
  /** Chooses the pool anew from the products registered by then. */
  refresh(atMs: number): void;
  /**
   * By taste, or a category by its frequency among those in the pool, then one of its products by its popularity.
   */
  draw(taste: Taste, random: Random): Product;
  /** Counts an order of the product. */
  count(product: Product): void;
};

/** `products` in order of registration, ids 1 … N. Before any order, popularity is what the catalogue expects. */
export function createProductPool(products: readonly Product[]): ProductPool {
  const orderCounts = new Int32Array(products.length + 1);
  const byExpectation = [...products].sort((a, b) => b.popularityWeight - a.popularityWeight);
  const ordered = new Set<Product>();
  let drawProduct: TastedDraw | null = null;
  const popular = (atMs: number): Product[] => {
    const best = [...ordered]
      .sort((a, b) => (orderCounts[b.id] ?? 0) - (orderCounts[a.id] ?? 0) || a.id - b.id)
      .slice(0, POPULAR_COUNT);
    for (const product of byExpectation) {
      if (best.length >= POPULAR_COUNT) break;
      if (!ordered.has(product) && product.registeredAtMs <= atMs) best.push(product);
    }
    return best;
  };
  return {
    refresh: (atMs) => {
      const pool = new Set(popular(atMs));
      let registered = products.length;
      while (registered > 0 && (products[registered - 1]?.registeredAtMs ?? 0) > atMs) registered -= 1;
      const size = Math.min(pool.size + NEW_COUNT, registered);
      for (let i = registered - 1; i >= 0 && pool.size < size; i -= 1) pool.add(products[i] as Product);
      drawProduct = drawByCategory([...pool]);
    },
    draw: (taste, random) => {
      if (drawProduct === null) throw new Error('The product pool was not refreshed yet.');
      return drawProduct(taste, random);
    },
    count: (product) => {
      ordered.add(product);
      orderCounts[product.id] = (orderCounts[product.id] ?? 0) + 1;
    },
  };
}

function drawByCategory(pool: readonly Product[]): TastedDraw {
  const popularity = new Map<number, number>();
  for (const { categoryId, popularityWeight } of pool)
    popularity.set(categoryId, (popularity.get(categoryId) ?? 0) + popularityWeight);
  const weights = Float64Array.from(pool, ({ categoryId, popularityWeight }) => {
    const ofCategory = popularity.get(categoryId) ?? 0;
    return ofCategory > 0 ? (categoryOf(categoryId).frequency * popularityWeight) / ofCategory : 0;
  });
  return createTastedDraw(pool, weights);
}
