// Bench: do generator and shop hold on to memory? A million requests go through both at a steady rate: most ask for one
// product, the others are whole shopping sessions with sockets, carts and orders. Resident memory and the shop's heap late
// in the run are compared with those of the warm beginning.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { median, min } from 'simple-statistics';
import { EXPECTED_SESSION } from '../../../sim/shopper/expected-session.ts';
import { createProcessSampler } from '../../cell/process-sampler.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { historySettings, worldOf } from '../../scenario/world.ts';
import { type Shop, startShop } from '../../targets/our-shop/shop-processes.ts';
import { growthMb } from '../../verdict/memory-growth.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  lacking,
  reported,
} from '../bench.ts';
import { requestInput, runEngine } from '../generator/engine-run.ts';
import { planRequests, type RequestLoad, writePlan } from '../generator/request-plan.ts';
import { BENCH_SCENARIO, type BenchStack, withBenchStack, withWorld } from './bench-shop.ts';
import { heapBytes } from './shop-metrics.ts';

/** Share of the requests that shoppers make in their sessions; a session costs many times a single request. */
const SHOPPERS_RATIO = 0.13;
const PEOPLE_COUNT = 2_000;
const THINK_TIME_COMPRESSION: Record<BenchSize, number> = { full: 20, check: 500 };
const LEAST_SUCCEEDED_RATIO = 0.99;
const MAX_GENERATOR_GROWTH_MB = 16;
const MAX_SHOP_GROWTH_MB = 32;
const MAX_SHOP_HEAP_GROWTH_MB = 8;

const SCENARIO: Scenario = { ...BENCH_SCENARIO, orders: { transport: 'direct' } };

/** Bytes, one sample a second of the span; `generator` is the sum of both generators. */
type Samples = {
  generator: number[];
  shop: number[];
  shopHeap: number[];
  orderCount: number;
  /** Single requests that were started, and those of them that ended. */
  startedCount: number;
  endedCount: number;
};

/** What each of the two generators is to do; together they make the requests asked for. */
function loadsOf({ size, settings: { requestCount, requestsPerSecond } }: BenchContext) {
  const common = {
    // As many sessions come in it as are open later: 95 of 100 sessions are over by then.
    leadInMs: Math.ceil(EXPECTED_SESSION.p95Ms / THINK_TIME_COMPRESSION[size]),
    durationMs: (requestCount / requestsPerSecond) * 1_000,
    peopleCount: PEOPLE_COUNT,
  };
  const people = worldOf(SCENARIO).people.filter(({ status }) => status !== 'WITHDRAWN');
  const shoppersPerSecond = (SHOPPERS_RATIO * requestsPerSecond) / EXPECTED_SESSION.meanRequests;
  return [
    {
      kind: 'request',
      ...common,
      seed: 1,
      people: people.slice(0, PEOPLE_COUNT),
      requestsPerSecond: (1 - SHOPPERS_RATIO) * requestsPerSecond,
    },
    // Other people: a refresh token can be used once, by one generator.
    {
      kind: 'shopper',
      ...common,
      seed: 2,
      people: people.slice(PEOPLE_COUNT, 2 * PEOPLE_COUNT),
      requestsPerSecond: shoppersPerSecond,
    },
  ] as const satisfies (RequestLoad & { kind: string })[];
}

async function sendThrough(context: BenchContext, shop: Shop): Promise<Samples> {
  const { size, folder, view, monotonicMs, settings } = context;
  const loads = loadsOf(context);
  const sampler = createProcessSampler(monotonicMs);
  const samples: Samples = {
    generator: [],
    shop: [],
    shopHeap: [],
    orderCount: 0,
    startedCount: 0,
    endedCount: 0,
  };
  const generatorPids: number[] = [];
  let sentCount = 0;
  let reading: Promise<unknown> = Promise.resolve();
  function sample(): void {
    const { memoryBytes } = sampler.sample({
      generator: generatorPids,
      shop: Object.values(shop.pids()).flat(),
    });
    samples.generator.push(memoryBytes.generator ?? 0);
    samples.shop.push(memoryBytes.shop ?? 0);
    reading = Promise.all([reading, heapBytes(shop.url).then((bytes) => samples.shopHeap.push(bytes))]);
    reading.catch(() => undefined);
  }
  async function send({ kind, ...load }: (typeof loads)[number]): Promise<void> {
    const ownFolder = join(folder, kind);
    mkdirSync(ownFolder, { recursive: true });
    const planFile = await writePlan(ownFolder, planRequests(load));
    const { summary } = await runEngine({
      folder: ownFolder,
      input: {
        ...requestInput(shop.url, planFile, load, historySettings(SCENARIO)),
        sessionKind: kind,
        thinkTimeCompression: THINK_TIME_COMPRESSION[size],
      },
      onStarted: (pid) => generatorPids.push(pid),
      onSecond({ second, counts }) {
        const isInSpan = second >= 0 && second * 1_000 < load.durationMs;
        if (isInSpan) {
          sentCount += counts.requestsSent ?? 0;
          samples.orderCount += counts.ordersConfirmed ?? 0;
          view.detail(`${sentCount} of ${settings.requestCount} requests, ${samples.orderCount} orders`);
        }
        if (isInSpan && kind === 'request') sample();
      },
    });
    const { plannedCount, startedCount, requestsSucceededCount, requestsFailedCount } = summary;
    if (kind === 'request') {
      samples.startedCount = startedCount;
      samples.endedCount = requestsSucceededCount + requestsFailedCount;
    }
    const sent = Math.max(plannedCount, requestsSucceededCount + requestsFailedCount);
    const least = Math.min(startedCount / plannedCount, requestsSucceededCount / sent);
    if (least >= LEAST_SUCCEEDED_RATIO) return;
    throw new Error(
      `Only ${requestsSucceededCount} of ${sent} requests succeeded, and ${startedCount} of ${plannedCount} were started in time: the machine is too busy for ${settings.requestsPerSecond} requests/s. Try --rate ${Math.floor(settings.requestsPerSecond / 2)}.`,
    );
  }
  await Promise.all(loads.map(send));
  await reading;
  return samples;
}

function rowsOf(samples: Samples): BenchRow[] {
  const limits = { atMost: MAX_SHOP_HEAP_GROWTH_MB };
  const heap = judged('memory.shopHeapGrowth', growthMb(samples.shopHeap, min), 'MB', limits);
  const requests = counted('memory.requests', samples.endedCount, samples.startedCount, 'single requests');
  const resident = [
    { name: 'memory.generatorGrowth', bytes: samples.generator, limit: { atMost: MAX_GENERATOR_GROWTH_MB } },
    { name: 'memory.shopGrowth', bytes: samples.shop, limit: { atMost: MAX_SHOP_GROWTH_MB } },
  ];
  if (!existsSync('/proc/self/stat')) {
    return [
      heap,
      ...resident.map(({ name, limit }) => lacking(name, 'MB', limit, 'no /proc on this system')),
      requests,
    ];
  }
  return [
    heap,
    ...resident.map(({ name, bytes, limit }) => judged(name, growthMb(bytes, median), 'MB', limit)),
    reported('memory.generator', (samples.generator.at(-1) ?? 0) / 1e6, 'MB'),
    reported('memory.shop', (samples.shop.at(-1) ?? 0) / 1e6, 'MB'),
    reported('memory.orders', samples.orderCount, 'orders'),
    requests,
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
  question: 'memory of generator and shop over a million requests, among them shopping sessions with orders',
  expectedSeconds: 730,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
