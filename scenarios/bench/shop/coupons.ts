// Bench: everybody's coupon used by two orders at once, through the shop's own transaction in batches, as the transports run it.
// What counts is that each coupon went to one order and none to two.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { createRandom } from '../../../sim/model/chance/random.ts';
import type { OrderMessage } from '../../../system/contract/messages.ts';
import { withClient } from '../../data/databases.ts';
import { giveCoupons } from '../../targets/our-shop/give-coupons.ts';
import { type Bench, type BenchContext, type BenchRow, type BenchSize, counted, reported } from '../bench.ts';
import { placeBareOrders } from '../programs/bare-orders.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';
import { createOrderMaker } from './order-messages.ts';

const COUPON_COUNTS: Record<BenchSize, number> = { full: 10_000, check: 200 };
const BATCH_SIZE = 100;
/** As many lanes as the topic has partitions, and one more, so that the two orders of a coupon often meet in two transactions. */
const AT_ONCE_COUNT = 4;
/** So that no order is rejected for another reason than its coupon. */
const MORE_STOCK_COUNT = 100_000;

type Coupon = { couponId: string; customerId: number };

async function prepare(client: Client, couponCount: number): Promise<Coupon[]> {
  await client.query(
    `UPDATE products SET stock_count = stock_count + $1, stocked_count = stocked_count + $1`,
    [MORE_STOCK_COUNT],
  );
  await giveCoupons(client, 1, new Date());
  const { rows } = await client.query<Coupon>(
    `SELECT coupon_id AS "couponId", customer_id AS "customerId" FROM audit.coupons ORDER BY customer_id LIMIT $1`,
    [couponCount],
  );
  if (rows.length < couponCount)
    throw new Error(
      `${rows.length} coupons were given, needed ${couponCount}: the data set has too few people.`,
    );
  return rows;
}

/** Two orders for each coupon, mixed within two batches: some pairs stand in one batch, some in two that are under way at once. */
function ordersFor(coupons: readonly Coupon[]): OrderMessage[] {
  const random = createRandom(BENCH_SCENARIO.data.seed, 'bench-coupons');
  const messages = createOrderMaker(BENCH_SCENARIO)(2 * coupons.length);
  const orders = messages.map((message, index) => {
    const coupon = coupons[Math.floor(index / 2)];
    if (coupon === undefined) throw new Error('there are more orders than two for each coupon');
    const { customerId, couponId } = coupon;
    const place = 2 * BATCH_SIZE * Math.floor(index / (2 * BATCH_SIZE)) + random.uniform() * 2 * BATCH_SIZE;
    return { place, message: { ...message, customerId, order: { ...message.order, couponId } } };
  });
  return orders.sort((a, b) => a.place - b.place).map(({ message }) => message);
}

type Found = { used: number; standing: number; refused: number };

async function find(client: Client): Promise<Found> {
  const { rows } = await client.query<Found>(
    `SELECT (SELECT count(*) FROM audit.coupons WHERE order_id IS NOT NULL)::int AS used,
            count(*) FILTER (WHERE state = 'confirmed')::int AS standing,
            count(*) FILTER (WHERE rejection_reason = 'coupon-used')::int AS refused
       FROM audit.orders WHERE coupon_id IS NOT NULL`,
  );
  return rows[0] ?? { used: 0, standing: 0, refused: 0 };
}

async function measure({ folder, size, view }: BenchContext, { databaseUrl }: World): Promise<BenchRow[]> {
  const couponCount = COUPON_COUNTS[size];
  const coupons = await withClient(databaseUrl, (client) => prepare(client, couponCount));
  const ordersFile = join(folder, 'coupon-orders.ndjson');
  const orders = ordersFor(coupons);
  await writeFile(ordersFile, orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
  view.detail(`${orders.length} orders for ${couponCount} coupons`);
  const placed = await placeBareOrders(
    { databaseUrl, folder, poolSize: AT_ONCE_COUNT },
    { ordersFile, batchSize: BATCH_SIZE, atOnceCount: AT_ONCE_COUNT, warmUpMs: 0, measureMs: null },
  );
  const found = await withClient(databaseUrl, find);
  return [
    reported('coupons.rate', placed.perSecond, 'orders/s'),
    counted('coupons.used', found.used, couponCount, 'coupons'),
    counted('coupons.ordersThatHaveOne', found.standing, couponCount, 'orders'),
    counted('coupons.ordersTooLate', found.refused, couponCount, 'orders'),
  ];
}

async function run(context: BenchContext, found: BenchStack): Promise<BenchRow[]> {
  return withWorld(context, found, (world) => measure(context, world));
}

export const coupons: Bench = {
  name: 'coupons',
  question: 'that each of 10,000 coupons goes to one of the two orders that want it at once',
  expectedSeconds: 30,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
