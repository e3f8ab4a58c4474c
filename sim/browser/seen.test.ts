import { describe, expect, it } from 'vitest';
import type { ActionsAttempt, OrderAttempt } from '../adapters/our-shop/attempts.ts';
import { unpackActions } from '../adapters/our-shop/packed-actions.ts';
import { createSeenActions } from './seen-actions.ts';
import { createSeenOrders } from './seen-orders.ts';

const ID = '01920000-0000-7000-8000-000000000001';
const order = { method: 'POST', path: '/orders', body: { id: ID, lines: [{ productId: 3, quantity: 2 }] } };

function orders() {
  const told: OrderAttempt[] = [];
  let nowMs = 1_000;
  const seen = createSeenOrders({
    customerId: 7,
    sinceSpanMs: () => {
      nowMs += 10;
      return nowMs;
    },
    tell: (attempt) => told.push(attempt),
  });
  return { seen, told, last: () => told.at(-1) };
}
const outcome = (name: string, more: object) =>
  `42${JSON.stringify([name, { orderId: ID, rejectionReason: null, totalKrw: 9_000, ...more }])}`;

describe('an order of a browser', () => {
  it('is known from the moment it is sent, as one of which nothing is known yet', () => {
    const { seen, last } = orders();
    seen.asked(order);
    expect(last()).toMatchObject({
      orderId: ID,
      customerId: 7,
      attemptedAtMs: 1_010,
      lines: [{ productId: 3, quantity: 2 }],
      answer: 'unknown',
      outcome: null,
      isOfBrowser: true,
    });
    expect(seen.openCount()).toBe(1);
  });

  it('has the outcome that the shopper saw, once, whichever comes first', () => {
    const { seen, last, told } = orders();
    seen.asked(order);
    seen.heard(outcome('order:confirmed', {}));
    seen.answered({ ...order, status: 202, answer: { id: ID } });
    seen.heard(outcome('order:rejected', { rejectionReason: 'sold-out' }));
    expect(told).toHaveLength(3);
    expect(last()).toMatchObject({
      answer: 'accepted',
      httpStatus: 202,
      outcome: 'confirmed',
      outcomeSeenBy: 'socket',
      outcomeAfterMs: 10,
      totalKrw: 9_000,
      refusedBecause: null,
    });
    expect(seen.openCount()).toBe(0);
  });

  it('has the coupon that was chosen, with what it was said to take off', () => {
    const { seen, told } = orders();
    const quotes = { method: 'POST', path: '/coupons/quotes', body: null };
    const answer = {
      totalKrw: 9_000,
      quotes: [{ couponId: 'c1', discountKrw: 700 }, { couponId: 'c2' }, null],
    };
    seen.answered({ ...quotes, status: 200, answer });
    seen.answered({ ...quotes, status: 503, answer: null });
    seen.asked({ ...order, body: { ...order.body, couponId: 'c1' } });
    seen.asked({ ...order, body: { ...order.body, id: 'another' } });
    expect(told.map(({ coupon }) => coupon)).toEqual([{ id: 'c1', quotedKrw: 700 }, null]);
  });

  it('is rejected for the reason that the shopper was told', () => {
    const { seen, last } = orders();
    seen.asked(order);
    seen.heard(outcome('order:rejected', { rejectionReason: 'sold-out' }));
    expect(last()).toMatchObject({ outcome: 'rejected', refusedBecause: 'sold-out' });
  });

  it.each([
    [422, { code: 'sold-out' }, 'refused', 'sold-out'],
    [503, { code: 'order-not-placed' }, 'refused', 'order-not-placed'],
    [503, { code: 'outcome-unknown' }, 'unknown', null],
    [500, null, 'unknown', null],
  ] as const)('that is answered with %d %o is %s', (status, answer, expected, refusedBecause) => {
    const { seen, last } = orders();
    seen.asked(order);
    seen.answered({ ...order, status, answer });
    expect(last()).toMatchObject({ answer: expected, refusedBecause, httpStatus: status });
  });

  it('that is sent again is the same one, and one that was taken in stays so', () => {
    const { seen, told, last } = orders();
    seen.asked(order);
    seen.answered({ ...order, status: 202, answer: null });
    seen.asked(order);
    seen.answered({ ...order, status: 409, answer: { code: 'order-id-reused' } });
    expect(new Set(told.map(({ orderId }) => orderId)).size).toBe(1);
    expect(last()).toMatchObject({ answer: 'accepted' });
  });

  it('is nothing else that a window asks for or hears, however odd', () => {
    const { seen, told } = orders();
    seen.asked({ method: 'GET', path: '/orders', body: null });
    seen.asked({ ...order, path: '/coupons/quotes' });
    seen.asked({ ...order, body: 'no order' });
    for (const frame of ['2', '42', '42["order:confirmed"]', '42[nonsense]', outcome('order:confirmed', {})])
      seen.heard(frame);
    expect(told).toEqual([]);
  });
});

const report = { id: 'a1', action: 'click', target: { type: 'product', id: 9 } };
const batch = { method: 'POST', path: '/behaviour', body: { actions: [report] } };

function actions() {
  const known = new Map<string, ActionsAttempt>();
  let toldCount = 0;
  const seen = createSeenActions({
    customerId: 7,
    sinceSpanMs: () => 5,
    tell(id, attempt) {
      toldCount += 1;
      known.set(id, attempt);
    },
  });
  return { seen, answer: () => known.get('a1')?.answer, known, toldCount: () => toldCount };
}

describe('an action that the storefront tells', () => {
  it('is known by request, and taken in with its answer', () => {
    const { seen, answer, known } = actions();
    seen.asked(batch);
    expect(answer()).toBe('unknown');
    seen.answered({ ...batch, status: 202, answer: null });
    expect(answer()).toBe('accepted');
    expect(unpackActions(known.get('a1')!.packed)).toEqual([
      { id: 'a1', action: 'click', targetType: 'product', target: '9' },
    ]);
  });

  it('is known by socket too', () => {
    const { seen, answer } = actions();
    seen.sent(`427${JSON.stringify(['behaviour:actions', [report]])}`);
    expect(answer()).toBe('unknown');
    seen.heard('438[{"kind":"accepted"}]');
    expect(answer()).toBe('unknown');
    seen.heard('437[{"kind":"accepted","acceptedCount":1}]');
    expect(answer()).toBe('accepted');
  });

  it('is not answered by the answer to another event that has its number on the next page’s socket', () => {
    const { seen, answer } = actions();
    seen.sent(`427${JSON.stringify(['behaviour:actions', [report]])}`);
    seen.sent('427["notifications:shown",[]]');
    seen.heard('437[{"kind":"accepted"}]');
    expect(answer()).toBe('unknown');
  });

  it('is told no more once it was taken in', () => {
    const { seen, answer, toldCount } = actions();
    seen.asked(batch);
    seen.answered({ ...batch, status: 202, answer: null });
    const before = toldCount();
    seen.asked(batch);
    seen.answered({ ...batch, status: 429, answer: null });
    expect(answer()).toBe('accepted');
    expect(toldCount()).toBe(before);
  });

  it('that is sent again under its id is certain only where it was taken in, or refused at the first sending', () => {
    const { seen, answer } = actions();
    seen.asked(batch);
    seen.answered({ ...batch, status: 400, answer: null });
    expect(answer()).toBe('refused');
    seen.asked(batch);
    expect(answer()).toBe('unknown');
    seen.answered({ ...batch, status: 429, answer: null });
    expect(answer()).toBe('unknown');
    seen.asked(batch);
    seen.answered({ ...batch, status: 202, answer: null });
    seen.asked(batch);
    expect(answer()).toBe('accepted');
  });
});
