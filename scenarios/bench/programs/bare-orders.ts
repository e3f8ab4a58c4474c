// The bare transaction (system/bench/place-orders.ts), which must be started by its path: benches may not import the shop.
import { startBenchProgram } from './bench-program.ts';

type BareOrdersJob = {
  ordersFile: string;
  batchSize: number;
  atOnceCount: number;
  warmUpMs: number;
  measureMs: number | null;
};

/** Orders a second in the measured time; `placedCount` are all, those of the warm-up and of the last moment too. */
export type PlacedOrders = { perSecond: number; placedCount: number };

/** Places orders straight into a database. */
export async function placeBareOrders(
  options: { databaseUrl: string; folder: string; poolSize: number },
  job: BareOrdersJob,
): Promise<PlacedOrders> {
  const program = await startBenchProgram({
    path: 'system/bench/place-orders.ts',
    folder: options.folder,
    env: {
      DATABASE_URL: options.databaseUrl,
      DATABASE_POOL_SIZE: String(options.poolSize),
      LOG_LEVEL: 'warn',
    },
  });
  try {
    const answer = await program.ask<{ orderCount: number; placedCount: number; seconds: number }>(job);
    return { perSecond: answer.orderCount / answer.seconds, placedCount: answer.placedCount };
  } finally {
    await program.stop();
  }
}
