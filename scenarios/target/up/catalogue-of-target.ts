// What a shop of others is filled with: our catalogue, in a form that each of them can read, with some last units among it.
import { generateCatalogue } from '../../../sim/model/catalogue/catalogue.ts';
import { CATEGORIES, categoryOf } from '../../../sim/model/catalogue/categories.ts';

/** As the file has it that a shop's own programs read. */
export type TargetCatalogue = {
  categories: { key: string; name: string }[];
  products: {
    sku: string;
    name: string;
    description: string;
    /** A category's key. */
    category: string;
    priceKrw: number;
    stockCount: number;
  }[];
};

/** Of these products few are left, so that the last of one can be wanted again and again without opening the shop anew. */
const LAST_UNITS = { productCount: 10, stockCount: 5 };

/** `productCount` products (at least 20), the last of them with five pieces each; the same input gives the same catalogue. */
export function catalogueOfTarget({
  productCount,
  seed,
}: {
  productCount: number;
  seed: number;
}): TargetCatalogue {
  const products = generateCatalogue({ seed, productCount });
  const used = new Set(products.map(({ categoryId }) => categoryId));
  return {
    categories: CATEGORIES.filter(({ id }) => used.has(id)).map(({ key, koreanName }) => ({
      key,
      name: koreanName,
    })),
    products: products.map(({ id, name, description, categoryId, priceKrw, stockCount }) => ({
      sku: `P${id}`,
      name,
      description,
      category: categoryOf(categoryId).key,
      priceKrw,
      stockCount: id > productCount - LAST_UNITS.productCount ? LAST_UNITS.stockCount : stockCount,
    })),
  };
}
