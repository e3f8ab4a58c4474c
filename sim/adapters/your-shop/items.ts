// A stranger's catalogue: checked once, then numbered, because shoppers know products and categories by number.
import type { Item } from './define-shop.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

/** Items are numbered from 1 in their order, categories from 1 in the order of their first item. */
export type ShopItems = {
  all: readonly Item[];
  /** Throws when there is none of this number. */
  itemOf(productId: number): Item;
  /** Null for an id that the catalogue does not have. */
  productIdOf(id: string): number | null;
  categoryIdOf(productId: number): number;
  /** Throws when there is none of this number. */
  categoryNameOf(categoryId: number): string;
  categoryIds: readonly number[];
  /** The numbers of the items of a category, in order. */
  ofCategory(categoryId: number): readonly number[];
};

const NEXT = 'Look at what `catalogue` makes of the answer.';

/** @throws ShopMistake about the first item that is not as it must be, or where nothing can be sold */
export function checkItems(found: unknown): readonly Item[] {
  if (!Array.isArray(found))
    throw new ShopMistake(`catalogue: found ${shown(found)}, needed is a list of items. ${NEXT}`);
  if (found.length === 0)
    throw new ShopMistake(
      'catalogue: found no items, needed at least one that is in stock. Is there anything for sale, and is its path right?',
    );
  const items: unknown[] = found;
  const places = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    checkItem(item, index);
    const first = places.get(item.id);
    if (first !== undefined)
      throw new ShopMistake(
        `catalogue: items ${first + 1} and ${index + 1} both have the id ${shown(item.id)}, needed is one of its own for each. ${NEXT}`,
      );
    places.set(item.id, index);
  }
  const checked = found as readonly Item[];
  if (!checked.some(isInStock))
    throw new ShopMistake(
      `catalogue: found ${checked.length} items and none in stock, needed at least one that is. Fill the shop's stock, or look at \`inStock\` and \`stock\`.`,
    );
  return checked;
}

/** Whether somebody can buy it, as far as the catalogue knows. */
export const isInStock = ({ inStock, stock }: Item): boolean =>
  inStock !== false && (stock === undefined || stock > 0);

function checkItem(item: unknown, index: number): asserts item is Item {
  const named = `catalogue: item ${index + 1}`;
  if (typeof item !== 'object' || item === null)
    throw new ShopMistake(`${named} is ${shown(item)}, needed is one with id, name and category. ${NEXT}`);
  const of = (key: keyof Item): unknown => Object.getOwnPropertyDescriptor(item, key)?.value;
  for (const key of ['id', 'name', 'category'] as const) {
    const value = of(key);
    if (typeof value !== 'string' || value.trim() === '')
      throw new ShopMistake(
        `${named}: ${key} is ${shown(value)}, needed is a text${typeof value === 'number' ? `: String(${value})` : ''}. ${NEXT}`,
      );
  }
  for (const key of ['price', 'stock'] as const) {
    const value = of(key);
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new ShopMistake(
        `${named} (${shown(of('id'))}): ${key} is ${shown(value)}, needed is a number, such as ${key === 'price' ? '12900 or 12.9' : '40'}. Make one of it with Number(…).`,
      );
    if (value < 0)
      throw new ShopMistake(
        `${named} (${shown(of('id'))}): ${key} is ${value}, needed is 0 or more. ${NEXT}`,
      );
  }
  const inStock = of('inStock');
  if (inStock !== undefined && typeof inStock !== 'boolean')
    throw new ShopMistake(
      `${named} (${shown(of('id'))}): inStock is ${shown(inStock)}, needed is true or false. ${NEXT}`,
    );
}

/** Numbers checked items. */
export function indexItems(all: readonly Item[]): ShopItems {
  const productIds = new Map(all.map(({ id }, index) => [id, index + 1]));
  const categories = new Map<string, { id: number; productIds: number[] }>();
  const categoryOfProduct: number[] = [];
  for (const [index, { category }] of all.entries()) {
    const known = categories.get(category) ?? { id: categories.size + 1, productIds: [] };
    categories.set(category, known);
    known.productIds.push(index + 1);
    categoryOfProduct.push(known.id);
  }
  const names = [...categories.keys()];
  const productsOf = [...categories.values()].map((category) => category.productIds);
  return {
    all,
    itemOf: (productId) => found(all[productId - 1], `item ${productId} of ${all.length}`),
    productIdOf: (id) => productIds.get(id) ?? null,
    categoryIdOf: (productId) => found(categoryOfProduct[productId - 1], `item ${productId}`),
    categoryNameOf: (categoryId) => found(names[categoryId - 1], `category ${categoryId} of ${names.length}`),
    categoryIds: names.map((_, index) => index + 1),
    ofCategory: (categoryId) => productsOf[categoryId - 1] ?? [],
  };
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new Error(`there is no ${what}`);
  return thing;
}
