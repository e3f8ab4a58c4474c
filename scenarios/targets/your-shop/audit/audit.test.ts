// Every rule of the audit without a database finds what is planted in a shop, and nothing in one that is well.
import { expect, it } from 'vitest';
import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import type { ShopOrder } from '../../../../sim/adapters/your-shop/define-shop.ts';
import { VERBS } from '../../../../sim/adapters/your-shop/verbs.ts';
import { auditYours, type GivenBack } from './audit.ts';

const TEA = { id: 'tea', quantity: 2 };
const CUP = { id: 'cup', quantity: 1 };

let count = 0;
function checkout(own: Partial<CheckoutAttempt> = {}): CheckoutAttempt {
  count += 1;
  const lines = own.lines ?? [TEA];
  return {
    kind: 'checkout',
    checkoutId: `c${count}`,
    personId: count,
    email: `p${count}@stampede.example`,
    attemptedAtMs: 10,
    phase: 'measure',
    lines,
    end: 'ok',
    endWasLookedUp: false,
    orderId: `o${count}`,
    refusedBecause: null,
    totalShown: 7,
    endAfterMs: 20,
    found: { lines, total: 7, state: 'stands' },
    cancel: null,
    ...own,
  };
}

const orderOf = ({ orderId, lines }: CheckoutAttempt, own: Partial<ShopOrder> = {}): ShopOrder => ({
  orderId: orderId ?? 'none',
  lines,
  total: 7,
  ...own,
});

const LEAVE = ['tea', 'cup'];
function given(checkouts: readonly CheckoutAttempt[], own: Partial<GivenBack> = {}): GivenBack {
  const sold = (id: string) =>
    checkouts
      .flatMap(({ lines, end }) => (end === 'ok' ? lines : []))
      .reduce((sum, line) => sum + (line.id === id ? line.quantity : 0), 0);
  return {
    attempts: () => checkouts,
    verbs: VERBS,
    before: { orderIds: new Set(['old']), stock: { tea: 10, cup: 10 } },
    orders: [
      { orderId: 'old', lines: [CUP] },
      ...checkouts.filter(({ end }) => end === 'ok').map((one) => orderOf(one)),
    ],
    stock: Object.fromEntries(LEAVE.map((id) => [id, 10 - sold(id)])),
    ...own,
  };
}

const refused = () =>
  checkout({ end: 'rejected', orderId: null, found: null, totalShown: null, refusedBecause: 'sold-out' });
const unknown = (own: Partial<CheckoutAttempt> = {}) =>
  checkout({ end: 'unknown', orderId: null, found: null, totalShown: null, endAfterMs: null, ...own });

/** Names of the rules that were broken, and all that was found in words. */
async function broken(input: GivenBack) {
  const findings = (await auditYours(input)).filter(({ ok }) => !ok);
  return { rules: findings.map(({ rule }) => rule), words: findings.flatMap(({ violations }) => violations) };
}

it('finds nothing in a shop that is well, and says how much it looked at', async () => {
  const all = [checkout(), checkout({ lines: [TEA, CUP] }), refused(), unknown()];
  const findings = await auditYours(given(all));
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(Object.fromEntries(findings.map(({ rule, checkedCount }) => [rule, checkedCount]))).toEqual({
    'ok-orders-are-found-again': 2,
    'order-ids-are-unique': 2,
    'unknowns-are-looked-up': 1,
    'told-orders-are-listed': 2,
    'orders-are-somebodys': 2,
    'checkouts-make-one-order': 2,
    'unheard-checkouts-left-nothing': 2,
    'stock-is-never-oversold': 2,
    'stock-follows-orders': 2,
  });
});

it('checks only what the shop tells', async () => {
  const input = given([checkout()], { verbs: ['product', 'setLine', 'checkout'], orders: null, stock: null });
  const findings = await auditYours({ ...input, before: { orderIds: null, stock: null } });
  expect(findings.map(({ rule }) => rule)).toEqual(['order-ids-are-unique', 'unknowns-are-looked-up']);
});

it.each([
  ['is gone', { found: 'missing' as const }, 'the shop says that there is none'],
  ['cannot be read', { found: null }, 'did not answer when it was looked up'],
  [
    'holds other lines',
    { found: { lines: [CUP], total: 7, state: 'stands' as const } },
    'holds 1 × cup; asked for: 2 × tea',
  ],
  [
    'has another total',
    { found: { lines: [TEA], total: 9, state: 'stands' as const } },
    'comes to 9; the shopper was shown 7',
  ],
  [
    'was cancelled by nobody',
    { found: { lines: [TEA], total: 7, state: 'cancelled' as const } },
    'nobody cancelled it',
  ],
])('an order that was told of and %s', async (_, own, words) => {
  const found = await broken(given([checkout(own), checkout()]));
  expect(found.rules).toEqual(['ok-orders-are-found-again']);
  expect(found.words).toEqual([expect.stringContaining(words)]);
});

it('lines are the same in any order and split as the shop likes, and a fraction of a cent is no difference', async () => {
  const lines = [CUP, { id: 'tea', quantity: 1 }, { id: 'tea', quantity: 1 }];
  const one = checkout({ lines: [TEA, CUP], found: { lines, total: 7.0000001, state: 'stands' } });
  expect((await broken(given([one], { orders: [orderOf(one, { lines })] }))).rules).toEqual([]);
});

it('one order for two checkouts', async () => {
  const [first, second] = [checkout(), checkout()];
  const found = await broken(
    given([first, { ...second, orderId: first.orderId }], {
      stock: { tea: 8, cup: 10 },
      orders: [orderOf(first)],
    }),
  );
  expect(found.rules).toEqual(['order-ids-are-unique']);
});

it('a checkout that nobody can say anything of, where the shop lists no orders', async () => {
  const input = given([unknown()], { orders: null });
  const found = await broken({ ...input, before: { ...input.before, orderIds: null } });
  expect(found.rules).toEqual(['unknowns-are-looked-up']);
  expect((await broken(given([unknown({ orderId: 'o9', found: 'missing' })]))).rules).toEqual([]);
});

it('an order that was told of and that the shop does not list', async () => {
  const one = checkout();
  const found = await broken(given([one], { orders: [], stock: { tea: 10, cup: 10 } }));
  expect(found).toEqual({
    rules: ['told-orders-are-listed'],
    words: [expect.stringContaining(`order ${one.orderId}`)],
  });
});

it('an order that nobody placed', async () => {
  const one = checkout();
  const found = await broken(
    given([one], { orders: [orderOf(one), { orderId: 'x', lines: [CUP] }], stock: { tea: 8, cup: 9 } }),
  );
  expect(found).toEqual({
    rules: ['orders-are-somebodys'],
    words: ['order x with 1 × cup: no shopper placed it'],
  });
});

it('two orders of one checkout', async () => {
  const one = checkout();
  const found = await broken(
    given([one], { orders: [orderOf(one), orderOf(one, { orderId: 'again' })], stock: { tea: 6, cup: 10 } }),
  );
  expect(found).toEqual({
    rules: ['checkouts-make-one-order'],
    words: [expect.stringContaining('order again')],
  });
});

it.each([
  ['was refused', refused()],
  ['was never answered', unknown()],
])('an order of a checkout that %s', async (_, one) => {
  const input = given([one], { orders: [orderOf(one, { orderId: 'left' })], stock: { tea: 8, cup: 10 } });
  const found = await broken(input);
  expect(found.rules).toEqual(['unheard-checkouts-left-nothing']);
  expect(found.words).toEqual([expect.stringContaining('order left with 2 × tea stands')]);
  const cancelled = [orderOf(one, { orderId: 'left', state: 'cancelled' as const })];
  expect((await broken({ ...input, orders: cancelled, stock: { tea: 10, cup: 10 } })).rules).toEqual([]);
});

it('an order of a checkout that was never answered and knew it by the name of its cart', async () => {
  const [one, other] = [unknown({ orderId: 'cart-1', found: 'missing' }), checkout()];
  const orders = [orderOf(other), orderOf(one, { orderId: 'left' })];
  const found = await broken(given([one, other], { orders, stock: { tea: 6, cup: 10 } }));
  expect(found.rules).toEqual(['unheard-checkouts-left-nothing']);
});

it('more sold than there was, also where the shop stops counting at nothing', async () => {
  const lines = [{ id: 'tea', quantity: 6 }];
  const all = [checkout({ lines }), checkout({ lines })];
  const found = await broken(given(all, { stock: { tea: 0, cup: 10 } }));
  expect(found.rules).toEqual(['stock-is-never-oversold', 'stock-follows-orders']);
  expect(found.words[0]).toBe('tea: 10 in stock before the run, 12 sold to shoppers whose orders stand');
  expect((await broken(given(all, { stock: { tea: -2, cup: 10 } }))).rules).toEqual([
    'stock-is-never-oversold',
  ]);
});

it('stock that went without an order, and an order that took none', async () => {
  const one = checkout();
  expect(await broken(given([one], { stock: { tea: 7, cup: 10 } }))).toEqual({
    rules: ['stock-follows-orders'],
    words: ['tea: 10 before the run, 7 left, 2 held by the run’s orders'],
  });
  expect((await broken(given([one], { stock: { tea: 10, cup: 10 } }))).rules).toEqual([
    'stock-follows-orders',
  ]);
});

it('without a list of orders what shoppers were told is what was sold, and of what is unknown nobody can say', async () => {
  const input = given([checkout(), unknown({ orderId: 'o9', found: 'missing' })], { orders: null });
  const before = { ...input.before, orderIds: null };
  for (const tea of [8, 6])
    expect((await broken({ ...input, before, stock: { tea, cup: 10 } })).rules).toEqual([]);
  expect((await broken({ ...input, before, stock: { tea: 5, cup: 10 } })).rules).toEqual([
    'stock-follows-orders',
  ]);
});

it('keeps the first twenty in words and counts them all', async () => {
  const all = Array.from({ length: 30 }, () => checkout({ found: 'missing' }));
  const [finding] = await auditYours(given(all));
  expect(finding).toMatchObject({ violationCount: 30, checkedCount: 30 });
  expect(finding?.violations).toHaveLength(20);
});
