// The SQL of placing orders: lock and read what a batch needs, then write it. Statements take whole batches as arrays,
// so that one order costs the database as few round trips as two hundred, and are named, so that each connection plans
// them once.
import { DatabaseError, type QueryConfig } from 'pg';
import type { PaymentMethod } from '../contract/common.ts';
import type { OrderState, RejectionReason } from '../contract/orders.ts';
import type { HeldCoupon } from '../coupons/rules.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { Adjustment, Buyer, PricedLine, SaleProduct } from './rules.ts';

/** What a batch must know before it is decided. */
export type BatchContext = {
  products: Map<number, SaleProduct>;
  customers: Map<number, Buyer>;
  coupons: Map<string, HeldCoupon>;
  /** Owner of each order id that is already stored, and what it was asked for with; null when that is not known. */
  stored: Map<string, { customerId: number; bodyHash: string | null }>;
};

/** An order as it is stored. */
export type NewOrder = {
  id: string;
  customerId: number;
  state: OrderState;
  rejectionReason: RejectionReason | null;
  paymentMethod: PaymentMethod;
  totalKrw: number;
  placedAt: Date;
  resolvedAt: Date;
  lines: PricedLine[];
  adjustments: Adjustment[];
  /** That it was asked for with. */
  couponId: string | null;
  tenders: { method: PaymentMethod; amountKrw: number; state: 'approved' | 'declined' }[];
  /** As orderBodyHash writes it. */
  bodyHash: string;
};

/**
 * Locks the batch's products and customers and reads them, and looks up which order ids are stored already.
 *
 * Locks are taken products first, then customers, each in id order: two batches can never wait for each other in a
 * circle. FOR NO KEY UPDATE is the lock the later UPDATE takes anyway; it lets foreign keys refer to the rows meanwhile.
 * A locked row is read as it is after the wait, but the order ids are seen as of the statement's start: an order that
 * another transaction stores meanwhile shows as a unique violation at the write (see isOrderIdTaken).
 */
export async function lockBatch(
  connection: Queryable,
  batch: { productIds: number[]; customerIds: number[]; orderIds: string[] },
): Promise<Omit<BatchContext, 'coupons'>> {
  const result = await connection.query<{ kind: string; rows: unknown }>({
    name: 'orders-lock-batch',
    text: LOCK_BATCH,
    values: [batch.productIds, batch.customerIds, batch.orderIds],
  });
  const rowsOf = (kind: string) => result.rows.find((row) => row.kind === kind)?.rows ?? [];
  const products = rowsOf('products') as SaleProduct[];
  const customers = rowsOf('customers') as Buyer[];
  const stored = rowsOf('orders') as { id: string; customerId: number; bodyHash: string | null }[];
  return {
    products: new Map(products.map((product) => [product.id, product])),
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    stored: new Map(stored.map(({ id, ...order }) => [id, order])),
  };
}

const LOCK_BATCH = `
  WITH locked_products AS MATERIALIZED (
    SELECT id, category_id AS "categoryId", name, image, price_krw AS "priceKrw", stock_count AS "stockCount", sold_out AS "soldOut"
    FROM products WHERE id = ANY($1::int[]) AND deleted_at IS NULL
    ORDER BY id FOR NO KEY UPDATE
  ), locked_customers AS MATERIALIZED (
    SELECT id, status <> 'WITHDRAWN' AS active, grade, region
    FROM customers WHERE id = ANY($2::int[])
    ORDER BY id FOR NO KEY UPDATE
  )
  SELECT 'products' AS kind, coalesce(json_agg(p), '[]') AS rows FROM locked_products p
  UNION ALL
  SELECT 'customers', coalesce(json_agg(c), '[]') FROM locked_customers c
  UNION ALL
  SELECT 'orders', coalesce(json_agg(o), '[]')
  FROM (SELECT id, customer_id AS "customerId", body_hash AS "bodyHash" FROM orders WHERE id = ANY($3::uuid[])) o`;

/**
 * The statement that writes decided orders with all that follows from them: orders, each with the address that its customer has
 * at that moment, lines, adjustments, tenders; for the confirmed ones also stock, order counts (+1 per order and product,
 * whatever the quantity: popularity counts orders), the customer's last order and the lines taken out of the cart. All its
 * parts see the database as it was before.
 */
export function writingOf(orders: readonly NewOrder[]): QueryConfig {
  // In id order, so that two batches with common ids wait for each other at one place only.
  const sorted = orders.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const lines = sorted.flatMap((order) => order.lines.map((line) => ({ orderId: order.id, ...line })));
  const adjustments = sorted.flatMap((order) =>
    order.adjustments.map((adjustment) => ({ orderId: order.id, ...adjustment })),
  );
  const tenders = sorted.flatMap((order) =>
    order.tenders.map((tender) => ({ orderId: order.id, ...tender })),
  );
  return {
    name: 'orders-write',
    text: WRITE_ORDERS,
    values: [
      sorted.map((order) => order.id),
      sorted.map((order) => order.customerId),
      sorted.map((order) => order.state),
      sorted.map((order) => order.rejectionReason),
      sorted.map((order) => order.paymentMethod),
      sorted.map((order) => order.totalKrw),
      sorted.map((order) => order.placedAt.toISOString()),
      sorted.map((order) => order.resolvedAt.toISOString()),
      lines.map((line) => line.orderId),
      lines.map((line) => line.productId),
      lines.map((line) => line.quantity),
      lines.map((line) => line.unitPriceKrw),
      adjustments.map((adjustment) => adjustment.orderId),
      adjustments.map((adjustment) => adjustment.type),
      adjustments.map((adjustment) => adjustment.amountKrw),
      tenders.map((tender) => tender.orderId),
      tenders.map((tender) => tender.method),
      tenders.map((tender) => tender.amountKrw),
      tenders.map((tender) => tender.state),
      sorted.map((order) => order.bodyHash),
      sorted.map((order) => order.couponId),
    ],
  };
}

const WRITE_ORDERS = `
  WITH placed AS (
    INSERT INTO orders (id, customer_id, state, rejection_reason, payment_method, total_krw, placed_at, resolved_at,
                        body_hash, coupon_id, delivery_address)
    SELECT o.*, (SELECT jsonb_build_object('recipient', a.recipient, 'phone', a.phone, 'postcode', a.postcode,
                                           'street', a.street, 'detail', a.detail)
                 FROM customer_addresses a WHERE a.customer_id = o.customer_id AND o.state <> 'rejected')
    FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[],
                $8::timestamptz[], $20::bytea[], $21::uuid[])
         AS o (id, customer_id, state, rejection_reason, payment_method, total_krw, placed_at, resolved_at, body_hash,
               coupon_id)
  ), lines AS (
    INSERT INTO order_lines (order_id, product_id, quantity, unit_price_krw)
    SELECT * FROM unnest($9::uuid[], $10::int[], $11::int[], $12::int[])
  ), adjustments AS (
    INSERT INTO order_adjustments (order_id, type, amount_krw)
    SELECT * FROM unnest($13::uuid[], $14::text[], $15::bigint[])
  ), tenders AS (
    INSERT INTO order_tenders (order_id, method, amount_krw, state)
    SELECT * FROM unnest($16::uuid[], $17::text[], $18::bigint[], $19::text[])
  ), sold AS MATERIALIZED (
    SELECT o.customer_id, l.product_id, l.quantity
    FROM unnest($1::uuid[], $2::int[], $3::text[]) AS o (id, customer_id, state)
    JOIN unnest($9::uuid[], $10::int[], $11::int[]) AS l (order_id, product_id, quantity) ON l.order_id = o.id
    WHERE o.state = 'confirmed'
  ), stock AS (
    UPDATE products p
    SET stock_count = p.stock_count - s.quantity, order_count = p.order_count + s.orders
    FROM (SELECT product_id, sum(quantity)::int AS quantity, count(*)::int AS orders
          FROM sold GROUP BY product_id) s
    WHERE p.id = s.product_id
  ), buyers AS (
    UPDATE customers c
    SET last_ordered_at = greatest(c.last_ordered_at, b.placed_at)
    FROM (SELECT customer_id, max(placed_at) AS placed_at
          FROM unnest($2::int[], $3::text[], $7::timestamptz[]) AS o (customer_id, state, placed_at)
          WHERE state = 'confirmed' GROUP BY customer_id) b
    WHERE c.id = b.customer_id
  )
  DELETE FROM cart_lines i USING sold s
  WHERE i.customer_id = s.customer_id AND i.product_id = s.product_id`;

// The parts of one statement run in no fixed order, so the collision may show in any of its tables.
const KEYS_BY_ORDER_ID = new Set([
  'orders_pkey',
  'order_lines_pkey',
  'order_adjustments_pkey',
  'order_tenders_pkey',
]);

/** Whether a write failed because another transaction has just stored one of its order ids. Doing it anew finds it. */
export function isOrderIdTaken(error: unknown): boolean {
  return error instanceof DatabaseError && KEYS_BY_ORDER_ID.has(error.constraint ?? '');
}
