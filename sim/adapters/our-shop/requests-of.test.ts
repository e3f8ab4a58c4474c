import { describe, expect, it } from 'vitest';
import type { ProductView } from '../../../system/contract/catalog.ts';
import { requestsOf, type VisitSoFar } from './requests-of.ts';
import { ROUTES } from './routes.ts';

const visit: VisitSoFar = {
  orderId: () => 'o-1',
  credentials: () => ({ email: '7@example.org', password: 'secret' }),
};
const product: ProductView = {
  id: 3,
  categoryId: 4,
  name: 'large bag',
  priceKrw: 900,
  listPriceKrw: 1_000,
  soldOut: false,
  image: '/3.svg',
  description: '',
  tags: [],
  stockCount: 2,
  orderCount: 5,
  registeredAt: '2026-11-20T11:00:00Z',
};
const list = { items: [product], page: 1, pageSize: 20, hasNext: true };

describe('what a step sends', () => {
  it('is nothing for coming back, waiting and leaving', () => {
    for (const step of [
      { kind: 'arrive', signIn: 'session' },
      { kind: 'await-outcome' },
      { kind: 'leave', because: 'bought' },
    ] as const)
      expect(requestsOf(step, visit)).toEqual({ requests: [] });
  });

  it('is the order under its id, and the sign-in with the person’s credentials', () => {
    const lines = [{ productId: 3, quantity: 2 }];
    expect(requestsOf({ kind: 'place-order', lines, paymentMethod: 'card' }, visit).requests).toEqual([
      { route: ROUTES.placeOrder, path: '/orders', body: { id: 'o-1', lines, paymentMethod: 'card' } },
    ]);
    const coupon = { couponId: 'c-1', definitionId: 9, discountKrw: 90 };
    expect(
      requestsOf({ kind: 'place-order', lines, paymentMethod: 'card', coupon }, visit).requests[0]?.body,
    ).toEqual({ id: 'o-1', lines, paymentMethod: 'card', couponId: 'c-1' });
    expect(requestsOf({ kind: 'cancel-order' }, visit).requests).toEqual([
      { route: ROUTES.cancelOrder, path: '/orders/o-1/cancel' },
    ]);
    expect(requestsOf({ kind: 'arrive', signIn: 'password' }, visit).requests).toEqual([
      { route: ROUTES.signIn, path: '/sessions', body: { email: '7@example.org', password: 'secret' } },
    ]);
  });
});

describe('what a step shows', () => {
  it('is read from the answers of the contract', () => {
    const { id, categoryId, priceKrw, soldOut } = product;
    const shown = expect.objectContaining({ id, categoryId, priceKrw, soldOut });
    const search = requestsOf({ kind: 'search', text: '가방', page: 1 }, visit);
    expect(search.shown?.([list])).toEqual({ kind: 'products', products: [shown], hasNext: true });
    const home = requestsOf({ kind: 'home' }, visit);
    expect(home.shown?.([[{ id: 4, name: 'bags' }], list])).toEqual({
      kind: 'home',
      categoryIds: [4],
      products: [shown],
    });
    const own = requestsOf({ kind: 'view-recommendations', list: 'for-you' }, visit);
    expect(own.requests).toEqual([{ route: ROUTES.recommendations, path: '/recommendations/for-you' }]);
    const recommended = { kind: 'for-you', items: [product], page: 0, pageCount: 5 };
    expect(own.shown?.([{ ...recommended, reflectsActionId: null, madeAt: null }])).toEqual({
      kind: 'products',
      products: [shown],
      hasNext: false,
    });
    expect(own.shown?.([{ items: [] }])).toBeNull();
    const coupons = requestsOf({ kind: 'view-coupons', lines: [{ productId: 3, quantity: 2 }] }, visit);
    expect(coupons.requests).toEqual([
      {
        route: ROUTES.couponQuotes,
        path: '/coupons/quotes',
        body: { lines: [{ productId: 3, quantity: 2 }] },
      },
    ]);
    const quote = {
      couponId: '0190a000-0000-7000-8000-00000000000c',
      definitionId: 9,
      name: '10 %',
      expiresAt: '2026-11-20T11:00:00Z',
      discountKrw: 180,
      totalKrw: 4_120,
    };
    expect(coupons.shown?.([{ totalKrw: 4_300, quotes: [quote] }])).toEqual({
      kind: 'coupons',
      coupons: [quote],
    });
    expect(coupons.shown?.([{ quotes: [] }])).toBeNull();
    const page = requestsOf({ kind: 'view-product', productId: 3 }, visit);
    expect(page.shown?.([product])).toMatchObject({ kind: 'product', product: { id: 3, stockCount: 2 } });
    const line = {
      productId: 3,
      name: 'large bag',
      quantity: 2,
      unitPriceKrw: 900,
      soldOut: true,
      image: '',
    };
    const cart = requestsOf({ kind: 'view-cart' }, visit);
    expect(cart.shown?.([{ lines: [line], itemsTotalKrw: 1_800 }])).toMatchObject({
      kind: 'cart',
      lines: [{ productId: 3, quantity: 2, unitPriceKrw: 900, soldOut: true }],
      itemsTotalKrw: 1_800,
    });
  });

  it('is nothing that could be relied on where an answer is not the contract’s', () => {
    for (const step of [
      { kind: 'home' },
      { kind: 'view-cart' },
      { kind: 'view-product', productId: 3 },
    ] as const)
      for (const bodies of [
        [{}, {}],
        [undefined, undefined],
        [[], { items: [{}] }],
      ])
        expect(requestsOf(step, visit).shown?.(bodies), step.kind).toBeNull();
  });
});
