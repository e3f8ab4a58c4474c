// Bench: how fast the orders-consumer works off a backlog, offsets and pushes included, beside the same transactions on the
// same data set without a broker. Both take turns, each in a fresh database.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs';
import { mean } from 'simple-statistics';
import { freePorts } from '../../deploy/local/free-ports.ts';
import { createShopTopics, endedError, startShopProcess } from '../../deploy/local/shop-programs.ts';
import { ORDERS_TOPIC, type OrderMessage } from '../../system/contract/messages.ts';
import type { ShopEnvironment } from '../../system/contract/processes.ts';
import { withClient } from '../run/databases.ts';
import { placeBareOrders } from './bare-orders.ts';
import { type Bench, type BenchContext, judged, reported } from './bench.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';
import { createOrderMaker } from './order-messages.ts';

const MIN_RATE_RATIO = 0.5;
/** As many batches under way as the consumer has partitions. */
const AT_ONCE_COUNT = 3;
const POOL_SIZE = 4;
const PUBLISHED_AT_ONCE = 1_000;
const POLL_MS = 200;
const DRAIN_WITHIN_MS = 300_000;
const BATCH_SIZE = BENCH_SCENARIO.shop.ordersBatchMax;

/**
 * Orders a second of both ways from what the shop stored: from the instant at which a tenth was resolved, when code and
 * caches are warm, to the last.
 */
async function storedRate(databaseUrl: string, expectedCount: number): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ total: number; counted: number; seconds: number }>(
      `WITH warm AS (SELECT percentile_disc(0.1) WITHIN GROUP (ORDER BY resolved_at) AS at FROM audit.orders)
       SELECT count(*)::int AS total, count(*) FILTER (WHERE resolved_at > at)::int AS counted,
              extract(epoch FROM max(resolved_at) - max(at))::float8 AS seconds
         FROM audit.orders, warm`,
    );
    const [found] = rows;
    if (found?.total !== expectedCount)
      throw new Error(`${expectedCount} orders were to be stored; found ${found?.total ?? 0}.`);
    return found.counted / found.seconds;
  });
}

async function publish(world: World, messages: readonly OrderMessage[]): Promise<void> {
  const kafka = new Kafka({ clientId: 'bench', brokers: [...world.kafkaBrokers], logLevel: logLevel.ERROR });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    for (let start = 0; start < messages.length; start += PUBLISHED_AT_ONCE) {
      await producer.send({
        topic: `${world.kafkaPrefix}${ORDERS_TOPIC}`,
        acks: -1,
        compression: CompressionTypes.None,
        messages: messages.slice(start, start + PUBLISHED_AT_ONCE).map((message) => ({
          key: String(message.customerId),
          value: JSON.stringify(message),
        })),
      });
    }
  } finally {
    await producer.disconnect();
  }
}

function environmentOf(world: World): Partial<ShopEnvironment> {
  return {
    DATABASE_URL: world.databaseUrl,
    REDIS_URL: world.redisUrl,
    KAFKA_BROKERS: world.kafkaBrokers.join(','),
    SHOP_ROLES: 'orders-consumer',
    REDIS_KEY_PREFIX: world.redisKeyPrefix,
    KAFKA_PREFIX: world.kafkaPrefix,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    ORDERS_BATCH_MAX: String(BATCH_SIZE),
    LOG_LEVEL: 'warn',
  };
}

/** Waits until every offset is committed and no push has failed. */
async function untilDrained(
  world: World,
  count: number,
  metricsUrl: string,
  monotonicMs: () => number,
): Promise<void> {
  const deadlineMs = monotonicMs() + DRAIN_WITHIN_MS;
  for (;;) {
    const { committedCount, deadLetterCount } = await world.broker.facts();
    if (deadLetterCount > 0) throw new Error(`${deadLetterCount} orders went to the dead letters.`);
    if (committedCount === count) break;
    if (monotonicMs() > deadlineMs)
      throw new Error(
        `Only ${committedCount} of ${count} offsets were committed within ${DRAIN_WITHIN_MS} ms.`,
      );
    await wait(POLL_MS);
  }
  const metrics = await (await fetch(metricsUrl)).text();
  if (!/^shop_orders_push_failures_total 0$/m.test(metrics))
    throw new Error('Some outcomes could not be pushed.');
}

async function drainOnce(
  context: BenchContext,
  world: World,
  messages: readonly OrderMessage[],
): Promise<number> {
  const environment = environmentOf(world);
  await createShopTopics(environment, { logFile: join(world.logFolder, 'shop-topics.log') });
  await publish(world, messages);
  const [port = 0] = await freePorts(1);
  const consumer = await startShopProcess('bench-shop-orders-consumer', port, environment, {
    logFile: join(world.logFolder, 'orders-consumer.log'),
    graceMs: 15_000,
  });
  const ended = consumer.exited.then((exit) => {
    throw endedError(consumer, exit);
  });
  ended.catch(() => undefined);
  try {
    const drained = untilDrained(
      world,
      messages.length,
      `http://127.0.0.1:${port}/metrics`,
      context.monotonicMs,
    );
    await Promise.race([drained, ended]);
  } finally {
    await consumer.stop();
  }
  return storedRate(world.databaseUrl, messages.length);
}

async function placeOnce(
  context: BenchContext,
  world: World,
  ordersFile: string,
  count: number,
): Promise<number> {
  const { databaseUrl } = world;
  await placeBareOrders(
    { databaseUrl, folder: context.folder, poolSize: POOL_SIZE },
    { ordersFile, batchSize: BATCH_SIZE, atOnceCount: AT_ONCE_COUNT, warmUpMs: 0, measureMs: null },
  );
  return storedRate(databaseUrl, count);
}

async function run(context: BenchContext, found: BenchStack) {
  const { orderCount } = context.settings;
  const messages = createOrderMaker(BENCH_SCENARIO)(orderCount);
  const ordersFile = join(context.folder, 'orders.ndjson');
  await writeFile(ordersFile, messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  const sql: number[] = [];
  const drained: number[] = [];
  const ways = {
    sql: async (world: World) => sql.push(await placeOnce(context, world, ordersFile, orderCount)),
    drained: async (world: World) => drained.push(await drainOnce(context, world, messages)),
  };
  for (const [index, way] of (['sql', 'drained', 'drained', 'sql'] as const).entries()) {
    const name = way === 'sql' ? 'bare transactions' : 'through Kafka';
    context.view.detail(`${orderCount} orders, ${name} (${index + 1} of 4)`);
    await withWorld(context, found, ways[way]);
  }
  return [
    judged('drain.rateBesideSql', mean(drained) / mean(sql), '×', { atLeast: MIN_RATE_RATIO }),
    reported('drain.rate', mean(drained), 'orders/s'),
    reported('drain.rateOfSql', mean(sql), 'orders/s'),
  ];
}

export const drain: Bench = {
  name: 'drain',
  question:
    'the orders-consumer on a backlog, offsets and pushes included, beside the same SQL without a broker',
  expectedSeconds: 120,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
