import { expect, it } from 'vitest';
import type { CheckoutAttempt } from '../../../sim/adapters/your-shop/attempts.ts';
import { auditLastUnitsOfYours, wantedInYours } from './last-units.ts';

const item = (id: string, stock?: number) => ({
  id,
  name: `Item ${id}`,
  category: 'lamps',
  price: 1,
  ...(stock === undefined ? {} : { stock }),
});
const of = { file: 'my-shop.ts', pieceCount: 5, shopperCount: 100 };

it('chooses the item whose pieces are nearest, by the audit’s stock before the catalogue’s', () => {
  const items = [item('a', 5), item('b', 100), item('c', 4)];
  expect(wantedInYours(items, null, of)).toMatchObject({ item: { id: 'a' }, pieceCount: 5 });
  expect(wantedInYours(items, { a: 0, b: 90, c: 7 }, of)).toMatchObject({ item: { id: 'c' }, pieceCount: 7 });
});

it('says what is missing where nobody knows how many pieces there are', () => {
  expect(() => wantedInYours([item('a')], null, of)).toThrow(
    'my-shop.ts: found no item whose pieces in stock it tells. Needed: audit.stock, or stock in its catalogue',
  );
  expect(() => wantedInYours([item('a', 0)], null, of)).toThrow('found no item');
});

it('says so where there is enough for everybody, for then nothing would be asked', () => {
  expect(() => wantedInYours([item('a', 491), item('b', 100)], null, of)).toThrow(
    'my-shop.ts: found no item of which there is less than one piece for each of 100 shoppers; of “Item b” there are the fewest, 100. Needed: about 5 pieces of one; lower its stock, or let more come (--set load.shoppersAtOnce=200).',
  );
  expect(wantedInYours([item('a', 491), item('b', 99)], null, of)).toMatchObject({ pieceCount: 99 });
});

const checkout = (end: CheckoutAttempt['end'], orderId: string | null): CheckoutAttempt => ({
  kind: 'checkout',
  checkoutId: `c-${orderId ?? end}`,
  personId: 1,
  email: 'a@stampede.example',
  attemptedAtMs: 0,
  phase: 'measure',
  lines: [{ id: 'a', quantity: 1 }],
  end,
  endWasLookedUp: false,
  orderId,
  refusedBecause: end === 'rejected' ? 'sold-out' : null,
  totalShown: null,
  endAfterMs: null,
  found: null,
  cancel: null,
});
const attempts = () => [
  checkout('ok', '1'),
  checkout('ok', '2'),
  checkout('rejected', null),
  checkout('unknown', null),
];
const wanted = { item: item('a', 1), pieceCount: 1 };

it('counts the units in the shop’s own list of orders, whatever shoppers were told', async () => {
  const order = (orderId: string) => ({ orderId, lines: [{ id: 'a', quantity: 1 }] });
  const finding = await auditLastUnitsOfYours(wanted, 10, {
    attempts,
    newOrders: [order('1'), order('2'), order('3'), { ...order('4'), state: 'cancelled' }],
  });
  expect(finding).toMatchObject({ ok: false, violationCount: 2 });
  expect(finding.lastUnits).toMatchObject({ pieceCount: 1, soldCount: 3, toldNoCount: 7, unheardCount: 1 });
});

it('counts what shoppers were told where the shop lists no orders', async () => {
  const finding = await auditLastUnitsOfYours(wanted, 10, { attempts, newOrders: null });
  expect(finding.lastUnits).toMatchObject({ soldCount: 2, shopperCount: 10 });
});
