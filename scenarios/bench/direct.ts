// Bench: orders a second through POST /orders without a broker, beside the same transaction run by a bare loop with as many
// under way. Both take turns on databases of the same data set.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { Pool } from 'undici';
import { refreshTokenOf } from '../../sim/history/accounts.ts';
import type { SessionView } from '../../system/contract/customers.ts';
import type { OrderMessage } from '../../system/contract/messages.ts';
import { startShop } from '../run/shop-processes.ts';
import type { Scenario } from '../scenario.ts';
import { placeBareOrders } from './bare-orders.ts';
import { type Bench, type BenchContext, judged, reported } from './bench.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';
import { createOrderMaker } from './order-messages.ts';

const MIN_RATE_RATIO = 0.6;
const TURNS = 5;
const WARM_UP_MS = 2_000;
const MEASURE_MS = 3_000;
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

async function signIn(pool: Pool, customerId: number): Promise<Customer> {
  const answer = await pool.request({
    method: 'POST',
    path: '/sessions/refresh',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken: refreshTokenOf(SCENARIO.data.seed, customerId) }),
  });
  const session = (await answer.body.json()) as SessionView;
  if (answer.statusCode >= 300)
    throw new Error(`Signing customer ${customerId} in: HTTP ${answer.statusCode}.`);
  return { customerId, accessToken: session.accessToken };
}

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

/** Orders a second that got their 201 in the measured time. */
async function rateOverHttp(
  pool: Pool,
  customers: readonly Customer[],
  messages: readonly OrderMessage[],
  monotonicMs: () => number,
): Promise<number> {
  const bodies = messages.map(({ order }) => JSON.stringify(order));
  const fromMs = monotonicMs() + WARM_UP_MS;
  const untilMs = fromMs + MEASURE_MS;
  let next = 0;
  let placedCount = 0;
  await Promise.all(
    customers.map(async ({ accessToken }) => {
      const headers = ['content-type', 'application/json', 'authorization', `Bearer ${accessToken}`];
      while (monotonicMs() < untilMs) {
        const body = bodies[next++];
        if (body === undefined) throw new Error(`${messages.length} orders are not enough for a turn.`);
        await placeOverHttp(pool, headers, body);
        const nowMs = monotonicMs();
        if (nowMs >= fromMs && nowMs < untilMs) placedCount += 1;
      }
    }),
  );
  return placedCount / (MEASURE_MS / 1_000);
}

async function takeTurns(context: BenchContext, shopUrl: string, bare: World) {
  const { folder, monotonicMs, view } = context;
  const pool = new Pool(shopUrl, { connections: AT_ONCE_COUNT, pipelining: 1 });
  const ordersFile = join(folder, 'orders.ndjson');
  const makeOrders = createOrderMaker(SCENARIO);
  const rates = { http: [] as number[], bare: [] as number[] };
  try {
    const ids = Array.from({ length: AT_ONCE_COUNT }, (_, index) => 1 + index);
    const customers = await Promise.all(ids.map((customerId) => signIn(pool, customerId)));
    for (let turn = 0; turn < TURNS; turn++) {
      view.detail(`${AT_ONCE_COUNT} orders at a time, turn ${turn + 1} of ${TURNS}`);
      const messages = makeOrders(ORDERS_PER_TURN).map((message, index) => ({
        ...message,
        customerId: ids[index % ids.length] ?? 1,
      }));
      await writeFile(ordersFile, messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
      const ways = [
        async () => rates.http.push(await rateOverHttp(pool, customers, messages, monotonicMs)),
        async () =>
          rates.bare.push(
            await placeBareOrders(
              { databaseUrl: bare.databaseUrl, folder, poolSize: AT_ONCE_COUNT },
              {
                ordersFile,
                batchSize: 1,
                atOnceCount: AT_ONCE_COUNT,
                warmUpMs: WARM_UP_MS,
                measureMs: MEASURE_MS,
              },
            ),
          ),
      ];
      for (const way of turn % 2 === 0 ? ways : ways.reverse()) await way();
    }
    return rates;
  } finally {
    await pool.destroy();
  }
}

async function run(context: BenchContext, found: BenchStack) {
  const rates = await withWorld(context, found, (served) =>
    withWorld(context, found, async (bare) => {
      const shop = await startShop(SCENARIO, { ...served, generatorHasPriority: true });
      try {
        return await Promise.race([takeTurns(context, shop.url, bare), shop.failed]);
      } finally {
        await shop.stop();
      }
    }),
  );
  const ratios = rates.http.map((rate, turn) => rate / (rates.bare[turn] ?? Number.NaN));
  return [
    judged('direct.rateBesideTransaction', median(ratios), '×', { atLeast: MIN_RATE_RATIO }),
    reported('direct.rate', median(rates.http), 'orders/s'),
    reported('direct.rateOfTransaction', median(rates.bare), 'orders/s'),
  ];
}

export const direct: Bench = {
  name: 'direct',
  question: 'orders a second through POST /orders without a broker, beside the bare transaction',
  expectedSeconds: 65,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
