// Bench: the live counters of one product that thousands have open, while people come to it and leave: how late each page hears of a
// change, what that costs the API, and what a connected page takes of its memory.
import { setTimeout as delay } from 'node:timers/promises';
import { quantileSorted } from 'simple-statistics';
import { startShop } from '../../targets/our-shop/shop-processes.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  reported,
} from '../bench.ts';
import { BENCH_SCENARIO, type BenchStack, withBenchStack, withWorld } from './bench-shop.ts';
import { readShopMetrics } from './shop-metrics.ts';
import { createWatchingCrowd, type Watcher, type WatchingCrowd } from './watching-crowd.ts';

const SEEN_P99_MS = 1_000;
const MESSAGES_PER_SECOND = 4;
const PRODUCT_ID = 1;
const CHANGE_EVERY_MS = 20;
/** Everything that was told before the changes begin has arrived by then, and the last change after they end. */
const SETTLE_MS = 1_500;
type Size = { viewerCount: number; visitorCount: number; warmUpMs: number; changesMs: number };
const SIZES: Record<BenchSize, Size> = {
  full: { viewerCount: 3_000, visitorCount: 100, warmUpMs: 5_000, changesMs: 15_000 },
  check: { viewerCount: 20, visitorCount: 5, warmUpMs: 0, changesMs: 1_000 },
};

const page = { productIds: [PRODUCT_ID], viewedId: PRODUCT_ID };
const elsewhere = { productIds: [], viewedId: null };

/** Visitors open the product's page and leave it, in turn, for so long. */
async function change(
  visitors: readonly Watcher[],
  durationMs: number,
  monotonicMs: () => number,
): Promise<void> {
  const startedMs = monotonicMs();
  for (let index = 0; monotonicMs() < startedMs + durationMs; index += 1) {
    const isComing = Math.floor(index / visitors.length) % 2 === 0;
    visitors[index % visitors.length]?.socket.counters.show(
      isComing ? { ...page, productIds: [] } : elsewhere,
    );
    await delay(CHANGE_EVERY_MS);
  }
}

/** What the API says of itself: its CPU time in s and its memory in bytes. */
async function readUse(url: string): Promise<{ cpuSeconds: number; residentBytes: number }> {
  const read = await readShopMetrics(url);
  return {
    cpuSeconds: read('process_cpu_seconds_total'),
    residentBytes: read('process_resident_memory_bytes'),
  };
}

async function measure(crowd: WatchingCrowd, url: string, context: BenchContext): Promise<BenchRow[]> {
  const { monotonicMs, view } = context;
  const { viewerCount, visitorCount, warmUpMs, changesMs } = SIZES[context.size];
  const visitors = await crowd.open(viewerCount + 1, visitorCount);
  const empty = await readUse(url);
  view.detail(`${viewerCount} sockets`);
  const viewers = await crowd.open(1, viewerCount);
  for (const { socket } of viewers) socket.counters.show(page);
  await delay(SETTLE_MS);
  const full = await readUse(url);
  view.detail('people come and go');
  await change(visitors, warmUpMs, monotonicMs);
  const [before, beforeMs] = [await readUse(url), monotonicMs()];
  for (const viewer of viewers) viewer.messageCount = 0;
  const seenMs = crowd.keepSeen();
  await change(visitors, changesMs, monotonicMs);
  const [after, seconds] = [await readUse(url), (monotonicMs() - beforeMs) / 1_000];
  const messageCount = viewers.reduce((sum, viewer) => sum + viewer.messageCount, 0);
  const mostOfOne = Math.max(...viewers.map((viewer) => viewer.messageCount));
  await delay(SETTLE_MS);
  seenMs.sort((a, b) => a - b);
  return [
    reported('counters.seen p50', quantileSorted(seenMs, 0.5), 'ms'),
    judged('counters.seen p99', quantileSorted(seenMs, 0.99), 'ms', { atMost: SEEN_P99_MS }),
    // One more may fall into the span than fits it.
    judged('counters.messages of a viewer', (mostOfOne - 1) / seconds, '/s', { atMost: MESSAGES_PER_SECOND }),
    reported('counters.messages', messageCount / seconds, '/s'),
    reported('counters.apiCpu', (after.cpuSeconds - before.cpuSeconds) / seconds, 'cores'),
    reported('counters.socket', (full.residentBytes - empty.residentBytes) / viewerCount, 'bytes'),
    counted(
      'counters.told',
      viewers.filter((viewer) => viewer.messageCount > 0).length,
      viewerCount,
      'people',
    ),
  ];
}

async function run(context: BenchContext, found: BenchStack): Promise<BenchRow[]> {
  return withWorld(context, found, async (world) => {
    const shop = await startShop(BENCH_SCENARIO, { ...world, generatorHasPriority: false });
    try {
      const crowd = createWatchingCrowd({ url: shop.url, seed: BENCH_SCENARIO.data.seed });
      try {
        return await measure(crowd, shop.url, context);
      } finally {
        await crowd.close();
      }
    } finally {
      await shop.stop();
    }
  });
}

export const counters: Bench = {
  name: 'counters',
  question: 'how late 3,000 viewers of one product hear that people come and go, and what that costs',
  expectedSeconds: 60,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
