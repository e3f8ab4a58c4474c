// A small shop for tests of the orders: products, customers and orders on them. Not used by the shop itself.
import { uuidv7 } from 'uuidv7';
import type { OrderLine, PlaceOrderBody } from '../contract/orders.ts';
import type { AuthorisePayments } from '../payments/authorise.ts';
import { approveAtOnce } from '../payments/authorise.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { createOrderMetrics } from './metrics.ts';
import { createPlaceOrders, type OrderToPlace, type PlaceOrders } from './place-orders.ts';

/** Adds products 1…n of 10,000 KRW with the given stock, and customers 1…m. */
export async function seedShop(
  database: Database,
  shop: { stockCounts: readonly number[]; customerCount: number },
): Promise<void> {
  await database.query(`INSERT INTO categories (name) VALUES ('things') ON CONFLICT DO NOTHING`);
  await database.query(
    `INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count)
     SELECT 1, 'product ' || position, 10000, 10000, stock, stock
     FROM unnest($1::int[]) WITH ORDINALITY AS s (stock, position)`,
    [shop.stockCounts],
  );
  await database.query(
    `INSERT INTO customers (name, nickname, region, email)
     SELECT 'name', 'nickname', 'Seoul', n || '@example.test' FROM generate_series(1, $1::int) AS n`,
    [shop.customerCount],
  );
}

/** The use case on a test's database. */
export function placeOrdersOn(
  database: Database,
  clock: Clock,
  authorisePayments: AuthorisePayments = approveAtOnce,
): PlaceOrders {
  const metrics = createOrderMetrics(createMetrics().registry);
  return createPlaceOrders({ database, clock, authorisePayments, metrics });
}

/** The body of an order of one each of the given products, or of the given lines. */
export function orderBody(lines: readonly (number | OrderLine)[]): PlaceOrderBody {
  return {
    id: uuidv7(),
    lines: lines.map((line) => (typeof line === 'number' ? { productId: line, quantity: 1 } : line)),
    paymentMethod: 'card',
  };
}

/** An order on its way, as a transport hands it over. */
export function orderToPlace(customerId: number, order: PlaceOrderBody, placedAt: Date): OrderToPlace {
  return { customerId, placedAt, order, stages: { receivedMs: 0, publishedMs: null, consumedMs: null } };
}

/** The audit's views in short: what must hold at every moment. */
export async function auditFindings(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ finding: string }>(`
    SELECT 'stock of product ' || product_id AS finding FROM audit.stock
     WHERE stock_count < 0 OR stock_count + held_count <> stocked_count
    UNION ALL
    SELECT 'sum of order ' || order_id FROM audit.order_sums JOIN audit.orders ON id = order_id
     WHERE order_sums.total_krw <> lines_krw + adjustments_krw
        OR tenders_krw <> CASE WHEN state = 'confirmed' THEN order_sums.total_krw ELSE 0 END
    UNION ALL
    SELECT 'last order of customer ' || customer_id FROM audit.customer_orders
     WHERE last_ordered_at IS DISTINCT FROM last_confirmed_placed_at`);
  return rows.map(({ finding }) => finding);
}
