// The SQL of stored orders: reading them and cancelling one. Placing them is in store-batch.ts.
import type { OrderDetails, OrderState, OrderView } from '../contract/orders.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';

const COLUMNS = `
         o.id, o.state, o.rejection_reason AS "rejectionReason", o.payment_method AS "paymentMethod",
         o.total_krw AS "totalKrw", o.placed_at AS "placedAt", o.resolved_at AS "resolvedAt",
         o.coupon_id AS "couponId",
         coalesce((SELECT json_agg(json_build_object('productId', l.product_id, 'name', coalesce(p.name, ''),
                                     'image', coalesce(p.image, ''), 'quantity', l.quantity, 'unitPriceKrw', l.unit_price_krw) ORDER BY l.product_id)
                   FROM order_lines l LEFT JOIN products p ON p.id = l.product_id
                   WHERE l.order_id = o.id), '[]') AS lines,
         coalesce((SELECT json_agg(json_build_object('type', a.type, 'amountKrw', a.amount_krw) ORDER BY a.type DESC)
                   FROM order_adjustments a WHERE a.order_id = o.id), '[]') AS adjustments`;

const ORDER_VIEW = `SELECT ${COLUMNS} FROM orders o`;
const ORDER_DETAILS = `SELECT ${COLUMNS}, o.delivery_address AS "deliveryAddress" FROM orders o`;

type OrderRow = Omit<OrderView, 'placedAt' | 'resolvedAt'> & { placedAt: Date; resolvedAt: Date | null };

function viewOf<Row extends OrderRow>(row: Row) {
  return {
    ...row,
    placedAt: row.placedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}

/** Reads one customer's orders among the given ids; others' ids and unknown ones are left out. */
export async function readOrders(
  connection: Queryable,
  customerId: number,
  orderIds: readonly string[],
): Promise<OrderView[]> {
  const result = await connection.query<OrderRow>({
    name: 'orders-read',
    text: `${ORDER_VIEW} WHERE o.customer_id = $1 AND o.id = ANY($2::uuid[])`,
    values: [customerId, orderIds],
  });
  return result.rows.map(viewOf);
}

/** One order with where it goes; null where the customer has no such order. */
export async function readOrder(
  connection: Queryable,
  customerId: number,
  orderId: string,
): Promise<OrderDetails | null> {
  const { rows } = await connection.query<OrderRow & Pick<OrderDetails, 'deliveryAddress'>>({
    name: 'order-read',
    text: `${ORDER_DETAILS} WHERE o.customer_id = $1 AND o.id = $2`,
    values: [customerId, orderId],
  });
  return rows.map(viewOf)[0] ?? null;
}

/** Reads any customers' orders by id. */
export async function readOrdersOfAll(
  connection: Queryable,
  orderIds: readonly string[],
): Promise<OrderView[]> {
  const result = await connection.query<OrderRow>({
    name: 'orders-read-of-all',
    text: `${ORDER_VIEW} WHERE o.id = ANY($1::uuid[])`,
    values: [orderIds],
  });
  return result.rows.map(viewOf);
}

/** One page of a customer's orders, newest first. */
export async function listOrders(
  connection: Queryable,
  customerId: number,
  page: { limit: number; offset: number },
): Promise<OrderView[]> {
  const result = await connection.query<OrderRow>({
    name: 'orders-list',
    text: `${ORDER_VIEW} WHERE o.customer_id = $1 ORDER BY o.placed_at DESC, o.id DESC LIMIT $2 OFFSET $3`,
    values: [customerId, page.limit, page.offset],
  });
  return result.rows.map(viewOf);
}

/** Locks one customer's order and reads its state and the coupon it was asked for with; undefined when they have no such order. */
export async function lockOrder(
  connection: Queryable,
  customerId: number,
  orderId: string,
): Promise<{ state: OrderState; couponId: string | null } | undefined> {
  const result = await connection.query<{ state: OrderState; couponId: string | null }>({
    name: 'orders-lock',
    text: 'SELECT state, coupon_id AS "couponId" FROM orders WHERE id = $1 AND customer_id = $2 FOR NO KEY UPDATE',
    values: [orderId, customerId],
  });
  return result.rows[0];
}

/**
 * Marks an order cancelled, gives its stock and order counts back and its tenders as refunded. The order's row must be
 * locked; its products are locked in id order, as lockBatch does.
 */
export async function writeCancellation(
  connection: Queryable,
  orderId: string,
  state: OrderState,
  cancelledAt: Date,
): Promise<void> {
  await connection.query({
    name: 'orders-cancel',
    text: `
      WITH cancelled AS (
        UPDATE orders SET state = $2, cancelled_at = $3 WHERE id = $1
      ), refunded AS (
        UPDATE order_tenders SET state = 'refunded' WHERE order_id = $1 AND state = 'approved'
      ), locked AS MATERIALIZED (
        SELECT id FROM products WHERE id IN (SELECT product_id FROM order_lines WHERE order_id = $1)
        ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE products p
      SET stock_count = p.stock_count + l.quantity, order_count = p.order_count - 1
      FROM locked, order_lines l
      WHERE p.id = locked.id AND l.order_id = $1 AND l.product_id = locked.id`,
    values: [orderId, state, cancelledAt],
  });
}
