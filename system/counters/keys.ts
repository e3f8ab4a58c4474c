// What counters are called, in Redis and in this process, and how new values of them are told to a page.
import type { CountersChanged, CountersWatch, ProductCounters } from '../contract/counters.ts';

/** People in the shop. */
export const SHOP = 'shop';

const PRODUCT_KINDS = ['viewing', 'bought', 'inCart'] as const;
type ProductKind = (typeof PRODUCT_KINDS)[number];

export const productKey = (kind: ProductKind, productId: number): string => `${kind}:${productId}`;
export const couponKey = (couponDefinitionId: number): string => `coupon:${couponDefinitionId}`;

/** Whether it counts who is there now, by the sockets, rather than who once did something. */
export const isPresence = (key: string): boolean => key === SHOP || key.startsWith('viewing:');

/** What is before the number, and the number; 0 where there is none. */
export function partsOf(key: string): { kind: string; id: number } {
  const [kind = '', id = '0'] = key.split(':');
  return { kind, id: Number(id) };
}

/** The counters of a page, each once. */
export function keysOf({ productIds = [], couponDefinitionIds = [], shop = false }: CountersWatch): string[] {
  return [
    ...productIds.flatMap((id) => PRODUCT_KINDS.map((kind) => productKey(kind, id))),
    ...couponDefinitionIds.map(couponKey),
    ...(shop ? [SHOP] : []),
  ];
}

/** The message with the values of these counters; null where none of them has one. */
export function changedOf(
  keys: readonly string[],
  values: ReadonlyMap<string, number>,
  changedMs: number | null,
): CountersChanged | null {
  const changed: CountersChanged = { changedMs };
  const products = new Map<number, ProductCounters>();
  for (const key of keys) {
    const value = values.get(key);
    if (value === undefined) continue;
    const { kind, id } = partsOf(key);
    const productKind = PRODUCT_KINDS.find((one) => one === kind);
    if (productKind !== undefined) {
      const product: ProductCounters = products.get(id) ?? { productId: id };
      product[productKind] = value;
      products.set(id, product);
    } else if (key === SHOP) {
      changed.shop = value;
    } else {
      changed.coupons = [...(changed.coupons ?? []), { couponDefinitionId: id, used: value }];
    }
  }
  if (products.size > 0) changed.products = [...products.values()];
  return changed.products || changed.coupons || changed.shop !== undefined ? changed : null;
}
