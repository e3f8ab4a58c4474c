import { describe, expect, it } from 'vitest';
import type { OrderToPlace } from '../place-orders.ts';
import { decodeOrder, encodeOrder } from './order-message.ts';

const order: OrderToPlace = {
  customerId: 7,
  placedAt: new Date('2026-03-02T11:00:00.000Z'),
  order: {
    id: '01960a3c-7b1a-7c3e-8000-0123456789ab',
    lines: [{ productId: 3, quantity: 2 }],
    paymentMethod: 'kakao',
    expectedTotalKrw: 22_500,
    couponId: '01960a3c-7b1a-7c3e-8000-0123456789ac',
  },
  stages: { receivedMs: 1.5, publishedMs: null, consumedMs: null },
};
const encoded = (change: (message: Record<string, unknown>) => void) => {
  const message = JSON.parse(encodeOrder(order, 2.5).value);
  change(message);
  return Buffer.from(JSON.stringify(message));
};

describe('an order message', () => {
  it('carries the order, keyed by its customer', () => {
    const { key, value } = encodeOrder(order, 2.5);
    expect(key).toBe('7');
    expect(decodeOrder(Buffer.from(value))).toEqual({
      ...order,
      stages: { receivedMs: 1.5, publishedMs: 2.5 },
    });
  });

  it.each<[string, Buffer | null, RegExp]>([
    ['empty', null, /empty/],
    ['not JSON', Buffer.from('{"version":'), /JSON/],
    ['of an unknown version', encoded((message) => Object.assign(message, { version: 2 })), /\/version/],
    ['without a customer', encoded((message) => Reflect.deleteProperty(message, 'customerId')), /customerId/],
    [
      'with an id that is no UUID',
      encoded((message) => Object.assign(message.order as object, { id: 'x' })),
      /\/order\/id/,
    ],
    [
      'with a coupon that is no UUID',
      encoded((message) => Object.assign(message.order as object, { couponId: 'x' })),
      /\/order\/couponId/,
    ],
    [
      'with a product in two lines',
      encoded((message) => {
        const line = { productId: 3, quantity: 1 };
        Object.assign(message.order as object, { lines: [line, line] });
      }),
      /product 3 stands in more than one line/,
    ],
  ])('is refused when it is %s', (_, value, reason) => {
    expect(() => decodeOrder(value)).toThrow(reason);
  });
});
