import { expect, it } from 'vitest';
import type { OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import { createOrderFates, fateMetrics } from './order-fates.ts';

type Seen = Pick<
  OrderAttempt,
  'attemptedAtMs' | 'phase' | 'answer' | 'outcome' | 'outcomeSeenBy' | 'refusedBecause'
>;
function orderFates(attempts: readonly Seen[], durationMs: number) {
  const fates = createOrderFates(durationMs);
  for (const attempt of attempts) fates.addOrder(attempt);
  return fates.counted();
}
const seen = (own: Partial<Seen>): Seen => ({
  attemptedAtMs: 9_999,
  phase: 'measure',
  answer: 'accepted',
  outcome: null,
  outcomeSeenBy: null,
  refusedBecause: null,
  ...own,
});

it('counts each order of the measured span once, by what its shopper saw in time', () => {
  const fates = orderFates(
    [
      seen({ outcome: 'confirmed', outcomeSeenBy: 'socket' }),
      seen({ outcome: 'rejected', outcomeSeenBy: 'socket' }),
      seen({ outcome: 'confirmed', outcomeSeenBy: 'retrieved' }),
      seen({ answer: 'refused' }),
      seen({ answer: 'unknown' }),
      seen({ phase: 'lead-in', outcome: 'confirmed', outcomeSeenBy: 'socket' }),
      seen({ phase: 'warm-up', outcome: 'confirmed', outcomeSeenBy: 'socket' }),
      // While the sessions that are still open end.
      seen({ attemptedAtMs: 10_000, outcome: 'confirmed', outcomeSeenBy: 'socket' }),
    ],
    10_000,
  );
  expect(fates).toMatchObject({ attempted: 5, confirmed: 1, rejected: 1, failed: 1, unanswered: 2 });
  expect(fateMetrics([fates, undefined, fates])['orders.unanswered']).toEqual({ unit: 'orders', value: 4 });
  expect(fateMetrics([orderFates([], 10_000)])).toEqual({});
});

it('tells by the answers what was in hand when a fault struck, and what of it was placed all the same', () => {
  const fates = createOrderFates(10_000, 5_000);
  for (const order of [
    seen({ outcome: 'confirmed', outcomeSeenBy: 'socket' }),
    seen({}),
    seen({ answer: 'refused' }),
    seen({ answer: 'unknown', attemptedAtMs: 4_000 }),
    seen({ answer: 'unknown', attemptedAtMs: 4_999, outcome: 'confirmed', outcomeSeenBy: 'retrieved' }),
    seen({ answer: 'unknown', attemptedAtMs: 5_000 }),
    seen({ answer: 'unknown', attemptedAtMs: -1, phase: 'lead-in' }),
  ])
    fates.addOrder(order);
  expect(fates.counted().answers).toEqual({
    accepted: 2,
    acceptedOpen: 1,
    refused: 1,
    inHand: 2,
    inHandPlaced: 1,
    afterwards: 1,
  });
  const withoutFault = orderFates([seen({ answer: 'unknown' })], 10_000);
  expect(withoutFault.answers).toMatchObject({ inHand: 0, afterwards: 1 });
});

it('tells why orders were rejected', () => {
  const rejected = (refusedBecause: string | null) =>
    seen({ outcome: 'rejected', outcomeSeenBy: 'socket', refusedBecause });
  const fates = orderFates(['sold-out', 'payment-declined', 'sold-out', null].map(rejected), 10_000);
  expect(fates.rejectedBecause).toEqual({ 'sold-out': 2, 'payment-declined': 1, 'no reason given': 1 });
  expect(fates.rejected).toBe(4);
  const orders = (value: number) => ({ unit: 'orders', value });
  expect(fateMetrics([fates, undefined, fates])).toMatchObject({
    'orders.rejected': orders(8),
    'orders.soldOut': orders(4),
    'orders.declined': orders(2),
  });
  const inTheirWords = orderFates([rejected('payment_declined_error')], 10_000);
  expect(fateMetrics([inTheirWords])['orders.declined']).toEqual(orders(1));
  const { rejectedBecause: _, ...older } = fates;
  expect(fateMetrics([fates, older])).not.toHaveProperty(['orders.soldOut']);
});
