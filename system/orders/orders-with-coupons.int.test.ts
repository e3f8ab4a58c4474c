import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlaceOrderBody } from '../contract/orders.ts';
import { seedCoupons } from '../coupons/testing.ts';
import type { AuthorisePayments } from '../payments/authorise.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { createTestDatabase, testLog } from '../platform/testing.ts';
import { createCancelOrder } from './cancel-order.ts';
import type { PlacedOrder } from './place-orders.ts';
import { readOrders } from './store.ts';
import { auditFindings, orderBody, orderToPlace, placeOrdersOn, seedShop } from './testing.ts';
import { createDirectBatchedTransport } from './transports/direct-batched.ts';

const HOUR_MS = 60 * 60 * 1_000;
const clock = fixedClock('2026-03-02T11:00:00.000Z');
let database: Database;

beforeAll(async () => {
  ({ database } = await createTestDatabase({ poolSize: 10 }));
});

beforeEach(async () => {
  await database.query(
    'TRUNCATE orders, order_lines, order_adjustments, order_tenders, products, customers RESTART IDENTITY CASCADE',
  );
  await seedShop(database, { stockCounts: [50_000, 50_000], customerCount: 20 });
});

const toPlace = (customerId: number, order: PlaceOrderBody) => orderToPlace(customerId, order, clock.now());
const withCoupon = (couponId: string | undefined, lines = [1]): PlaceOrderBody => ({
  ...orderBody(lines),
  ...(couponId && { couponId }),
});
const outcomeOf = (placed: PlacedOrder | undefined) =>
  placed?.kind === 'resolved' ? (placed.order.rejectionReason ?? placed.order.state) : placed?.reason;
const coupon = async (couponId: string) => {
  const { rows } = await database.query(
    'SELECT order_id AS "orderId", used_at AS "usedAt" FROM audit.coupons WHERE coupon_id = $1',
    [couponId],
  );
  return rows[0];
};
const seed = async (customerId = 1) => (await seedCoupons(database, [customerId], clock.now()))[0]!;
const UNUSED = { orderId: null, usedAt: null };

describe('an order with a coupon', () => {
  it('costs as much less, holds the coupon, and says so wherever it is read', async () => {
    const couponId = await seed();
    const order = { ...withCoupon(couponId), expectedTotalKrw: 11_500 };
    const [placed] = await placeOrdersOn(database, clock)([toPlace(1, order)]);
    expect(placed).toMatchObject({
      order: {
        state: 'confirmed',
        totalKrw: 11_500,
        couponId,
        adjustments: [
          { type: 'shipping', amountKrw: 2_500 },
          { type: 'coupon', amountKrw: -1_000 },
        ],
      },
    });
    expect(await readOrders(database, 1, [order.id])).toEqual([placed?.kind === 'resolved' && placed.order]);
    expect(await coupon(couponId)).toEqual({ orderId: order.id, usedAt: clock.now() });
    const { rows } = await database.query('SELECT * FROM audit.order_coupons');
    expect(rows).toEqual([
      {
        order_id: order.id,
        coupon_id: couponId,
        discount_krw: 1_000,
        grade_discount_krw: 0,
        lines_krw: 10_000,
        covered_krw: 10_000,
      },
    ]);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('gets it alone of two at once, in one batch and in many', async () => {
    const couponIds = await seedCoupons(database, [1, 2, 3, 4, 5, 6, 7, 8], clock.now());
    const placeOrders = placeOrdersOn(database, clock);
    const ordersOf = (index: number) =>
      [1, 2].map(() => toPlace(index + 1, withCoupon(couponIds[index], [1 + (index % 2)])));
    const results = await Promise.all([
      placeOrders([0, 1].flatMap(ordersOf)),
      ...[2, 3, 4, 5].flatMap(ordersOf).map((order) => placeOrders([order])),
      ...[6, 7].flatMap((index) => ordersOf(index).map((order) => placeOrders([order, order]))),
    ]);
    const outcomes = new Map(
      results.flat().map((placed) => [placed.kind === 'resolved' ? placed.order.id : '', outcomeOf(placed)]),
    );
    expect([...outcomes.values()].sort()).toEqual([
      ...Array(8).fill('confirmed'),
      ...Array(8).fill('coupon-used'),
    ]);
    const { rows } = await database.query(
      `SELECT count(DISTINCT order_id)::int AS orders FROM audit.coupons JOIN audit.orders ON id = order_id
        WHERE state = 'confirmed' AND audit.orders.coupon_id = audit.coupons.coupon_id`,
    );
    expect(rows).toEqual([{ orders: 8 }]);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('gets it alone of two when a thousand coupons are used at once, in batches', async () => {
    const count = 1_000;
    await database.query('TRUNCATE customers CASCADE');
    await seedShop(database, { stockCounts: [1], customerCount: count });
    const { rows } = await database.query<{ id: number }>('SELECT id FROM customers ORDER BY id');
    const ids = rows.map(({ id }) => id);
    const couponIds = await seedCoupons(database, ids, clock.now());
    const transport = createDirectBatchedTransport({
      placeOrders: placeOrdersOn(database, clock),
      announce: () => undefined,
      batchMax: 100,
      waiting: { failed: () => undefined, succeeded: () => undefined, reason: () => null },
      limits: { gatherMs: 2, queueMax: 10_000, timeoutMs: 60_000, laneCount: 3 },
      log: testLog,
    });
    const pairs = ids.map((customerId, index) =>
      [1, 2].map((productId) => toPlace(customerId, withCoupon(couponIds[index], [productId]))),
    );
    // Half of the pairs come as neighbours and so in one batch, of the others the second order comes long after the first.
    const [near, far] = [pairs.slice(0, count / 2), pairs.slice(count / 2)];
    const orders = [...near.flat(), ...far.map(([first]) => first!), ...far.map(([, second]) => second!)];
    const submissions = await Promise.all(orders.map(transport.submitOrder));
    await transport.close();
    const outcomes = submissions.map((one) => (one.kind === 'resolved' ? outcomeOf(one.placed) : one.kind));
    expect(outcomes.filter((one) => one === 'confirmed')).toHaveLength(count);
    expect(outcomes.filter((one) => one === 'coupon-used')).toHaveLength(count);
    const used = await database.query(
      `SELECT count(DISTINCT coupon_id)::int AS coupons, count(*)::int AS orders FROM audit.orders WHERE state = 'confirmed'`,
    );
    expect(used.rows).toEqual([{ coupons: count, orders: count }]);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('is rejected with the reason, and takes nothing', async () => {
    const [own, foreign, used] = [await seed(1), await seed(2), await seed(3)];
    const [narrow] = await seedCoupons(database, [4], clock.now(), {
      scope: { kind: 'product', productId: 2 },
    });
    const placeOrders = placeOrdersOn(database, clock);
    await placeOrders([toPlace(3, withCoupon(used))]);
    const placed = await placeOrders([
      toPlace(1, withCoupon(foreign)),
      toPlace(1, withCoupon(uuidv7())),
      toPlace(3, withCoupon(used)),
      toPlace(4, withCoupon(narrow)),
    ]);
    expect(placed.map(outcomeOf)).toEqual([
      'coupon-unknown',
      'coupon-unknown',
      'coupon-used',
      'coupon-does-not-apply',
    ]);
    clock.advance(HOUR_MS);
    expect((await placeOrders([toPlace(1, withCoupon(own))])).map(outcomeOf)).toEqual(['coupon-expired']);
    for (const couponId of [own, foreign, narrow!]) expect(await coupon(couponId)).toEqual(UNUSED);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('uses a coupon that had not expired when it was placed, however long it waited', async () => {
    const order = toPlace(1, withCoupon(await seed()));
    clock.advance(2 * HOUR_MS);
    expect((await placeOrdersOn(database, clock)([order])).map(outcomeOf)).toEqual(['confirmed']);
  });

  it('that comes again gets the same answer, at once too, and another coupon is another order', async () => {
    const [couponId, another] = await seedCoupons(database, [1, 1], clock.now());
    const placeOrders = placeOrdersOn(database, clock);
    const order = toPlace(1, withCoupon(couponId));
    const answers = await Promise.all([
      placeOrders([order]),
      placeOrders([order]),
      placeOrders([order, order]),
    ]);
    expect(new Set(answers.flat().map(outcomeOf))).toEqual(new Set(['confirmed']));
    const { couponId: _, ...bare } = order.order;
    const others = [bare, { ...bare, couponId: another! }].map((body) => toPlace(1, body));
    expect((await placeOrders(others)).map(outcomeOf)).toEqual(['order-id-reused', 'order-id-reused']);
    expect(await coupon(another!)).toEqual(UNUSED);
  });

  it('whose payment is declined leaves it to its customer', async () => {
    const couponId = await seed();
    const decline: AuthorisePayments = async (requests) => requests.map(() => ({ kind: 'declined' }));
    const [declined] = await placeOrdersOn(database, clock, decline)([toPlace(1, withCoupon(couponId))]);
    expect(declined).toMatchObject({ order: { rejectionReason: 'payment-declined', couponId } });
    expect(await coupon(couponId)).toEqual(UNUSED);
    const again = await placeOrdersOn(database, clock)([toPlace(1, withCoupon(couponId))]);
    expect(again.map(outcomeOf)).toEqual(['confirmed']);
  });

  it('gives it back when it is cancelled, for another order and not twice', async () => {
    const couponId = await seed();
    const placeOrders = placeOrdersOn(database, clock);
    const [first, second] = [withCoupon(couponId), withCoupon(couponId)];
    await placeOrders([toPlace(1, first)]);
    const givenBack = vi.fn();
    const cancelOrder = createCancelOrder({ database, clock, couponGivenBack: givenBack });
    await Promise.all([1, 2].map(() => cancelOrder(1, first.id)));
    expect(givenBack).toHaveBeenCalledTimes(1);
    expect(await coupon(couponId)).toEqual(UNUSED);
    expect((await placeOrders([toPlace(1, second)])).map(outcomeOf)).toEqual(['confirmed']);
    await cancelOrder(1, first.id);
    expect((await coupon(couponId)).orderId).toBe(second.id);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('is placed and cancelled beside others with the same products and coupons without a deadlock', async () => {
    const couponIds = await seedCoupons(database, [1, 2, 3, 4, 5, 6], clock.now());
    const placeOrders = placeOrdersOn(database, clock);
    const cancelOrder = createCancelOrder({ database, clock });
    const all = (turned: boolean) => {
      const orders = couponIds.map((id, index) =>
        toPlace(index + 1, withCoupon(id, turned ? [2, 1] : [1, 2])),
      );
      return turned ? orders.toReversed() : orders;
    };
    for (let round = 0; round < 3; round += 1) {
      const placed = (await Promise.all([all(false), all(true), all(false)].map(placeOrders))).flat();
      const confirmed = placed.flatMap((one) =>
        one.kind === 'resolved' && one.order.state === 'confirmed' ? [one] : [],
      );
      expect(confirmed).toHaveLength(couponIds.length);
      await Promise.all([
        ...confirmed.map(({ customerId, order }) => cancelOrder(customerId, order.id)),
        placeOrders([toPlace(7, orderBody([2, 1]))]),
      ]);
      for (const couponId of couponIds) expect(await coupon(couponId)).toEqual(UNUSED);
    }
  });

  it('is refused by the database itself where a coupon has an order that stands', async () => {
    const couponId = await seed();
    const placeOrders = placeOrdersOn(database, clock);
    await placeOrders([toPlace(1, withCoupon(couponId))]);
    await database.query('UPDATE coupons SET order_id = NULL, used_at = NULL');
    await expect(placeOrders([toPlace(1, withCoupon(couponId))])).rejects.toThrow('orders_coupon');
  });
});

describe('the statements of an order', () => {
  const nameOf = ([statement]: unknown[]) =>
    typeof statement === 'string' ? statement : String((statement as { name?: string }).name);

  /** Those that are sent to place these orders, by name or by their text. */
  async function statementsOf(...orders: PlaceOrderBody[]): Promise<string[]> {
    const placeOrders = placeOrdersOn(database, clock);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    try {
      await placeOrders(orders.map((order) => toPlace(1, order)));
      return query.mock.calls.map(nameOf);
    } finally {
      query.mockRestore();
    }
  }

  it('are the same without a coupon as before there were any, and two more with one or many', async () => {
    const couponIds = await seedCoupons(database, [1, 1, 1], clock.now());
    expect(await statementsOf(orderBody([1]), orderBody([2]))).toEqual([
      'BEGIN',
      'orders-lock-batch',
      'orders-write',
      'COMMIT',
    ]);
    expect(await statementsOf(...couponIds.map((id) => withCoupon(id)), orderBody([1]))).toEqual([
      'BEGIN',
      'orders-lock-batch',
      'coupons-lock',
      'coupons-take',
      'orders-write',
      'COMMIT',
    ]);
    expect(await statementsOf(withCoupon(couponIds[0]))).not.toContain('coupons-take');
  });

  it('are the same for a cancellation without a coupon', async () => {
    const order = orderBody([1]);
    await placeOrdersOn(database, clock)([toPlace(1, order)]);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await createCancelOrder({ database, clock })(1, order.id);
    const names = query.mock.calls.map(nameOf);
    query.mockRestore();
    expect(names).toEqual(['BEGIN', 'orders-lock', 'orders-cancel', 'orders-read', 'COMMIT']);
  });
});
