import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grade } from '../contract/common.ts';
import { type OrderState, repeatedProduct } from '../contract/orders.ts';
import type { HeldCoupon } from '../coupons/rules.ts';
import {
  type Buyer,
  decideOrders,
  discountKrw,
  mayBecome,
  type OrderWish,
  passThrough,
  type SaleProduct,
  shippingKrw,
} from './rules.ts';

const NOON = new Date('2026-03-02T03:00:00Z');
const product = (id: number, changes: Partial<SaleProduct> = {}): SaleProduct => ({
  id,
  categoryId: 1,
  name: `product ${id}`,
  image: '',
  priceKrw: 10_000,
  stockCount: 5,
  soldOut: false,
  ...changes,
});
const buyer = (id: number, changes: Partial<Buyer> = {}): Buyer => ({
  id,
  active: true,
  grade: 'BRONZE',
  region: 'Seoul',
  ...changes,
});
const wish = (id: string, changes: Partial<OrderWish> = {}): OrderWish => ({
  id,
  customerId: 1,
  lines: [{ productId: 1, quantity: 1 }],
  paymentMethod: 'card',
  placedAt: NOON,
  ...changes,
});
const byId = <T extends { id: number }>(...things: T[]) => new Map(things.map((thing) => [thing.id, thing]));
const noCoupons = new Map<string, HeldCoupon>();
const reasonOf = (
  order: OrderWish,
  products = byId(product(1)),
  customers = byId(buyer(1)),
  coupons = noCoupons,
) => {
  const [decision] = decideOrders([order], { products, customers, coupons });
  return decision?.state === 'rejected' ? decision.rejectionReason : decision?.state;
};

describe('the states of an order', () => {
  it('lead from reserved over approved to confirmed', () => {
    expect(passThrough('reserved', 'approved', 'confirmed')).toBe('confirmed');
  });

  it('do not lead out of an end', () => {
    for (const end of ['rejected', 'cancelled', 'refunded'] as OrderState[])
      expect(() => passThrough(end, 'confirmed')).toThrow(`an order that is ${end} cannot become confirmed`);
  });

  it('let an order be cancelled until it is shipped', () => {
    expect(mayBecome('confirmed', 'cancelled')).toBe(true);
    expect(mayBecome('shipped', 'cancelled')).toBe(false);
  });
});

describe('the price', () => {
  it('holds free shipping from 50,000 KRW of items, else 2,500 and to Jeju 3,000', () => {
    expect(shippingKrw(50_000, 'Seoul')).toBe(0);
    expect(shippingKrw(50_000, 'Jeju')).toBe(0);
    expect(shippingKrw(49_999, 'Seoul')).toBe(2_500);
    expect(shippingKrw(49_999, 'Jeju')).toBe(3_000);
  });

  it.each<[Grade, number]>([
    ['BRONZE', 0],
    ['SILVER', 240],
    ['GOLD', 610],
    ['VIP', 1_230],
  ])('gives %s %i KRW off 12,340 KRW, floored to 10 KRW', (grade, expected) => {
    expect(discountKrw(12_340, grade)).toBe(expected);
  });

  it('adds up to the total that the shop decides', () => {
    const customers = byId(buyer(1, { grade: 'VIP', region: 'Jeju' }));
    const [decision] = decideOrders([wish('a')], {
      products: byId(product(1)),
      customers,
      coupons: noCoupons,
    });
    expect(decision).toMatchObject({
      totalKrw: 12_000,
      adjustments: [
        { type: 'shipping', amountKrw: 3_000 },
        { type: 'discount', amountKrw: -1_000 },
      ],
    });
  });
});

describe('an order is rejected', () => {
  it('when its customer has withdrawn or does not exist', () => {
    expect(reasonOf(wish('a'), byId(product(1)), byId(buyer(1, { active: false })))).toBe(
      'customer-not-active',
    );
    expect(reasonOf(wish('a', { customerId: 9 }))).toBe('customer-not-active');
  });

  it('when a product does not exist', () => {
    expect(reasonOf(wish('a', { lines: [{ productId: 7, quantity: 1 }] }))).toBe('unknown-product');
  });

  it('when a product is flagged sold out or has too little stock', () => {
    expect(reasonOf(wish('a'), byId(product(1, { soldOut: true })))).toBe('sold-out');
    expect(reasonOf(wish('a', { lines: [{ productId: 1, quantity: 6 }] }))).toBe('sold-out');
    expect(reasonOf(wish('a', { lines: [{ productId: 1, quantity: 5 }] }))).toBe('reserved');
  });

  it('when its total is not the one that the shopper saw', () => {
    expect(reasonOf(wish('a', { expectedTotalKrw: 12_499 }))).toBe('price-changed');
    expect(reasonOf(wish('a', { expectedTotalKrw: 12_500 }))).toBe('reserved');
  });

  it('without taking stock from the orders behind it', () => {
    const large = wish('a', { lines: [{ productId: 1, quantity: 6 }] });
    const small = wish('b', { lines: [{ productId: 1, quantity: 5 }] });
    const facts = { products: byId(product(1)), customers: byId(buyer(1)), coupons: noCoupons };
    const states = decideOrders([large, small], facts).map(({ state }) => state);
    expect(states).toEqual(['rejected', 'reserved']);
  });
});

describe('an order with a coupon', () => {
  const later = new Date(NOON.getTime() + 1);
  const coupon: HeldCoupon = {
    id: 'c',
    customerId: 1,
    expiresAt: later,
    orderId: null,
    scope: { kind: 'all' },
    benefit: { kind: 'rate', ratio: 0.1 },
  };
  const withCoupon = wish('a', { couponId: 'c' });
  const held = (changes: Partial<HeldCoupon> = {}) => new Map([['c', { ...coupon, ...changes }]]);
  const reason = (changes: Partial<HeldCoupon>, order = withCoupon) =>
    reasonOf(order, byId(product(1)), byId(buyer(1)), held(changes));

  it('costs as much less, beside shipping and the discount of the grade', () => {
    const customers = byId(buyer(1, { grade: 'VIP' }));
    const [decision] = decideOrders([withCoupon], {
      products: byId(product(1)),
      customers,
      coupons: held(),
    });
    expect(decision).toMatchObject({
      state: 'reserved',
      totalKrw: 10_500,
      adjustments: [
        { type: 'shipping', amountKrw: 2_500 },
        { type: 'discount', amountKrw: -1_000 },
        { type: 'coupon', amountKrw: -1_000 },
      ],
    });
  });

  it.each<[string, Partial<HeldCoupon>]>([
    ['coupon-unknown', { customerId: 2 }],
    ['coupon-used', { orderId: 'b' }],
    ['coupon-expired', { expiresAt: NOON }],
    ['coupon-does-not-apply', { scope: { kind: 'category', categoryId: 2 } }],
    ['coupon-does-not-apply', { scope: { kind: 'product', productId: 2 } }],
    ['reserved', { scope: { kind: 'category', categoryId: 1 } }],
    ['reserved', { scope: { kind: 'product', productId: 1 } }],
  ])('is %s with a coupon that has %o', (expected, changes) => {
    expect(reason(changes)).toBe(expected);
  });

  it('is rejected with one that nobody knows, and for what is worse before that', () => {
    expect(reasonOf(withCoupon)).toBe('coupon-unknown');
    const tooMany = { ...withCoupon, lines: [{ productId: 1, quantity: 6 }] };
    expect(reason({ orderId: 'b' }, tooMany)).toBe('sold-out');
  });

  it('is held against the total with the coupon', () => {
    expect(reason({}, { ...withCoupon, expectedTotalKrw: 11_500 })).toBe('reserved');
    expect(reason({}, { ...withCoupon, expectedTotalKrw: 12_500 })).toBe('price-changed');
  });

  it('leaves the coupon to none behind it, but where it is rejected itself', () => {
    const orders = [
      wish('a', { couponId: 'c', lines: [{ productId: 1, quantity: 9 }] }),
      wish('b', { couponId: 'c' }),
      wish('d', { couponId: 'c' }),
    ];
    const facts = { products: byId(product(1)), customers: byId(buyer(1)), coupons: held() };
    const reasons = decideOrders(orders, facts).map((one) =>
      one.state === 'rejected' ? one.rejectionReason : one.state,
    );
    expect(reasons).toEqual(['sold-out', 'reserved', 'coupon-used']);
  });
});

describe('a batch of any orders', () => {
  const productIds = [1, 2, 3];
  const anyProducts = fc
    .tuple(
      ...productIds.map((id) =>
        fc.record({ stock: fc.nat(20), price: fc.integer({ min: 1, max: 99_999 }), id: fc.constant(id) }),
      ),
    )
    .map((rows) =>
      byId(...rows.map(({ id, stock, price }) => product(id, { stockCount: stock, priceKrw: price }))),
    );
  const anyLines = fc
    .uniqueArray(fc.constantFrom(...productIds, 4), { minLength: 1 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((productId) =>
          fc.record({ productId: fc.constant(productId), quantity: fc.integer({ min: 1, max: 9 }) }),
        ),
      ),
    );
  const anyOrders = fc
    .array(anyLines, { maxLength: 30 })
    .map((all) => all.map((lines, index) => wish(`order ${index}`, { lines })));
  const customers = byId(buyer(1, { grade: 'GOLD' }));

  it('never takes more than there is', () => {
    fc.assert(
      fc.property(anyOrders, anyProducts, (orders, products) => {
        const left = new Map([...products].map(([id, { stockCount }]) => [id, stockCount]));
        for (const decision of decideOrders(orders, { products, customers, coupons: noCoupons })) {
          if (decision.state === 'rejected') continue;
          for (const { productId, quantity } of decision.lines)
            left.set(productId, left.get(productId)! - quantity);
        }
        expect(Math.min(...left.values())).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has totals that are the sum of lines and adjustments', () => {
    fc.assert(
      fc.property(anyOrders, anyProducts, (orders, products) => {
        for (const { lines, adjustments, totalKrw } of decideOrders(orders, {
          products,
          customers,
          coupons: noCoupons,
        })) {
          const linesKrw = lines.reduce((sum, line) => sum + line.unitPriceKrw * line.quantity, 0);
          const adjustmentsKrw = adjustments.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
          expect(totalKrw).toBe(linesKrw + adjustmentsKrw);
        }
      }),
    );
  });

  it('is decided as if the orders had come one by one', () => {
    fc.assert(
      fc.property(anyOrders, anyProducts, (orders, products) => {
        const together = decideOrders(orders, { products, customers, coupons: noCoupons });
        const shelf = new Map([...products].map(([id, item]) => [id, { ...item }]));
        const oneByOne = orders.map((order) => {
          const [decision] = decideOrders([order], { products: shelf, customers, coupons: noCoupons });
          if (decision?.state === 'reserved')
            for (const { productId, quantity } of order.lines) shelf.get(productId)!.stockCount -= quantity;
          return decision;
        });
        expect(together).toEqual(oneByOne);
      }),
    );
  });
});

describe('repeatedProduct', () => {
  it('names the first product that stands in two lines', () => {
    const line = (productId: number) => ({ productId, quantity: 1 });
    expect(repeatedProduct([line(1), line(2), line(1)])).toBe(1);
    expect(repeatedProduct([line(1), line(2)])).toBeUndefined();
  });
});
