// The bare transaction, for benches to compare the transports with: places orders from a file with the shop's own
// `placeOrders`, without HTTP, broker and push. Started by its path with IPC; answers each job with a Cost.
import { readFile } from 'node:fs/promises';
import { readSettings } from '../config.ts';
import { createOrderMetrics } from '../orders/metrics.ts';
import { createPlaceOrders, type OrderToPlace } from '../orders/place-orders.ts';
import { decodeOrder } from '../orders/transports/order-message.ts';
import { approveAtOnce } from '../payments/authorise.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import { createDatabase } from '../platform/postgres/postgres.ts';
import { createClock } from '../platform/settings/clock.ts';

type Job = {
  /** Lines of order messages (contract/messages.ts). */
  ordersFile: string;
  batchSize: number;
  /** Batches under way at the same time. */
  atOnceCount: number;
  /** What is placed in this time does not count. */
  warmUpMs: number;
  /** Ends after so long even if orders are left; null: all orders. */
  measureMs: number | null;
};

/** Orders that were placed in the measured time, how long that was, and all that were placed. */
type Cost = { orderCount: number; seconds: number; placedCount: number };

const settings = readSettings(process.env, ['databaseUrl', 'databasePoolSize', 'logLevel']);
const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });

async function readOrders(file: string): Promise<OrderToPlace[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const order = decodeOrder(Buffer.from(line));
    return { ...order, stages: { ...order.stages, consumedMs: null } };
  });
}

async function run(job: Job): Promise<Cost> {
  const orders = await readOrders(job.ordersFile);
  const database = createDatabase({
    url: settings.databaseUrl,
    poolSize: settings.databasePoolSize,
    applicationName: 'bench',
    log: createLog({ level: settings.logLevel, name: 'bench' }),
  });
  const metrics = createOrderMetrics(createMetrics().registry);
  const placeOrders = createPlaceOrders({ database, clock, authorisePayments: approveAtOnce, metrics });
  const fromMs = clock.monotonicMs() + job.warmUpMs;
  const untilMs = job.measureMs === null ? Infinity : fromMs + job.measureMs;
  let next = 0;
  let orderCount = 0;
  let placedCount = 0;
  let lastMs = fromMs;
  async function lane(): Promise<void> {
    while (next < orders.length && clock.monotonicMs() < untilMs) {
      const batch = orders.slice(next, next + job.batchSize);
      next += batch.length;
      await placeOrders(batch);
      placedCount += batch.length;
      const committedMs = clock.monotonicMs();
      if (committedMs < fromMs || committedMs >= untilMs) continue;
      orderCount += batch.length;
      lastMs = committedMs;
    }
  }
  try {
    await Promise.all(Array.from({ length: job.atOnceCount }, lane));
    if (next >= orders.length && untilMs < Infinity)
      throw new Error(`${orders.length} orders were placed before the time was over; more are needed`);
    const seconds = ((job.measureMs === null ? lastMs : untilMs) - fromMs) / 1_000;
    return { orderCount, seconds, placedCount };
  } finally {
    await database.end();
  }
}

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    process.send?.({ id, result: await run(job) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
