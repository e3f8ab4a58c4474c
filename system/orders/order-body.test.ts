import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { OrderView, PlaceOrderBody } from '../contract/orders.ts';
import { isSameOrder, orderBodyHash } from './order-body.ts';

const body: PlaceOrderBody = {
  id: '01900000-0000-7000-8000-000000000000',
  lines: [
    { productId: 7, quantity: 1 },
    { productId: 3, quantity: 2 },
  ],
  paymentMethod: 'card',
};

test('the same wish has the same hash, in whatever order its lines stand', () => {
  const turned = { ...body, lines: body.lines.toReversed() };
  expect(orderBodyHash(turned)).toBe(orderBodyHash(body));
  expect(orderBodyHash(body)).toMatch(/^\\x[0-9a-f]{64}$/);
});

test('an order without a coupon has the hash that it had before there were coupons', () => {
  expect(orderBodyHash({ ...body, expectedTotalKrw: 12_500 })).toBe(
    `\\x${hash('sha256', 'card 3x2,7x1 12500')}`,
  );
});

test.each([
  [
    'another quantity',
    {
      lines: [
        { productId: 7, quantity: 1 },
        { productId: 3, quantity: 3 },
      ],
    },
  ],
  [
    'another product',
    {
      lines: [
        { productId: 7, quantity: 1 },
        { productId: 4, quantity: 2 },
      ],
    },
  ],
  ['a line less', { lines: [{ productId: 7, quantity: 1 }] }],
  ['another way of payment', { paymentMethod: 'bank' as const }],
  ['a coupon', { couponId: '01900000-0000-7000-8000-00000000000a' }],
  ['another expected total', { expectedTotalKrw: 12_500 }],
])('%s is another wish', (_name, change) => {
  expect(orderBodyHash({ ...body, ...change })).not.toBe(orderBodyHash(body));
});

test('an order that was stored without a hash is compared by its lines and payment', () => {
  const stored = {
    ...body,
    lines: body.lines.map((line) => ({ ...line, name: '', image: '', unitPriceKrw: 1 })),
  };
  const same = (order: PlaceOrderBody) =>
    isSameOrder(order, orderBodyHash(order), stored as unknown as OrderView, null);
  expect(same({ ...body, lines: body.lines.toReversed() })).toBe(true);
  expect(same({ ...body, paymentMethod: 'bank' })).toBe(false);
  expect(same({ ...body, couponId: body.id })).toBe(false);
});
