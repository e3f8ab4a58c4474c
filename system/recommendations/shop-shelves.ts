// The shop's products in memory, for the lists: orders of popularity, and the index by which products are alike. What changes is
// put in as it changes; only the texts of products that changed are cut into words again.
import { createItemCosine } from './algorithms/item-cosine.ts';
import { tokensOf } from './algorithms/tokens.ts';
import type { Shelves } from './lists/shelves.ts';

export type ShelfProduct = {
  id: number;
  categoryId: number;
  priceKrw: number;
  listPriceKrw: number;
  orderCount: number;
  /** Neither deleted nor sold out. */
  isShown: boolean;
  /** Changes when what it is compared by does. */
  textHash: string;
};

export type ShopShelves = Shelves & {
  /** Products whose texts are new to it: `texts` are needed of these. */
  newTexts(products: readonly ShelfProduct[]): number[];
  /** All products there are, with the texts (name, tags, description) of those that `newTexts` named. */
  replace(products: readonly ShelfProduct[], texts: ReadonlyMap<number, string>): void;
  /** These are shown no more until they are given as shown again. */
  takeOff(productIds: readonly number[]): void;
  productCount(): number;
};

/** Kept of each order; enough for a list whatever a person has bought. */
const SHELF_MOST = 100;

type Shelf = { popular: number[]; markedDown: number[] };

export function createShopShelves(): ShopShelves {
  let products = new Map<number, ShelfProduct>();
  let shelves = new Map<number, Shelf>();
  let popular: number[] = [];
  const popularIn = (categoryId: number): readonly number[] => shelves.get(categoryId)?.popular ?? [];
  const alike = createItemCosine(popularIn);
  const comparedBy = ({ textHash, categoryId, priceKrw }: ShelfProduct) =>
    `${textHash} ${categoryId} ${priceKrw}`;

  function newTexts(given: readonly ShelfProduct[]): number[] {
    const isNew = (product: ShelfProduct) => {
      const before = products.get(product.id);
      return before === undefined || comparedBy(before) !== comparedBy(product);
    };
    return given.filter(isNew).map(({ id }) => id);
  }
  return {
    newTexts,
    replace(given, texts) {
      const changed = new Set(newTexts(given));
      const byId = new Map(given.map((product) => [product.id, product]));
      for (const id of products.keys()) if (!byId.has(id)) alike.remove(id);
      products = byId;
      ({ shelves, popular } = shelvesOf(given));
      for (const id of changed) {
        const product = byId.get(id);
        if (product === undefined) continue;
        const { categoryId, priceKrw } = product;
        alike.set({ itemId: id, tokens: tokensOf(texts.get(id) ?? ''), categoryId, priceKrw });
      }
    },
    takeOff(productIds) {
      for (const id of productIds) {
        const product = products.get(id);
        if (product !== undefined) products.set(id, { ...product, isShown: false });
      }
    },
    productCount: () => products.size,
    categoryOf: (id) => products.get(id)?.categoryId ?? null,
    isShown: (id) => products.get(id)?.isShown ?? false,
    popular: () => popular,
    popularIn,
    markedDownIn: (categoryId) => shelves.get(categoryId)?.markedDown ?? [],
    alike: (id) => alike.neighbours(id),
  };
}

function shelvesOf(products: readonly ShelfProduct[]): { shelves: Map<number, Shelf>; popular: number[] } {
  const shelves = new Map<number, Shelf>();
  const shown = products
    .filter(({ isShown }) => isShown)
    .sort((one, other) => other.orderCount - one.orderCount || other.id - one.id);
  for (const { id, categoryId, priceKrw, listPriceKrw } of shown) {
    const shelf = shelves.get(categoryId) ?? { popular: [], markedDown: [] };
    shelves.set(categoryId, shelf);
    if (shelf.popular.length < SHELF_MOST) shelf.popular.push(id);
    if (listPriceKrw > priceKrw && shelf.markedDown.length < SHELF_MOST) shelf.markedDown.push(id);
  }
  return { shelves, popular: shown.slice(0, SHELF_MOST).map(({ id }) => id) };
}
