// Bench: how fast the orders-consumer works off a backlog, offsets and pushes included, beside the same transactions on the
// same data set without a broker. Both take turns, each in a fresh database.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mean, sum } from 'simple-statistics';
import type { OrderMessage } from '../../../system/contract/messages.ts';
import { withClient } from '../../data/databases.ts';
import { type Bench, type BenchContext, type BenchSize, counted, judged, reported } from '../bench.ts';
import { placeBareOrders } from '../programs/bare-orders.ts';
import { BATCH_SIZE, drainBacklog, POOL_SIZE } from './backlog.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';
import { createOrderMaker } from './order-messages.ts';

const MIN_RATE_RATIO = 0.5;
/** As many batches under way as the consumer has partitions. */
const AT_ONCE_COUNT = 3;

type Way = 'sql' | 'drained';
const TURNS: Record<BenchSize, readonly Way[]> = {
  full: ['sql', 'drained', 'drained', 'sql'],
  check: ['sql', 'drained'],
};

/** How fast the shop stored the orders of a turn, a second, and how many of them it stored. */
type Stored = { perSecond: number; count: number };

/**
 * What the shop stored of these orders, the history's beside them left out: the rate is that from the instant at which a
 * tenth was resolved, when code and caches are warm, to the last, for both ways alike.
 */
async function storedOf(databaseUrl: string, messages: readonly OrderMessage[]): Promise<Stored> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ total: number; counted: number; seconds: number }>(
      `WITH own AS (SELECT resolved_at FROM audit.orders WHERE id = ANY ($1::uuid[])),
            warm AS (SELECT percentile_disc(0.1) WITHIN GROUP (ORDER BY resolved_at) AS at FROM own)
       SELECT count(resolved_at)::int AS total, count(*) FILTER (WHERE resolved_at > at)::int AS counted,
              extract(epoch FROM max(resolved_at) - max(at))::float8 AS seconds
         FROM own, warm`,
      [messages.map(({ order }) => order.id)],
    );
    const [found] = rows;
    if (found === undefined) return { perSecond: Number.NaN, count: 0 };
    return { perSecond: found.counted / found.seconds, count: found.total };
  });
}

async function drainOnce(
  { monotonicMs }: BenchContext,
  world: World,
  messages: readonly OrderMessage[],
): Promise<Stored> {
  await drainBacklog(world, messages, monotonicMs);
  return storedOf(world.databaseUrl, messages);
}

async function placeOnce(
  context: BenchContext,
  world: World,
  ordersFile: string,
  messages: readonly OrderMessage[],
): Promise<Stored> {
  const { databaseUrl } = world;
  await placeBareOrders(
    { databaseUrl, folder: context.folder, poolSize: POOL_SIZE },
    { ordersFile, batchSize: BATCH_SIZE, atOnceCount: AT_ONCE_COUNT, warmUpMs: 0, measureMs: null },
  );
  return storedOf(databaseUrl, messages);
}

async function run(context: BenchContext, found: BenchStack) {
  const { orderCount } = context.settings;
  const messages = createOrderMaker(BENCH_SCENARIO)(orderCount);
  const ordersFile = join(context.folder, 'orders.ndjson');
  await writeFile(ordersFile, messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  const stored: Record<Way, Stored[]> = { sql: [], drained: [] };
  const ways: Record<Way, (world: World) => Promise<Stored>> = {
    sql: (world) => placeOnce(context, world, ordersFile, messages),
    drained: (world) => drainOnce(context, world, messages),
  };
  const turns = TURNS[context.size];
  for (const [index, way] of turns.entries()) {
    const name = way === 'sql' ? 'bare transactions' : 'through Kafka';
    context.view.detail(`${orderCount} orders, ${name} (${index + 1} of ${turns.length})`);
    stored[way].push(await withWorld(context, found, ways[way]));
  }
  const rateOf = (way: Way): number => mean(stored[way].map(({ perSecond }) => perSecond));
  const countOf = (way: Way): number => sum(stored[way].map(({ count }) => count));
  return [
    judged('drain.rateBesideSql', rateOf('drained') / rateOf('sql'), '×', { atLeast: MIN_RATE_RATIO }),
    reported('drain.rate', rateOf('drained'), 'orders/s'),
    reported('drain.rateOfSql', rateOf('sql'), 'orders/s'),
    counted('drain.orders', countOf('drained'), stored.drained.length * orderCount, 'orders'),
    counted('drain.ordersOfSql', countOf('sql'), stored.sql.length * orderCount, 'orders'),
  ];
}

export const drain: Bench = {
  name: 'drain',
  question:
    'the orders-consumer on a backlog, offsets and pushes included, beside the same SQL without a broker',
  expectedSeconds: 120,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
