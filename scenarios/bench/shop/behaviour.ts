// Bench: the behaviour log and the search for products, whole, with either store behind them: actions over HTTP through the broker
// until a look-up finds them, and searches, half of them mistyped.
import { setTimeout as delay } from 'node:timers/promises';
import { quantileSorted } from 'simple-statistics';
import type { ProductList } from '../../../system/contract/catalog.ts';
import { withClient } from '../../data/databases.ts';
import type { Scenario } from '../../scenario/scenario.ts';
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
import { type Crowd, openCrowd } from './acting-crowd.ts';
import { BENCH_SCENARIO, type BenchStack, withBenchStack, withWorld } from './bench-shop.ts';

const FOUND_P99_MS = 1_000;
const SEARCH_P95_MS = 50;
const SEARCHES_PER_SECOND = 50;
/** How far what is stored may lie behind what was sent when nothing more is sent. */
const BEHIND_MS = 1_000;
const GIVE_UP_MS = 60_000;
/** Below what one customer may send. */
const ACTIONS_PER_PERSON = 30;
type Size = { warmUpMs: number; searchMs: number };
const SIZES: Record<BenchSize, Size> = {
  full: { warmUpMs: 5_000, searchMs: 10_000 },
  check: { warmUpMs: 200, searchMs: 500 },
};

function scenarioOf({ behaviourStore }: BenchContext['settings']): Scenario {
  return { ...BENCH_SCENARIO, behaviour: { send: 'on', store: behaviourStore } };
}

async function actions(crowd: Crowd, startedAt: Date, context: BenchContext): Promise<BenchRow[]> {
  const { size, settings, monotonicMs, view } = context;
  const { actionsPerSecond, actionSeconds } = settings;
  view.detail(`${actionsPerSecond} actions a second`);
  let sentCount = await crowd.act(actionsPerSecond / 2, SIZES[size].warmUpMs);
  const probing = new AbortController();
  const found = crowd.probe(probing.signal);
  const beganMs = monotonicMs();
  const measuredCount = await crowd.act(actionsPerSecond, actionSeconds * 1_000);
  sentCount += measuredCount;
  const endedMs = monotonicMs();
  probing.abort();
  const tookMs = (await found).sort((a, b) => a - b);
  sentCount += tookMs.length;
  let foundCount = await crowd.foundCount(startedAt);
  while (foundCount < sentCount && monotonicMs() < endedMs + GIVE_UP_MS) {
    await delay(50);
    foundCount = await crowd.foundCount(startedAt);
  }
  return [
    reported('behaviour.sent', measuredCount / ((endedMs - beganMs) / 1_000), 'actions/s'),
    judged('behaviour.behind at the end', monotonicMs() - endedMs, 'ms', { atMost: BEHIND_MS }),
    reported('behaviour.found p50', quantileSorted(tookMs, 0.5), 'ms'),
    judged('behaviour.found p99', quantileSorted(tookMs, 0.99), 'ms', { atMost: FOUND_P99_MS }),
    counted('behaviour.stored', foundCount, sentCount, 'actions'),
  ];
}

/** Two neighbours that have changed places. */
const mistyped = (word: string): string =>
  word.length < 4 ? word : `${word.slice(0, 1)}${word[2]}${word[1]}${word.slice(3)}`;

async function searches(crowd: Crowd, { size, monotonicMs, view }: BenchContext): Promise<BenchRow[]> {
  view.detail(`${SEARCHES_PER_SECOND} searches a second`);
  const { items } = await crowd.get<ProductList>('/products?pageSize=60');
  const words = items.flatMap(({ name }) => name.split(' ').slice(0, 2));
  const plannedCount = Math.round((SIZES[size].searchMs / 1_000) * SEARCHES_PER_SECOND);
  const tookMs: number[] = [];
  const search = async (index: number): Promise<void> => {
    const word = words[index % words.length] ?? '';
    const query = new URLSearchParams({ search: index % 2 === 0 ? word : mistyped(word) });
    const startedMs = monotonicMs();
    await crowd.get(`/products?${query}`);
    tookMs.push(monotonicMs() - startedMs);
  };
  const beganMs = monotonicMs();
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < plannedCount; index += 1) {
    const dueMs = beganMs + (index * 1_000) / SEARCHES_PER_SECOND;
    await delay(Math.max(0, dueMs - monotonicMs()));
    underWay.push(search(index));
  }
  await Promise.all(underWay);
  tookMs.sort((a, b) => a - b);
  return [
    reported('search p50', quantileSorted(tookMs, 0.5), 'ms'),
    judged('search p95', quantileSorted(tookMs, 0.95), 'ms', { atMost: SEARCH_P95_MS }),
    counted('search.answered', tookMs.length, plannedCount, 'searches'),
  ];
}

async function run(context: BenchContext, found: BenchStack): Promise<BenchRow[]> {
  const { settings, monotonicMs } = context;
  const scenario = scenarioOf(settings);
  return withWorld(context, found, async (world) => {
    await withClient(world.databaseUrl, (client) =>
      client.query(`UPDATE customers SET roles = '{customer,operator}' WHERE id = 1`),
    );
    const shop = await startShop(scenario, { ...world, generatorHasPriority: false });
    try {
      const crowd = await openCrowd({
        url: shop.url,
        seed: scenario.data.seed,
        count: 1 + Math.ceil(settings.actionsPerSecond / ACTIONS_PER_PERSON),
        monotonicMs,
      });
      try {
        return [...(await actions(crowd, shop.startedAt, context)), ...(await searches(crowd, context))];
      } finally {
        await crowd.close();
      }
    } finally {
      await shop.stop();
    }
  });
}

export const behaviour: Bench = {
  name: 'behaviour',
  question: 'actions a second until a look-up finds them, and searches for products, by either store',
  expectedSeconds: 60,
  run: (context) =>
    withBenchStack(context, (found) => run(context, found), {
      opensearch: context.settings.behaviourStore === 'opensearch',
    }),
};
