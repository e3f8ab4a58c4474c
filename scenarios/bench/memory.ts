// Bench: do generator and shop hold on to memory? A million requests go through both at a steady rate; resident memory and
// the shop's heap late in the run are compared with those of the warm beginning.
import { existsSync } from 'node:fs';
import { median, min } from 'simple-statistics';
import { createProcessSampler } from '../run/process-sampler.ts';
import { type Shop, startShop } from '../run/shop-processes.ts';
import { historySettings } from '../run/world.ts';
import type { Scenario } from '../scenario.ts';
import { type Bench, type BenchContext, type BenchRow, judged, notRun, reported } from './bench.ts';
import { BENCH_SCENARIO, type BenchStack, withBenchStack, withWorld } from './bench-shop.ts';
import { requestInput, runEngine } from './engine-run.ts';
import { growthMb } from './memory-growth.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';

const REQUESTS_PER_SECOND = 1_500;
const PEOPLE_COUNT = 2_000;
const LEAST_SUCCEEDED_RATIO = 0.99;
const MAX_GENERATOR_GROWTH_MB = 16;
const MAX_SHOP_GROWTH_MB = 32;
const MAX_SHOP_HEAP_GROWTH_MB = 8;

const SCENARIO: Scenario = { ...BENCH_SCENARIO, orders: { transport: 'direct' } };

/** Bytes, one sample a second. */
type Samples = { generator: number[]; shop: number[]; shopHeap: number[] };

async function heapBytes(shopUrl: string): Promise<number> {
  const text = await (await fetch(`${shopUrl}/metrics`)).text();
  const found = /^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1];
  if (found === undefined) throw new Error(`${shopUrl}/metrics does not tell nodejs_heap_size_used_bytes.`);
  return Number(found);
}

async function sendThrough(
  { folder, view, monotonicMs, settings }: BenchContext,
  shop: Shop,
): Promise<Samples> {
  const load: RequestLoad = {
    requestsPerSecond: REQUESTS_PER_SECOND,
    leadInMs: 0,
    durationMs: (settings.requestCount / REQUESTS_PER_SECOND) * 1_000,
    peopleCount: PEOPLE_COUNT,
    seed: 1,
  };
  const planFile = await writePlan(folder, planRequests(load));
  const sampler = createProcessSampler(monotonicMs);
  const samples: Samples = { generator: [], shop: [], shopHeap: [] };
  let generatorPid = 0;
  let sentCount = 0;
  let reading: Promise<unknown> = Promise.resolve();
  const { summary } = await runEngine({
    folder,
    input: requestInput(shop.url, planFile, load, historySettings(SCENARIO)),
    onStarted: (pid) => {
      generatorPid = pid;
    },
    onSecond(row) {
      sentCount += row.requestsSent;
      view.detail(`${sentCount} of ${settings.requestCount} requests`);
      if (row.second * 1_000 >= load.durationMs) return;
      const { memoryBytes } = sampler.sample({
        generator: [generatorPid],
        shop: Object.values(shop.pids()).flat(),
      });
      samples.generator.push(memoryBytes.generator ?? 0);
      samples.shop.push(memoryBytes.shop ?? 0);
      reading = Promise.all([reading, heapBytes(shop.url).then((bytes) => samples.shopHeap.push(bytes))]);
      reading.catch(() => undefined);
    },
  });
  await reading;
  const { plannedCount, requestsSucceededCount } = summary;
  if (requestsSucceededCount < LEAST_SUCCEEDED_RATIO * plannedCount) {
    throw new Error(
      `Only ${requestsSucceededCount} of ${plannedCount} requests succeeded: the machine is too busy for ${REQUESTS_PER_SECOND} requests/s.`,
    );
  }
  return samples;
}

function rowsOf(samples: Samples): BenchRow[] {
  const limits = { atMost: MAX_SHOP_HEAP_GROWTH_MB };
  const heap = judged('memory.shopHeapGrowth', growthMb(samples.shopHeap, min), 'MB', limits);
  const resident = [
    { name: 'memory.generatorGrowth', bytes: samples.generator, limit: { atMost: MAX_GENERATOR_GROWTH_MB } },
    { name: 'memory.shopGrowth', bytes: samples.shop, limit: { atMost: MAX_SHOP_GROWTH_MB } },
  ];
  if (!existsSync('/proc/self/stat')) {
    return [heap, ...resident.map(({ name, limit }) => notRun(name, 'MB', limit, 'no /proc on this system'))];
  }
  return [
    heap,
    ...resident.map(({ name, bytes, limit }) => judged(name, growthMb(bytes, median), 'MB', limit)),
    reported('memory.generator', (samples.generator.at(-1) ?? 0) / 1e6, 'MB'),
    reported('memory.shop', (samples.shop.at(-1) ?? 0) / 1e6, 'MB'),
  ];
}

async function run(context: BenchContext, found: BenchStack): Promise<BenchRow[]> {
  return withWorld(context, found, async (world) => {
    const shop = await startShop(SCENARIO, { ...world, generatorHasPriority: true });
    try {
      return rowsOf(await Promise.race([sendThrough(context, shop), shop.failed]));
    } finally {
      await shop.stop();
    }
  });
}

export const memory: Bench = {
  name: 'memory',
  question: 'memory of generator and shop over a million requests',
  expectedSeconds: 690,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
