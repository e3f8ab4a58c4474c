// The bare transaction (system/bench/place-orders.ts), which must be started by its path: benches may not import the shop.
import { startBenchProgram } from './bench-program.ts';

export type BareOrdersJob = {
  ordersFile: string;
  batchSize: number;
  atOnceCount: number;
  warmUpMs: number;
  measureMs: number | null;
};

/** Places orders straight into a database; gives orders a second. */
export async function placeBareOrders(
  options: { databaseUrl: string; folder: string; poolSize: number },
  job: BareOrdersJob,
): Promise<number> {
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
    const { orderCount, seconds } = await program.ask<{ orderCount: number; seconds: number }>(job);
    return orderCount / seconds;
  } finally {
    await program.stop();
  }
}
