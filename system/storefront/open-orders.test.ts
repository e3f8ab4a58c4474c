import { beforeEach, expect, test } from 'vitest';
import { createOpenOrders, type SentOrder } from './client/shared/open-orders.ts';

let kept: Map<string, string>;
let customerId: string | null;
beforeEach(() => {
  kept = new Map();
  customerId = '7';
});

/** As another tab, or the same one after a reload, has it. */
const open = () =>
  createOpenOrders({
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    customerId: () => customerId,
  });
const lines = [
  { productId: 1, quantity: 2 },
  { productId: 2, quantity: 1 },
];
const orderOf = (id: string): SentOrder => ({ id, lines, paymentMethod: 'card', expectedTotalKrw: 9_000 });

test('the same cart has the same id until its order has an outcome, in whatever order its lines stand', () => {
  const id = open().draftId(lines, 9_000);
  expect(open().draftId(lines.toReversed(), 9_000)).toBe(id);
  open().send(orderOf(id));
  open().takeBack(id);
  expect(open().draftId(lines, 9_000)).toBe(id);
  open().send(orderOf(id));
  open().settle(id);
  expect(open().draftId(lines, 9_000)).not.toBe(id);
});

test('another cart or another price has another id, and so has a cart whose order is still open', () => {
  const id = open().draftId(lines, 9_000);
  expect(open().draftId(lines, 8_000)).not.toBe(id);
  const smaller = open().draftId(lines.slice(1), 9_000);
  open().send(orderOf(smaller));
  expect(open().draftId(lines.slice(1), 9_000)).not.toBe(smaller);
});

test('an open order stays as it was first sent until it is settled, and leaves nothing behind', () => {
  const id = open().draftId(lines, 9_000);
  open().send(orderOf(id));
  open().send({ ...orderOf(id), paymentMethod: 'bank' });
  expect(open().find(id)).toEqual({ order: orderOf(id), state: 'unknown' });
  open().accept(id);
  expect(open().list()).toEqual([{ order: orderOf(id), state: 'accepted' }]);
  open().settle(id);
  expect(open().find(id)).toBeNull();
  expect([...kept]).toEqual([]);
});

test('nobody meets the orders of somebody else, and nobody at all has any', () => {
  open().send(orderOf('a'));
  customerId = '8';
  expect(open().list()).toEqual([]);
  open().settle('a');
  customerId = null;
  open().send(orderOf('b'));
  expect(open().list()).toEqual([]);
  customerId = '7';
  expect(open().list()).toHaveLength(1);
});

test('what cannot be read counts as nothing', () => {
  for (const broken of ['', 'null', '{', '[]', '"text"', '{"draft":1,"open":{}}']) {
    kept.set('openOrders:7', broken);
    expect(open().list()).toEqual([]);
    expect(open().draftId(lines, 9_000)).toMatch(/^[0-9a-f-]{36}$/);
  }
});
