// The founders' hot products: 700 popular and 300 new ones, from which everything in their history is bought.
import type { Product } from '../../model/catalogue/catalogue.ts';
import { CATEGORIES } from '../../model/catalogue/categories.ts';
import type { Random } from '../../model/chance/random.ts';
import { draw, type WeightedChoice, weightedChoice } from '../../model/chance/weighted-choice.ts';

const POPULAR_COUNT = 700;
const NEW_COUNT = 300;

export type ProductPool = {
  /** Chooses the pool anew from the products registered by then. */
  refresh(atMs: number): void;
  /** A category by its frequency among those in the pool, then one of its products by its popularity. */
  draw(random: Random): Product;
  /** Counts an order of the product. */
  count(product: Product): void;
};

/** `products` in order of registration, ids 1 … N. Before any order, popularity is what the catalogue expects. */
export function createProductPool(products: readonly Product[]): ProductPool {
  const orderCounts = new Int32Array(products.length + 1);
  const byExpectation = [...products].sort((a, b) => b.popularityWeight - a.popularityWeight);
  const ordered = new Set<Product>();
  let categories: WeightedChoice<WeightedChoice<Product>> | null = null;
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
      categories = poolByCategory([...pool]);
    },
    draw: (random) => {
      if (categories === null) throw new Error('The product pool was not refreshed yet.');
      return draw(draw(categories, random), random);
    },
    count: (product) => {
      ordered.add(product);
      orderCounts[product.id] = (orderCounts[product.id] ?? 0) + 1;
    },
  };
}

function poolByCategory(pool: readonly Product[]): WeightedChoice<WeightedChoice<Product>> {
  const choices: { frequency: number; choice: WeightedChoice<Product> }[] = [];
  for (const { id, frequency } of CATEGORIES) {
    const own = pool.filter((product) => product.categoryId === id);
    if (own.length > 0) choices.push({ frequency, choice: weightedChoice(own, (p) => p.popularityWeight) });
  }
  const { items, cumulativeWeights } = weightedChoice(choices, ({ frequency }) => frequency);
  return { items: items.map(({ choice }) => choice), cumulativeWeights };
}
