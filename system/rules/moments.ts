// Finds the moments that take more than an action to tell: carts, purchases and stock are looked up, once for all people whose
// actions came together.
import { createLRU } from 'lru.min';
import type { Alarms } from './alarms.ts';
import type { Facts, StockFact } from './facts.ts';
import type { People } from './people.ts';
import { ACTIVE_MS } from './remember.ts';
import type { Moment } from './rule.ts';
import type { RuleAction } from './rule-action.ts';
import { isFewLeft } from './rules.ts';

export type Acted = { customerId: number; action: RuleAction };
export type PersonsMoment = { customerId: number; moment: Moment; atMs: number };

/** An order that was told and is not confirmed yet is looked for once more after this. */
const LOOK_AGAIN_MS = 3_000;
/** A purchase that is older is not the one that was just told. */
const JUST_PLACED_MS = 60_000;
/** Looking at a product asks for its stock no more often than this. */
const STOCK_IS_FRESH_MS = 10_000;
const PRODUCTS_REMEMBERED = 20_000;

export type Moments = {
  /** All that comes of actions; rejects where the database does not answer. */
  ofActions(acted: readonly Acted[], nowMs: number): Promise<PersonsMoment[]>;
  /** Of carts that were not touched for long. */
  ofUntouchedCarts(customerIds: readonly number[], nowMs: number): Promise<PersonsMoment[]>;
  /** Of orders that were not confirmed when they were told. */
  ofLatePurchases(customerIds: readonly number[], nowMs: number): Promise<PersonsMoment[]>;
  /** Of a product that has few left: those who look at it here. */
  ofViewers(stock: StockFact, nowMs: number): PersonsMoment[];
};

export function createMoments(deps: {
  facts: Facts;
  people: People;
  alarms: Alarms;
  /** Tells other processes of a product that has few left: people whom those remember may be looking at it. */
  tellOthers: (stock: StockFact) => void;
}): Moments {
  const { facts, people, alarms, tellOthers } = deps;
  const stock = createRecentStock();

  async function carts(customerIds: number[], kind: 'cart-filled' | 'cart-untouched', atMs: number) {
    const found = await facts.carts(customerIds);
    return [...found].map(([customerId, lines]) => ({ customerId, moment: { kind, lines }, atMs }));
  }
  async function purchases(customerIds: readonly number[], nowMs: number, onNone: (id: number) => void) {
    if (customerIds.length === 0) return [];
    const [found, categories] = await Promise.all([facts.purchases(customerIds), facts.categories()]);
    for (const customerId of customerIds) {
      const newestMs = found.get(customerId)?.[0]?.placedMs ?? Number.NEGATIVE_INFINITY;
      if (nowMs - newestMs > JUST_PLACED_MS) onNone(customerId);
    }
    return [...found].map(
      ([customerId, own]): PersonsMoment => ({
        customerId,
        moment: { kind: 'purchased', atMs: nowMs, purchases: own, categoryIds: [...categories.keys()] },
        atMs: nowMs,
      }),
    );
  }
  function ofViewers(product: StockFact, nowMs: number): PersonsMoment[] {
    // Whoever comes to it next is not told what was read before.
    stock.note([product], nowMs);
    return people
      .viewersOf(product.productId, nowMs - ACTIVE_MS)
      .map((customerId) => ({ customerId, moment: seen(product), atMs: nowMs }));
  }

  /** Of products that were bought: those who look at them, here and elsewhere, and those who wish for them. */
  async function bought(productIds: number[], nowMs: number): Promise<PersonsMoment[]> {
    const few = (await facts.products(productIds)).filter(({ stockCount }) => isFewLeft(stockCount));
    const wishers = await facts.wishersOf(few.map(({ productId }) => productId));
    return few.flatMap((product) => {
      tellOthers(product);
      const wished = (wishers.get(product.productId) ?? []).map((customerId) => ({
        customerId,
        moment: seen(product),
        atMs: nowMs,
      }));
      return [...ofViewers(product, nowMs), ...wished];
    });
  }
  /** Of products that somebody has just begun to look at: that person. */
  async function looked(acted: readonly Acted[], nowMs: number): Promise<PersonsMoment[]> {
    const clicks = acted.filter(
      ({ action: { action, productId } }) => action === 'click' && productId !== null,
    );
    const productIds = distinct(clicks.flatMap(({ action }) => action.productId ?? []));
    stock.note(await facts.products(stock.unknown(productIds, nowMs)), nowMs);
    return clicks.flatMap(({ customerId, action }) => {
      const product = stock.get(action.productId);
      return product === undefined || !isFewLeft(product.stockCount)
        ? []
        : [{ customerId, moment: seen(product), atMs: action.actedMs }];
    });
  }
  return {
    async ofActions(acted, nowMs) {
      const whoDid = (name: RuleAction['action']) =>
        distinct(acted.filter(({ action }) => action.action === name).map(({ customerId }) => customerId));
      const orderedIds = acted.flatMap(({ action }) =>
        action.action === 'order-create' && action.productId !== null ? [action.productId] : [],
      );
      const found = await Promise.all([
        carts(whoDid('cart-create'), 'cart-filled', nowMs),
        purchases(whoDid('order-create'), nowMs, (customerId) =>
          alarms.set({ customerId, kind: 'purchase', dueMs: nowMs + LOOK_AGAIN_MS }),
        ),
        bought(distinct(orderedIds), nowMs),
        looked(acted, nowMs),
      ]);
      const direct = acted.map(
        ({ customerId, action }): PersonsMoment => ({
          customerId,
          moment: { kind: 'acted', action },
          atMs: action.actedMs,
        }),
      );
      return [...direct, ...found.flat()];
    },
    ofUntouchedCarts: (customerIds, nowMs) => carts([...customerIds], 'cart-untouched', nowMs),
    async ofLatePurchases(customerIds, nowMs) {
      const found = await purchases(customerIds, nowMs, () => undefined);
      const productIds = found.flatMap(({ moment }) =>
        moment.kind === 'purchased'
          ? moment.purchases
              .filter(({ placedMs }) => nowMs - placedMs < JUST_PLACED_MS)
              .flatMap((purchase) => purchase.productIds)
          : [],
      );
      return [...found, ...(await bought(distinct(productIds), nowMs))];
    },
    ofViewers,
  };
}

const distinct = (ids: readonly number[]): number[] => [...new Set(ids)];

const seen = ({ productId, stockCount }: StockFact): Moment => ({
  kind: 'stock-seen',
  productId,
  stockCount,
});

/** What was lately read of products; a bounded number of them. */
function createRecentStock() {
  const products = createLRU<number, { product: StockFact; readMs: number }>({ max: PRODUCTS_REMEMBERED });
  return {
    get: (productId: number | null): StockFact | undefined =>
      productId === null ? undefined : products.get(productId)?.product,
    unknown: (productIds: readonly number[], nowMs: number): number[] =>
      productIds.filter((id) => nowMs - (products.get(id)?.readMs ?? 0) > STOCK_IS_FRESH_MS),
    note(found: readonly StockFact[], nowMs: number): void {
      for (const product of found) products.set(product.productId, { product, readMs: nowMs });
    },
  };
}
