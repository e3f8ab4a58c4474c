import { expect, it } from 'vitest';
import type { Step } from '../../shopper/state/steps.ts';
import { type ActedSoFar, actionsOf } from './actions-of.ts';

const nobody: ActedSoFar = { lastStep: null, orderedProductIds: [], usedCouponType: null };
const product = (action: string, id: number) => ({ action, target: { type: 'product', id } });
const list = { kind: 'list', categoryId: 4, sort: 'popular', page: 2 } as const;
const search = { kind: 'search', text: '가방', page: 1 } as const;
const nothing = { acting: [], done: [] };

it('opening a product is a click, after the products of the list that were dwelt on', () => {
  expect(actionsOf({ kind: 'view-product', productId: 3, hoveredIds: [8, 9] }, nobody)).toEqual({
    acting: [product('hover', 8), product('hover', 9), product('click', 3)],
    done: [],
  });
  expect(actionsOf({ kind: 'view-product', productId: 3 }, nobody).acting).toEqual([product('click', 3)]);
});

it('entering a category is a click and a search has its text, but turning their pages is neither', () => {
  const entered = [{ action: 'click', target: { type: 'category', id: 4 } }];
  expect(actionsOf(list, nobody).acting).toEqual(entered);
  expect(actionsOf({ ...list, page: 3 }, { ...nobody, lastStep: list })).toEqual(nothing);
  expect(actionsOf(list, { ...nobody, lastStep: { ...list, categoryId: 5 } }).acting).toEqual(entered);
  expect(actionsOf(list, { ...nobody, lastStep: { kind: 'view-product', productId: 3 } }).acting).toEqual(
    entered,
  );
  const searched = [{ action: 'search', target: { type: 'text', text: '가방' } }];
  expect(actionsOf(search, nobody).acting).toEqual(searched);
  expect(actionsOf({ ...search, page: 2 }, { ...nobody, lastStep: search })).toEqual(nothing);
});

it('carts, orders and cancellations are only told once the shop has done them, an order by each of its products', () => {
  const line = { kind: 'set-cart-line', productId: 3, quantity: 2, change: 'cart-modify-plus' } as const;
  expect(actionsOf(line, nobody)).toEqual({ acting: [], done: [product('cart-modify-plus', 3)] });
  expect(actionsOf({ kind: 'remove-cart-line', productId: 3 }, nobody).done).toEqual([
    product('cart-cancel', 3),
  ]);
  const ordered = { ...nobody, orderedProductIds: [3, 5] };
  const lines = [{ productId: 3, quantity: 2 }];
  expect(actionsOf({ kind: 'place-order', lines, paymentMethod: 'card' }, ordered)).toEqual(nothing);
  expect(actionsOf({ kind: 'await-outcome' }, ordered)).toEqual({
    acting: [],
    done: [product('order-create', 3), product('order-create', 5)],
  });
  const withCoupon = { ...ordered, usedCouponType: 9 };
  expect(actionsOf({ kind: 'await-outcome' }, withCoupon).done.at(-1)).toEqual({
    action: 'coupon-use',
    target: { type: 'coupon', id: 9 },
  });
  expect(actionsOf({ kind: 'cancel-order' }, ordered).done).toEqual([
    product('order-cancel', 3),
    product('order-cancel', 5),
  ]);
});

it('the same step once more after a failure is not another act', () => {
  const step: Step = { kind: 'view-product', productId: 3 };
  expect(actionsOf(step, { ...nobody, lastStep: step })).toEqual(nothing);
  const line: Step = { kind: 'set-cart-line', productId: 3, quantity: 2, change: 'cart-create' };
  expect(actionsOf(line, { ...nobody, lastStep: line }).done).toEqual([product('cart-create', 3)]);
});
