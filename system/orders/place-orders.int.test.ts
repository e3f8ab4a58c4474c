import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAddressStore } from '../customers/addresses.ts';
import type { AuthorisePayments } from '../payments/authorise.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { createTestDatabase } from '../platform/testing.ts';
import { createCancelOrder } from './cancel-order.ts';
import type { PlacedOrder } from './place-orders.ts';
import { listOrders, readOrder, readOrders } from './store.ts';
import { auditFindings, orderBody, orderToPlace, placeOrdersOn, seedShop } from './testing.ts';

const NOW = '2026-03-02T11:00:00.000Z';
const clock = fixedClock(NOW);
let database: Database;

beforeAll(async () => {
  ({ database } = await createTestDatabase({ poolSize: 10 }));
});

beforeEach(async () => {
  await database.query(
    'TRUNCATE orders, order_lines, order_adjustments, order_tenders, products, customers RESTART IDENTITY CASCADE',
  );
});

const toPlace = (customerId: number, order = orderBody([1])) => orderToPlace(customerId, order, clock.now());
const stateOf = (placed: PlacedOrder | undefined) =>
  placed?.kind === 'resolved' ? placed.order.state : placed?.kind;
const stockOf = async (productId: number) => {
  const { rows } = await database.query(
    'SELECT stock_count AS stock, order_count AS orders FROM products WHERE id = $1',
    [productId],
  );
  return rows[0];
};

describe('placing orders', () => {
  it('stores a confirmed order with its lines, its payment and what follows from them', async () => {
    await seedShop(database, { stockCounts: [5, 5], customerCount: 1 });
    await database.query(
      `INSERT INTO cart_lines (customer_id, product_id, quantity, added_at) VALUES (1, 1, 1, now()), (1, 2, 1, now())`,
    );
    const order = orderBody([{ productId: 1, quantity: 2 }]);
    const [placed] = await placeOrdersOn(database, clock)([toPlace(1, order)]);
    expect(placed).toMatchObject({
      kind: 'resolved',
      customerId: 1,
      order: { id: order.id, state: 'confirmed', totalKrw: 22_500, resolvedAt: NOW },
      stages: { receivedMs: 0 },
    });
    expect(await readOrders(database, 1, [order.id])).toEqual([placed?.kind === 'resolved' && placed.order]);
    expect(await stockOf(1)).toEqual({ stock: 3, orders: 1 });
    const cart = await database.query('SELECT product_id FROM cart_lines WHERE customer_id = 1');
    expect(cart.rows).toEqual([{ product_id: 2 }]);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('keeps with an order the address that its customer had then, and with a rejected one none', async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 2 });
    const addresses = createAddressStore(database);
    const address = {
      recipient: '김민지',
      phone: '010-1234-5678',
      postcode: '04524',
      street: `세종대로 '110"`,
      detail: '',
    };
    const place = async (customerId: number, quantity = 1) => {
      const order = orderBody([{ productId: 1, quantity }]);
      await placeOrdersOn(database, clock)([toPlace(customerId, order)]);
      return order.id;
    };
    const goesTo = async (customerId: number, id: string) =>
      (await readOrder(database, customerId, id))?.deliveryAddress;
    const before = await place(1);
    await addresses.keep(1, address, clock.now());
    const [own, rejected, ofAnother] = [await place(1), await place(1, 9), await place(2)];
    await addresses.keep(1, { ...address, street: '첨단로 242' }, clock.now());
    const later = await place(1);
    await addresses.forget(1);
    expect(await goesTo(1, before)).toBeNull();
    expect(await goesTo(1, own)).toEqual(address);
    expect(await goesTo(1, rejected)).toBeNull();
    expect(await goesTo(2, ofAnother)).toBeNull();
    expect(await goesTo(1, later)).toEqual({ ...address, street: '첨단로 242' });
    expect(await readOrder(database, 2, own)).toBeNull();
    expect(JSON.stringify(await listOrders(database, 1, { limit: 9, offset: 0 }))).not.toContain('김민지');
  });

  it('never sells more than there is, however many come at once', async () => {
    await seedShop(database, { stockCounts: [7, 7, 7, 7], customerCount: 20 });
    const placeOrders = placeOrdersOn(database, clock);
    const results = await Promise.all(
      Array.from({ length: 80 }, (_, index) => {
        // Products in rising and falling order: whoever locked them as they come would end in a deadlock.
        const lines = index % 2 === 0 ? [1, 2, 3] : [4, 3, 2];
        return placeOrders([toPlace((index % 20) + 1, orderBody(lines))]);
      }),
    );
    const states = results.flat().map(stateOf);
    expect(states.filter((state) => state === 'confirmed')).toHaveLength(7);
    expect(await stockOf(2)).toEqual({ stock: 0, orders: 7 });
    expect(await auditFindings(database)).toEqual([]);
  });

  it('takes batches with common customers and products at the same time', async () => {
    await seedShop(database, { stockCounts: [1000, 1000, 1000], customerCount: 10 });
    const placeOrders = placeOrdersOn(database, clock);
    const batch = (from: number) =>
      Array.from({ length: 40 }, (_, index) => toPlace(((from + index * 7) % 10) + 1, orderBody([3, 1, 2])));
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map((from) => placeOrders(batch(from))));
    expect(new Set(results.flat().map(stateOf))).toEqual(new Set(['confirmed']));
    expect(await stockOf(1)).toEqual({ stock: 760, orders: 240 });
    expect(await auditFindings(database)).toEqual([]);
  });

  it('gives an order that comes again its stored outcome and places nothing', async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 1 });
    const placeOrders = placeOrdersOn(database, clock);
    const order = toPlace(1);
    const [first] = await placeOrders([order]);
    const [again] = await placeOrders([order]);
    expect(again).toEqual({ ...first, stages: null });
    expect(await stockOf(1)).toEqual({ stock: 4, orders: 1 });
  });

  it('places an order once when it comes several times at once or twice in a batch', async () => {
    await seedShop(database, { stockCounts: [50], customerCount: 1 });
    const placeOrders = placeOrdersOn(database, clock);
    const order = toPlace(1);
    const results = await Promise.all(Array.from({ length: 8 }, () => placeOrders([order, order])));
    expect(new Set(results.flat().map(stateOf))).toEqual(new Set(['confirmed']));
    expect(results.flat().filter((placed) => placed.kind === 'resolved' && placed.stages)).toHaveLength(1);
    expect(await stockOf(1)).toEqual({ stock: 49, orders: 1 });
  });

  it("tells nothing of another customer's order with the same id", async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 2 });
    const placeOrders = placeOrdersOn(database, clock);
    const order = orderBody([1]);
    await placeOrders([toPlace(1, order)]);
    const [stranger, own] = await placeOrders([toPlace(2, order), toPlace(2)]);
    const conflict = { kind: 'conflict', customerId: 2, orderId: order.id, reason: 'order-id-taken' };
    expect(stranger).toEqual(conflict);
    expect(stateOf(own)).toBe('confirmed');
    const [first, second] = [orderBody([1]), toPlace(2)];
    const inOneBatch = await placeOrders([toPlace(1, first), { ...second, order: first }]);
    expect(inOneBatch.map(stateOf)).toEqual(['confirmed', 'conflict']);
  });

  describe('with an id that stands for another order of the same customer', () => {
    const reasonOf = (placed: PlacedOrder | undefined) =>
      placed?.kind === 'conflict' ? placed.reason : stateOf(placed);
    const two = (quantity: number) => [
      { productId: 1, quantity },
      { productId: 2, quantity: 1 },
    ];

    it('places nothing and says so, unless the body is the same in another order of lines', async () => {
      await seedShop(database, { stockCounts: [5, 5], customerCount: 1 });
      const placeOrders = placeOrdersOn(database, clock);
      const order = orderBody(two(1));
      await placeOrders([toPlace(1, order)]);
      const [stored] = await readOrders(database, 1, [order.id]);
      const others = [
        { ...order, lines: two(2) },
        { ...order, paymentMethod: 'bank' as const },
        { ...order, expectedTotalKrw: 20_000 },
        { ...order, lines: [...order.lines].reverse() },
      ];
      const answers = await placeOrders(others.map((other) => toPlace(1, other)));
      expect(answers.map(reasonOf)).toEqual([
        'order-id-reused',
        'order-id-reused',
        'order-id-reused',
        'confirmed',
      ]);
      expect(await readOrders(database, 1, [order.id])).toEqual([stored]);
      expect(await auditFindings(database)).toEqual([]);
    });

    it('places the first of two, also in one batch and at the same moment', async () => {
      await seedShop(database, { stockCounts: [50, 50], customerCount: 1 });
      const placeOrders = placeOrdersOn(database, clock);
      const [first, second] = [orderBody(two(1)), orderBody(two(1))];
      const inOneBatch = await placeOrders([toPlace(1, first), toPlace(1, { ...first, lines: two(2) })]);
      expect(inOneBatch.map(reasonOf)).toEqual(['confirmed', 'order-id-reused']);
      const atOnce = await Promise.all(
        [second, { ...second, lines: two(2) }].map((order) => placeOrders([toPlace(1, order)])),
      );
      expect(atOnce.flat().map(reasonOf).sort()).toEqual(['confirmed', 'order-id-reused']);
      expect(await auditFindings(database)).toEqual([]);
    });

    it('compares what is stored where nobody kept what was asked for', async () => {
      await seedShop(database, { stockCounts: [5, 5], customerCount: 1 });
      const placeOrders = placeOrdersOn(database, clock);
      const order = orderBody(two(1));
      await placeOrders([toPlace(1, order)]);
      await database.query('UPDATE orders SET body_hash = NULL');
      const answers = await placeOrders([toPlace(1, order), toPlace(1, { ...order, lines: two(2) })]);
      expect(answers.map(reasonOf)).toEqual(['confirmed', 'order-id-reused']);
    });
  });

  it('keeps two customers that race for one id apart', async () => {
    await seedShop(database, { stockCounts: [50, 50], customerCount: 2 });
    const placeOrders = placeOrdersOn(database, clock);
    const order = orderBody([1]);
    const results = await Promise.all([
      placeOrders([toPlace(1, order)]),
      placeOrders([toPlace(2, { ...order, lines: [{ productId: 2, quantity: 1 }] })]),
    ]);
    expect(results.flat().map(stateOf).sort()).toEqual(['confirmed', 'conflict']);
  });

  it('stores rejected orders with their reason, also of products that do not exist', async () => {
    await seedShop(database, { stockCounts: [0], customerCount: 1 });
    const orders = [toPlace(1), toPlace(1, orderBody([1, 99]))];
    const placed = await placeOrdersOn(database, clock)(orders);
    expect(placed.map((result) => result.kind === 'resolved' && result.order.rejectionReason)).toEqual([
      'sold-out',
      'unknown-product',
    ]);
    expect(await auditFindings(database)).toEqual([]);
  });

  it('rejects an order whose payment is declined and leaves the stock alone', async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 2 });
    const declineTheFirst: AuthorisePayments = async (requests) =>
      requests.map((_, index) => ({ kind: index === 0 ? 'declined' : 'approved' }));
    const placed = await placeOrdersOn(database, clock, declineTheFirst)([toPlace(1), toPlace(2)]);
    expect(placed.map(stateOf)).toEqual(['rejected', 'confirmed']);
    expect(await stockOf(1)).toEqual({ stock: 4, orders: 1 });
    expect(await auditFindings(database)).toEqual([]);
  });
});

describe('cancelling an order', () => {
  it('gives back stock, order count and payment', async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 1 });
    const order = orderBody([{ productId: 1, quantity: 3 }]);
    await placeOrdersOn(database, clock)([toPlace(1, order)]);
    const cancelOrder = createCancelOrder({ database, clock });
    expect(await cancelOrder(1, order.id)).toMatchObject({
      kind: 'cancelled',
      order: { state: 'cancelled' },
    });
    expect(await stockOf(1)).toEqual({ stock: 5, orders: 0 });
    expect(await auditFindings(database)).toEqual([]);
  });

  it('happens once, however often it is asked for at the same time', async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 1 });
    const order = orderBody([1]);
    await placeOrdersOn(database, clock)([toPlace(1, order)]);
    const cancelOrder = createCancelOrder({ database, clock });
    const results = await Promise.all([1, 2, 3].map(() => cancelOrder(1, order.id)));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['cancelled', 'forbidden', 'forbidden']);
    expect(await stockOf(1)).toEqual({ stock: 5, orders: 0 });
  });

  it("does not find another customer's order", async () => {
    await seedShop(database, { stockCounts: [5], customerCount: 2 });
    const order = orderBody([1]);
    await placeOrdersOn(database, clock)([toPlace(1, order)]);
    const cancelOrder = createCancelOrder({ database, clock });
    expect(await cancelOrder(2, order.id)).toEqual({ kind: 'not-found' });
    expect(await stockOf(1)).toEqual({ stock: 4, orders: 1 });
  });

  it('is possible while other orders take the same products', async () => {
    await seedShop(database, { stockCounts: [100, 100, 100], customerCount: 4 });
    const placeOrders = placeOrdersOn(database, clock);
    const cancelOrder = createCancelOrder({ database, clock });
    const first = Array.from({ length: 20 }, () => orderBody([3, 1, 2]));
    await placeOrders(first.map((order) => toPlace(1, order)));
    await Promise.all([
      ...first.map((order) => cancelOrder(1, order.id)),
      ...first.map((_, index) => placeOrders([toPlace((index % 3) + 2, orderBody([2, 3, 1]))])),
    ]);
    expect(await stockOf(1)).toEqual({ stock: 80, orders: 20 });
    expect(await auditFindings(database)).toEqual([]);
  });
});

describe('the list of orders', () => {
  it("shows a customer's own orders, newest first", async () => {
    await seedShop(database, { stockCounts: [50], customerCount: 2 });
    const placeOrders = placeOrdersOn(database, clock);
    const ids: string[] = [];
    for (const customerId of [1, 2, 1, 1]) {
      clock.advance(1_000);
      const order = toPlace(customerId);
      await placeOrders([order]);
      if (customerId === 1) ids.unshift(order.order.id);
    }
    const list = async (limit: number, offset: number) =>
      (await listOrders(database, 1, { limit, offset })).map(({ id }) => id);
    expect(await list(10, 0)).toEqual(ids);
    expect(await list(2, 1)).toEqual(ids.slice(1));
  });
});
