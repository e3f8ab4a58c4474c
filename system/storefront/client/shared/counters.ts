// Live counters of what is on the screen: which ones are watched is gathered from whatever shows one and said in one message;
// without a connection, or without the feature, there are none and nothing waits for them.
import type {
  CountersChanged,
  CountersView,
  CountersWatch,
  ProductCounters,
} from '../../../contract/counters.ts';

/** One counter, or those of one product. */
export type Watched = { productId: number } | { couponDefinitionId: number } | { shop: true };

export type Counters = {
  /** Of a product; empty while nothing is known. */
  ofProduct(productId: number): Omit<ProductCounters, 'productId'>;
  /** People who used a coupon of this type; null while it is not known. */
  usedOf(couponDefinitionId: number): number | null;
  /** People in the shop; null while it is not known. */
  inShop(): number | null;
  /** Watches it, as long as somebody does, and tells when it is another one; call what it gives to watch no more. */
  watch(watched: Watched, onChange: () => void): () => void;
  /** The product whose page is open. */
  view(productId: number | null): void;
  /** The connection is there, or there again: the shop has forgotten what was said before. */
  sayAll(): void;
  /** The connection is gone: what was known is no longer true. */
  forget(): void;
  hear(changed: CountersChanged): void;
};

/** What comes onto the screen together is said together. */
const GATHER_MS = 50;

const nameOf = (watched: Watched): string => JSON.stringify(watched);

type Deps = {
  say: { watch: (watch: CountersWatch) => void; view: (view: CountersView) => void };
  /** The most products, and the most coupons, that are watched. */
  most: { products: number; coupons: number };
};

export function createCounters({ say, most }: Deps): Counters {
  const listeners = new Map<string, { watched: Watched; onChanges: Set<() => void> }>();
  const products = new Map<number, Omit<ProductCounters, 'productId'>>();
  const coupons = new Map<number, number>();
  let inShop: number | null = null;
  let viewed: number | null = null;
  let isGathering = false;

  /** What has left the screen is not told any more, so what was known of it does not stay true. */
  function forgetUnwatched(): void {
    for (const productId of products.keys())
      if (!listeners.has(nameOf({ productId }))) products.delete(productId);
    for (const couponDefinitionId of coupons.keys())
      if (!listeners.has(nameOf({ couponDefinitionId }))) coupons.delete(couponDefinitionId);
  }
  function sayWatched(): void {
    forgetUnwatched();
    const all = [...listeners.values()].map(({ watched }) => watched);
    say.watch({
      productIds: all
        .flatMap((each) => ('productId' in each ? [each.productId] : []))
        .slice(0, most.products),
      couponDefinitionIds: all
        .flatMap((each) => ('couponDefinitionId' in each ? [each.couponDefinitionId] : []))
        .slice(0, most.coupons),
      shop: all.some((each) => 'shop' in each),
    });
  }
  function gather(): void {
    if (isGathering) return;
    isGathering = true;
    setTimeout(() => {
      isGathering = false;
      sayWatched();
    }, GATHER_MS);
  }
  function tell(watched: Watched): void {
    for (const onChange of listeners.get(nameOf(watched))?.onChanges ?? []) onChange();
  }

  return {
    ofProduct: (productId) => products.get(productId) ?? {},
    usedOf: (couponDefinitionId) => coupons.get(couponDefinitionId) ?? null,
    inShop: () => inShop,
    watch(watched, onChange) {
      const name = nameOf(watched);
      const entry = listeners.get(name) ?? { watched, onChanges: new Set() };
      entry.onChanges.add(onChange);
      if (!listeners.has(name)) gather();
      listeners.set(name, entry);
      return () => {
        entry.onChanges.delete(onChange);
        if (entry.onChanges.size > 0 || listeners.get(name) !== entry) return;
        listeners.delete(name);
        gather();
      };
    },
    view(productId) {
      if (productId === viewed) return;
      viewed = productId;
      say.view({ productId });
    },
    sayAll() {
      if (viewed !== null) say.view({ productId: viewed });
      if (listeners.size > 0) sayWatched();
    },
    forget() {
      products.clear();
      coupons.clear();
      inShop = null;
      for (const { watched } of listeners.values()) tell(watched);
    },
    hear(changed) {
      for (const { productId, ...counts } of changed.products ?? []) {
        products.set(productId, { ...products.get(productId), ...counts });
        tell({ productId });
      }
      for (const { couponDefinitionId, used } of changed.coupons ?? []) {
        coupons.set(couponDefinitionId, used);
        tell({ couponDefinitionId });
      }
      if (changed.shop === undefined) return;
      inShop = changed.shop;
      tell({ shop: true });
    },
  };
}
