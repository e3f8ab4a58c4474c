// Products and actions for tests of the recommendations. Not used by the shop itself.
import { actionAt } from '../behaviour/testing.ts';
import type { BehaviourAction } from '../contract/tables.ts';
import type { ActedReport } from './lists/seen-action.ts';
import { createShopShelves, type ShelfProduct, type ShopShelves } from './shop-shelves.ts';

export function shelfProduct(id: number, changes: Partial<ShelfProduct> = {}): ShelfProduct {
  return {
    id,
    categoryId: 1,
    priceKrw: 10_000,
    listPriceKrw: 10_000,
    orderCount: 0,
    isShown: true,
    textHash: 'same',
    ...changes,
  };
}

export function shelvesWith(
  products: readonly ShelfProduct[],
  texts: Record<number, string> = {},
): ShopShelves {
  const shelves = createShopShelves();
  shelves.replace(products, new Map(Object.entries(texts).map(([id, text]) => [Number(id), text])));
  return shelves;
}

/** Something done with a product at this time, or now. */
export function did(action: BehaviourAction, productId: number, at: Date = new Date()): ActedReport {
  const { id, actedAt } = actionAt(at);
  return { id, action, target: { type: 'product', id: productId }, actedAt };
}
