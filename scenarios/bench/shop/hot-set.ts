// Bench: what a refresh of the hot set takes, 1,000 customers of 10,000 and 1,000 products of 20,000.
import { quantileSorted } from 'simple-statistics';
import { type Bench, type BenchContext, type BenchSize, counted, judged, reported } from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import { type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';

const MAX_REFRESH_MS = 100;
const REFRESHES: Record<BenchSize, number> = { full: 40, check: 3 };
/** Its first ones compile code and fill caches. */
const WARM_UP_RATIO = 0.25;

type Refreshed = { durationsMs: number[]; customerCount: number; productCount: number };

async function refreshIn(world: World, folder: string, refreshCount: number): Promise<Refreshed> {
  // Started by its path: benches may not import the shop.
  const program = await startBenchProgram({
    path: 'system/bench/refresh-hot-set.ts',
    folder,
    env: {
      DATABASE_URL: world.databaseUrl,
      REDIS_URL: world.redisUrl,
      REDIS_KEY_PREFIX: world.redisKeyPrefix,
      LOG_LEVEL: 'warn',
    },
  });
  try {
    return await program.ask<Refreshed>({ refreshCount });
  } finally {
    await program.stop();
  }
}

async function run(context: BenchContext, found: BenchStack) {
  const refreshCount = REFRESHES[context.size];
  context.view.detail(`${refreshCount} refreshes`);
  const { durationsMs, customerCount, productCount } = await withWorld(context, found, (world) =>
    refreshIn(world, context.folder, refreshCount),
  );
  const warm = durationsMs.slice(Math.floor(durationsMs.length * WARM_UP_RATIO)).sort((a, b) => a - b);
  return [
    judged('hotSet.refresh p50', quantileSorted(warm, 0.5), 'ms', { atMost: MAX_REFRESH_MS }),
    reported('hotSet.refresh max', Math.max(...warm), 'ms'),
    counted('hotSet.refreshes', durationsMs.length, refreshCount, 'refreshes'),
    counted('hotSet.customers', customerCount, 1_000, 'customers'),
    counted('hotSet.products', productCount, 1_000, 'products'),
  ];
}

export const hotSet: Bench = {
  name: 'hot-set',
  question: 'a refresh of the hot set: 1,000 customers and 1,000 products from PostgreSQL into Redis',
  expectedSeconds: 20,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
