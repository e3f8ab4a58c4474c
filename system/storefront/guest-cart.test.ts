import { beforeEach, expect, test } from 'vitest';
import type { CartView } from '../contract/cart.ts';
import { createCart } from './client/shared/cart.ts';
import { createGuestCart } from './client/shared/guest-cart.ts';
import { ShopProblem } from './client/shared/request.ts';

let kept: Map<string, string>;
let customerId: string | null;
/** What the customer's cart at the shop holds. */
let held: Map<number, number>;
let failing: unknown;
let answersGetLost: boolean;
beforeEach(() => {
  kept = new Map();
  customerId = null;
  held = new Map();
  failing = null;
  answersGetLost = false;
  quoteCount = 0;
});

const guest = () =>
  createGuestCart(
    {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    3,
  );
const lineOf = (productId: number, quantity: number): CartView['lines'][number] => ({
  productId,
  quantity,
  name: `thing ${productId}`,
  unitPriceKrw: 100,
  soldOut: false,
  image: '',
});
/** How often a guest's cart was asked about. */
let quoteCount: number;
const cart = () =>
  createCart({
    session: { isSignedIn: () => customerId !== null, customerId: () => customerId },
    guestCart: guest(),
    mostOfOne: 99,
    api: {
      cart: async () => ({
        lines: [...held].map(([id, quantity]) => lineOf(id, quantity)),
        itemsTotalKrw: 0,
      }),
      async quoteCart(asked) {
        quoteCount += 1;
        const lines = asked
          .filter(({ productId }) => productId !== 404)
          .map(({ productId, quantity }) => lineOf(productId, quantity));
        const sums = lines.map(({ quantity, unitPriceKrw }) => quantity * unitPriceKrw);
        return { lines, itemsTotalKrw: sums.reduce((total, sum) => total + sum, 0) };
      },
      async setCartItem(id, quantity) {
        if (failing !== null) throw failing;
        held.set(id, quantity);
        if (answersGetLost) throw new TypeError('Failed to fetch');
        return null;
      },
      async removeCartItem(id) {
        held.delete(id);
        return null;
      },
    },
  });

test('a guest has a cart, of what the shop still sells, which goes on after a reload', async () => {
  await cart().set(1, 2);
  await cart().set(404, 1);
  await cart().set(2, 1);
  expect(await cart().view()).toEqual({ lines: [lineOf(1, 2), lineOf(2, 1)], itemsTotalKrw: 300 });
  expect(quoteCount).toBe(1);
  await cart().set(1, 5);
  await cart().remove(2);
  expect([await cart().quantityOf(1), await cart().quantityOf(2), await cart().count()]).toEqual([5, 0, 5]);
  expect(guest().lines()).toEqual([{ productId: 1, quantity: 5 }]);
  await cart().remove(1);
  expect(await cart().view()).toEqual({ lines: [], itemsTotalKrw: 0 });
  expect(quoteCount).toBe(1);
});

test('at the sign-in it is added to what the customer has, and nothing of it stays behind', async () => {
  await cart().set(1, 2);
  await cart().set(2, 98);
  customerId = '7';
  held = new Map([
    [2, 3],
    [3, 1],
  ]);
  expect(await cart().merge()).toBe('all');
  expect([...held]).toEqual([
    [2, 99],
    [3, 1],
    [1, 2],
  ]);
  expect([...kept]).toEqual([]);
  expect(await cart().merge()).toBe('nothing');
});

test('what was put in without an answer is put in once, and each customer gets their own', async () => {
  await cart().set(1, 2);
  customerId = '7';
  held = new Map([[1, 1]]);
  answersGetLost = true;
  expect(await cart().merge()).toBe('some');
  answersGetLost = false;
  expect(await cart().merge()).toBe('all');
  expect([...held]).toEqual([[1, 3]]);
});

test('what the shop refuses is not tried again, what it cannot do now is', async () => {
  await cart().set(1, 2);
  customerId = '7';
  failing = new ShopProblem({ status: 429, code: 'too-many-requests', title: 'later' });
  expect(await cart().merge()).toBe('some');
  expect(guest().lines()).toHaveLength(1);
  failing = new ShopProblem({ status: 409, code: 'cart-full', title: 'full' });
  expect(await cart().merge()).toBe('some');
  expect(guest().lines()).toEqual([]);
});

test('what somebody else has broken counts as nothing', () => {
  for (const broken of [
    '',
    '{',
    '7',
    '[{"productId":"x","quantity":1},null]',
    '[{"productId":1,"quantity":0}]',
  ]) {
    kept.set('guestCart', broken);
    expect(guest().lines()).toEqual([]);
  }
});
