// Bench: orders a second through POST /orders without a broker, beside the same transaction run by a bare loop with as many
// under way. Both take turns on databases of the same data set.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median, sum } from 'simple-statistics';
import { Pool } from 'undici';
import type { OrderMessage } from '../../../system/contract/messages.ts';
import { withClient } from '../../data/databases.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { startShop } from '../../targets/our-shop/shop-processes.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  reported,
} from '../bench.ts';
import { type PlacedOrders, placeBareOrders } from '../programs/bare-orders.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';
import { createOrderMaker } from './order-messages.ts';
import { signIn } from './sign-in.ts';

const MIN_RATE_RATIO = 0.6;
type Size = { turns: number; warmUpMs: number; measureMs: number };
const SIZES: Record<BenchSize, Size> = {
  full: { turns: 5, warmUpMs: 2_000, measureMs: 3_000 },
  check: { turns: 1, warmUpMs: 500, measureMs: 1_500 },
};
/** Far more than either way places in a turn. */
const ORDERS_PER_TURN = 30_000;
/** Orders under way at the same time, and connections to the database, on both ways. */
const AT_ONCE_COUNT = 16;

const SCENARIO: Scenario = {
  ...BENCH_SCENARIO,
  orders: { transport: 'direct' },
  shop: { ...BENCH_SCENARIO.shop, databaseConnections: AT_ONCE_COUNT },
};

/** One signed-in customer a lane, who places orders one after the other. */
type Customer = { customerId: number; accessToken: string };

/** One order, sent with as little as a client can do: what the client costs, the shop does not have. */
function placeOverHttp(pool: Pool, headers: string[], body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.dispatch(
      { method: 'POST', path: '/orders', headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart(_controller, statusCode) {
          if (statusCode !== 201) reject(new Error(`POST /orders answered ${statusCode}, needed 201.`));
        },
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

/** Orders a second that got their 201 in the measured time, and how many got it at all. */
async function placeAllOverHttp(
  pool: Pool,
  customers: readonly Customer[],
  messages: readonly OrderMessage[],
  { size, monotonicMs }: BenchContext,
): Promise<PlacedOrders> {
  const { warmUpMs, measureMs } = SIZES[size];
  const bodies = messages.map(({ order }) => JSON.stringify(order));
  const fromMs = monotonicMs() + warmUpMs;
  const untilMs = fromMs + measureMs;
  let next = 0;
  let measuredCount = 0;
  let placedCount = 0;
  await Promise.all(
    customers.map(async ({ accessToken }) => {
      const headers = ['content-type', 'application/json', 'authorization', `Bearer ${accessToken}`];
      while (monotonicMs() < untilMs) {
        const body = bodies[next++];
        if (body === undefined) throw new Error(`${messages.length} orders are not enough for a turn.`);
        await placeOverHttp(pool, headers, body);
        const nowMs = monotonicMs();
        placedCount += 1;
        if (nowMs >= fromMs && nowMs < untilMs) measuredCount += 1;
      }
    }),
  );
  return { perSecond: measuredCount / (measureMs / 1_000), placedCount };
}

async function takeTurns(context: BenchContext, shopUrl: string, bare: World) {
  const { folder, view } = context;
  const { turns, warmUpMs, measureMs } = SIZES[context.size];
  const pool = new Pool(shopUrl, { connections: AT_ONCE_COUNT, pipelining: 1 });
  const ordersFile = join(folder, 'orders.ndjson');
  const makeOrders = createOrderMaker(SCENARIO);
  const placed = { http: [] as PlacedOrders[], bare: [] as PlacedOrders[] };
  try {
    const ids = Array.from({ length: AT_ONCE_COUNT }, (_, index) => 1 + index);
    const customers = await Promise.all(
      ids.map(async (customerId) => ({
        customerId,
        accessToken: await signIn(pool, SCENARIO.data.seed, customerId),
      })),
    );
    for (let turn = 0; turn < turns; turn++) {
      view.detail(`${AT_ONCE_COUNT} orders at a time, turn ${turn + 1} of ${turns}`);
      const messages = makeOrders(ORDERS_PER_TURN).map((message, index) => ({
        ...message,
        customerId: ids[index % ids.length] ?? 1,
      }));
      await writeFile(ordersFile, messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
      const ways = [
        async () => placed.http.push(await placeAllOverHttp(pool, customers, messages, context)),
        async () =>
          placed.bare.push(
            await placeBareOrders(
              { databaseUrl: bare.databaseUrl, folder, poolSize: AT_ONCE_COUNT },
              {
                ordersFile,
                batchSize: 1,
                atOnceCount: AT_ONCE_COUNT,
                warmUpMs,
                measureMs,
              },
            ),
          ),
      ];
      for (const way of turn % 2 === 0 ? ways : ways.reverse()) await way();
    }
    return placed;
  } finally {
    await pool.destroy();
  }
}

async function run(context: BenchContext, found: BenchStack) {
  return withWorld(context, found, (served) =>
    withWorld(context, found, async (bare) => {
      const shop = await startShop(SCENARIO, { ...served, generatorHasPriority: true });
      // The history's orders are not the bench's.
      const standing = await orderCountOf(bare.databaseUrl);
      try {
        const placed = await Promise.race([takeTurns(context, shop.url, bare), shop.failed]);
        return rowsOf(placed, {
          http: (await orderCountOf(served.databaseUrl)) - standing,
          bare: (await orderCountOf(bare.databaseUrl)) - standing,
        });
      } finally {
        await shop.stop();
      }
    }),
  );
}

function orderCountOf(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM audit.orders');
    return rows[0]?.count ?? 0;
  });
}

/** `stored`: orders that the turns left in both databases. */
function rowsOf(
  placed: { http: PlacedOrders[]; bare: PlacedOrders[] },
  stored: { http: number; bare: number },
): BenchRow[] {
  const ratesOf = (turns: PlacedOrders[]): number[] => turns.map(({ perSecond }) => perSecond);
  const countOf = (turns: PlacedOrders[]): number => sum(turns.map(({ placedCount }) => placedCount));
  const bareRates = ratesOf(placed.bare);
  const ratios = ratesOf(placed.http).map((rate, turn) => rate / (bareRates[turn] ?? Number.NaN));
  return [
    judged('direct.rateBesideTransaction', median(ratios), '×', { atLeast: MIN_RATE_RATIO }),
    reported('direct.rate', median(ratesOf(placed.http)), 'orders/s'),
    reported('direct.rateOfTransaction', median(bareRates), 'orders/s'),
    counted('direct.orders', stored.http, countOf(placed.http), 'orders'),
    counted('direct.ordersOfTransaction', stored.bare, countOf(placed.bare), 'orders'),
  ];
}

export const direct: Bench = {
  name: 'direct',
  question: 'orders a second through POST /orders without a broker, beside the bare transaction',
  expectedSeconds: 65,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
