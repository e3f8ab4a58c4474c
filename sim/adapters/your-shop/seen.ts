// What an adapter's verbs give back: looked at before it is believed, and told to shoppers in their own words.
import { LIST_PAGE } from '../../model/catalogue/demand.ts';
import type { Shown, ShownProduct } from '../../shopper/state/steps.ts';
import type {
  Item,
  Outcome,
  Refusal,
  SeenCart,
  SeenItem,
  SeenList,
  SeenProduct,
  ShopOrder,
} from './define-shop.ts';
import { isInStock, type ShopItems } from './items.ts';
import { shown } from './shop-mistake.ts';
import type { VerbName } from './verbs.ts';

/** A verb gave something else than it is to give: a fault of the adapter. */
export class WrongGift extends Error {
  override name = 'WrongGift';

  constructor(verb: VerbName, found: unknown, needed: string) {
    super(`${verb} gave ${shown(found)}, needed is ${needed}`);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Whether every entry has a text as its id; the rest of it is looked at when it is shown. */
const haveIds = (entries: readonly unknown[]): boolean =>
  entries.every((entry) => isObject(entry) && typeof entry.id === 'string');

/** Of an order the audit adds them up: a text would make another number of them. */
const haveQuantities = (lines: readonly unknown[]): boolean =>
  lines.every((line) => isObject(line) && Number.isFinite(line.quantity));

export function listOf(verb: VerbName, value: unknown): SeenList {
  if (isObject(value) && Array.isArray(value.items) && haveIds(value.items))
    return { items: value.items, hasNext: value.hasNext === true };
  throw new WrongGift(verb, value, '{items: [{id: "…"}, …], hasNext}');
}

export const homeOf = (value: unknown): SeenList | undefined =>
  value === undefined ? undefined : listOf('home', value);

export function productOf(value: SeenProduct | undefined): SeenProduct {
  if (value === undefined) return {};
  if (isObject(value)) return value;
  throw new WrongGift('product', value, '{price, inStock, stock}, or nothing');
}

export function cartOf(value: unknown): SeenCart {
  if (isObject(value) && Array.isArray(value.lines) && haveIds(value.lines))
    return typeof value.total === 'number'
      ? { lines: value.lines, total: value.total }
      : { lines: value.lines };
  throw new WrongGift('cart', value, '{lines: [{id: "…", quantity}], total}');
}

export function refusalOf(verb: VerbName, value: unknown): Refusal | undefined {
  if (value === undefined) return undefined;
  if (isObject(value) && value.is === 'rejected' && typeof value.because === 'string')
    return { is: 'rejected', because: value.because };
  throw new WrongGift(verb, value, 'nothing, or {is: "rejected", because: "…"}');
}

export function outcomeOf(verb: VerbName, value: unknown): Outcome {
  if (isObject(value)) {
    const { is, because } = value;
    const orderId = typeof value.orderId === 'string' && value.orderId !== '' ? value.orderId : null;
    if (is === 'ok' && orderId !== null)
      return { is, orderId, ...(typeof value.total === 'number' ? { total: value.total } : {}) };
    if (is === 'pending' && orderId !== null) return { is, orderId };
    if (is === 'rejected' && typeof because === 'string')
      return { is, because, ...(orderId === null ? {} : { orderId }) };
  }
  throw new WrongGift(
    verb,
    value,
    '{is: "ok", orderId: "…", total}, {is: "rejected", because: "…"} or {is: "pending", orderId: "…"}',
  );
}

export function orderOf(verb: VerbName, value: unknown): ShopOrder {
  if (
    isObject(value) &&
    typeof value.orderId === 'string' &&
    Array.isArray(value.lines) &&
    haveIds(value.lines) &&
    haveQuantities(value.lines)
  ) {
    const { orderId, lines, total, state } = value;
    return {
      orderId,
      lines,
      ...(typeof total === 'number' ? { total } : {}),
      ...(state === 'cancelled' || state === 'pending' ? { state } : {}),
    };
  }
  throw new WrongGift(verb, value, '{orderId: "…", lines: [{id: "…", quantity}], total}');
}

export function ordersOf(value: unknown): readonly ShopOrder[] {
  if (!Array.isArray(value)) throw new WrongGift('orders', value, 'a list of orders');
  return value.map((order) => orderOf('orders', order));
}

/** An item as a list shows it; null for one that the catalogue does not have. */
function shownItem(items: ShopItems, seen: SeenItem): ShownProduct | null {
  const id = items.productIdOf(seen.id);
  if (id === null) return null;
  const item = items.itemOf(id);
  return {
    id,
    categoryId: items.categoryIdOf(id),
    priceKrw: seen.price ?? item.price ?? 0,
    soldOut: !(seen.inStock ?? isInStock(item)),
  };
}

const shownItems = (items: ShopItems, seen: readonly SeenItem[]): ShownProduct[] =>
  seen.flatMap((item) => shownItem(items, item) ?? []);

export const shownHome = (items: ShopItems, seen: SeenList | undefined): Shown => ({
  kind: 'home',
  categoryIds: items.categoryIds,
  products: shownItems(items, seen?.items ?? []),
});

export const shownList = (items: ShopItems, seen: SeenList): Shown => ({
  kind: 'products',
  products: shownItems(items, seen.items),
  hasNext: seen.hasNext ?? false,
});

/** A page of a category as the catalogue has it, for shops whose lists are not asked for. */
export function catalogueList(items: ShopItems, categoryId: number, page: number): Shown {
  const productIds = items.ofCategory(categoryId);
  const end = page * LIST_PAGE.size;
  const entries = productIds.slice(end - LIST_PAGE.size, end).map((id) => ({ id: items.itemOf(id).id }));
  return shownList(items, { items: entries, hasNext: end < productIds.length });
}

export function shownProduct(items: ShopItems, item: Item, seen: SeenProduct): Shown | null {
  const product = shownItem(items, { ...seen, id: item.id });
  if (product === null) return null;
  const stockCount = seen.stock ?? (seen.inStock === true ? undefined : item.stock) ?? PLENTY;
  return { kind: 'product', product: { ...product, stockCount } };
}

/** Of a shop that does not tell. */
const PLENTY = Number.MAX_SAFE_INTEGER;

export const shownCart = (items: ShopItems, { lines, total }: SeenCart): Shown => ({
  kind: 'cart',
  lines: lines.flatMap(({ id, quantity, price }) => {
    const productId = items.productIdOf(id);
    return productId === null ? [] : [{ productId, quantity, unitPriceKrw: price ?? 0, soldOut: false }];
  }),
  itemsTotalKrw: total ?? 0,
});
