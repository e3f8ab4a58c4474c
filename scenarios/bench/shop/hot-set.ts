// Bench: what a refresh of the hot set takes, 1,000 customers of 10,000 and 1,000 products of 20,000, and how long the shop works
// on a product page that is in it.
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { quantileSorted } from 'simple-statistics';
import { Pool } from 'undici';
import { CACHE_HEADER, HOT_SET_KEYS } from '../../../system/contract/cache.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { startShop } from '../../targets/our-shop/shop-processes.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  notRun,
  reported,
} from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withWorld } from './bench-shop.ts';

const MAX_REFRESH_MS = 100;
const MAX_HIT_MS = 1;
/** Pages asked for, one after the other: what is measured is the shop's work, not a queue before it. */
const PAGES: Record<BenchSize, number> = { full: 5_000, check: 50 };
const SCENARIO: Scenario = {
  ...BENCH_SCENARIO,
  orders: { transport: 'direct' },
  cache: { ...BENCH_SCENARIO.cache, policy: 'worker' },
};
const REFRESHES: Record<BenchSize, number> = { full: 40, check: 3 };
/** Its first ones compile code and fill caches. */
const WARM_UP_RATIO = 0.25;
const LOOK_EVERY_MS = 50;

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

/** Service times, from the send to the last byte, of pages of the hot set, by what the shop said of them. */
async function hitPages(
  context: BenchContext,
  world: World,
): Promise<{ hitsMs: number[]; missCount: number }> {
  const { monotonicMs, size } = context;
  const shop = await startShop(SCENARIO, { ...world, logFolder: context.folder, generatorHasPriority: true });
  const pool = new Pool(shop.url, { connections: 1, pipelining: 1 });
  const found = { hitsMs: [] as number[], missCount: 0 };
  try {
    const ids = await untilHotSet(world, context);
    const warmUpCount = Math.ceil(PAGES[size] * WARM_UP_RATIO);
    for (let index = -warmUpCount; index < PAGES[size]; index += 1) {
      const id = ids[(index + warmUpCount) % ids.length];
      const sentMs = monotonicMs();
      const { headers, body } = await pool.request({ method: 'GET', path: `/products/${id}` });
      await body.text();
      const tookMs = monotonicMs() - sentMs;
      if (index < 0) continue;
      if (headers[CACHE_HEADER] === 'hit') found.hitsMs.push(tookMs);
      else found.missCount += 1;
    }
    return found;
  } finally {
    await pool.destroy();
    await shop.stop();
  }
}

/** The products of the first hot set, which the worker lays down when it starts. */
async function untilHotSet({ redisUrl, redisKeyPrefix }: World, { stop }: BenchContext): Promise<string[]> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  redis.on('error', () => undefined);
  try {
    for (;;) {
      const ids = await redis.hkeys(`${redisKeyPrefix}${HOT_SET_KEYS.products}`);
      if (ids.length > 0) return ids;
      await wait(LOOK_EVERY_MS, undefined, { signal: stop });
    }
  } finally {
    redis.disconnect();
  }
}

/** @param hitsMs sorted */
function hitRows(hitsMs: readonly number[]): BenchRow[] {
  const limit = { atMost: MAX_HIT_MS };
  // Where Redis does not answer in time the database does.
  if (hitsMs.length === 0)
    return [notRun('hotSet.hitPath p50', 'ms', limit, 'no page came from the hot set')];
  return [
    judged('hotSet.hitPath p50', quantileSorted([...hitsMs], 0.5), 'ms', limit),
    reported('hotSet.hitPath p99', quantileSorted([...hitsMs], 0.99), 'ms'),
  ];
}

async function run(context: BenchContext, found: BenchStack) {
  const refreshCount = REFRESHES[context.size];
  context.view.detail(`${refreshCount} refreshes`);
  const { durationsMs, customerCount, productCount } = await withWorld(context, found, (world) =>
    refreshIn(world, context.folder, refreshCount),
  );
  const warm = durationsMs.slice(Math.floor(durationsMs.length * WARM_UP_RATIO)).sort((a, b) => a - b);
  context.view.detail(`${PAGES[context.size]} product pages`);
  const { hitsMs, missCount } = await withWorld(context, found, (world) => hitPages(context, world));
  return [
    ...hitRows(hitsMs.toSorted((a, b) => a - b)),
    reported('hotSet.pagesPastTheSet', missCount, 'pages'),
    counted('hotSet.pages', hitsMs.length + missCount, PAGES[context.size], 'pages'),
    judged('hotSet.refresh p50', quantileSorted(warm, 0.5), 'ms', { atMost: MAX_REFRESH_MS }),
    reported('hotSet.refresh max', Math.max(...warm), 'ms'),
    counted('hotSet.refreshes', durationsMs.length, refreshCount, 'refreshes'),
    counted('hotSet.customers', customerCount, 1_000, 'customers'),
    counted('hotSet.products', productCount, 1_000, 'products'),
  ];
}

export const hotSet: Bench = {
  name: 'hot-set',
  question: 'a refresh of the hot set (1,000 customers, 1,000 products), and a product page that hits it',
  expectedSeconds: 40,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
