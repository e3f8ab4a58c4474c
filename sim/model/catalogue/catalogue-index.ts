// The catalogue made ready for shoppers: categories drawn by frequency, products within them by popularity.

import type { Random } from '../chance/random.ts';
import { draw, type WeightedChoice, weightedChoice } from '../chance/weighted-choice.ts';
import type { Product } from './catalogue.ts';
import { CATEGORIES } from './categories.ts';

export type CatalogueIndex = {
  products: readonly Product[];
  /** The product with this id; throws when there is none. */
  product(id: number): Product;
  /** A category in proportion to its frequency (among categories that have products). */
  drawCategory(random: Random): number;
  /** A product in proportion to its popularity, of one category or of the whole shop. */
  drawProduct(random: Random, categoryId?: number): Product;
};

/** Prepares draws from a catalogue whose ids are 1 … N in order; throws when it is empty. */
export function indexCatalogue(products: readonly Product[]): CatalogueIndex {
  const byCategory = new Map<number, WeightedChoice<Product>>();
  for (const category of CATEGORIES) {
    const own = products.filter((product) => product.categoryId === category.id);
    if (own.length > 0)
      byCategory.set(
        category.id,
        weightedChoice(own, (product) => product.popularityWeight),
      );
  }
  const all = weightedChoice(products, (product) => product.popularityWeight);
  const categories = weightedChoice(
    CATEGORIES.filter((category) => byCategory.has(category.id)),
    (category) => category.frequency,
  );
  return {
    products,
    product: (id) => {
      const product = products[id - 1];
      if (product?.id !== id) throw new Error(`There is no product ${id} among ${products.length}.`);
      return product;
    },
    drawCategory: (random) => draw(categories, random).id,
    drawProduct: (random, categoryId) => {
      const choice = categoryId === undefined ? all : byCategory.get(categoryId);
      if (!choice) throw new Error(`Category ${categoryId} has no products.`);
      return draw(choice, random);
    },
  };
}
