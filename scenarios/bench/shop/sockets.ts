// Bench: what a connected shopper costs the shop in memory. People sign in, connect and do something whose lists they wait for;
// resident memory and heap of the API's process stand beside those of the same process without them.
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { median, min } from 'simple-statistics';
import { Pool } from 'undici';
import { uuidv7 } from 'uuidv7';
import { createSocketOpener, type ShopSocket } from '../../../sim/adapters/our-shop/sockets.ts';
import { forEachBounded } from '../../../sim/engine/timing/bounded.ts';
import { createMachineTimeline } from '../../../sim/engine/timing/timeline.ts';
import { API_ROLE } from '../../../system/contract/roles.ts';
import { createProcessSampler } from '../../cell/process-sampler.ts';
import { recommending } from '../../questions/recommending.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { worldOf } from '../../scenario/world.ts';
import { type Shop, startShop } from '../../targets/our-shop/shop-processes.ts';
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
import { type BenchStack, withBenchStack, withWorld } from './bench-shop.ts';
import { heapBytes } from './shop-metrics.ts';
import { signIn } from './sign-in.ts';

const MOST_KB = 60;
const AT_ONCE = 16;
const ANSWER_WITHIN_MS = 30_000;
const SAMPLE_EVERY_MS = 250;

type Size = {
  /** Come and go first: the young generation of the heap has its size then, which no socket is to blame for. */
  warmUpCount: number;
  /** Connected when it is looked at, all together. */
  counts: readonly [few: number, many: number];
  sampleCount: number;
};
const SIZES: Record<BenchSize, Size> = {
  full: { warmUpCount: 1_500, counts: [1_000, 3_000], sampleCount: 24 },
  check: { warmUpCount: 4, counts: [8, 24], sampleCount: 2 },
};
const SCENARIO: Scenario = recommending;

/** Bytes. */
type Memory = { resident: number; heap: number };

/** Once nobody does anything: of the heap the least, because what is not needed any more goes when it will. */
async function look(shop: Shop, { size, monotonicMs, stop }: BenchContext): Promise<Memory> {
  const sampler = createProcessSampler(monotonicMs);
  const [resident, heap]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < SIZES[size].sampleCount; sample += 1) {
    await delay(SAMPLE_EVERY_MS, undefined, { signal: stop });
    heap.push(await heapBytes(shop.url));
    resident.push(sampler.sample({ api: shop.pids()[API_ROLE] ?? [] }).memoryBytes.api ?? 0);
  }
  return { resident: median(resident), heap: min(heap) };
}

type Connected = { close(): void };

/** Connects these people; rejects where one is not signed in, not connected or shown no lists. */
function createDoor(shopUrl: string) {
  const timeline = createMachineTimeline();
  const pool = new Pool(shopUrl, { connections: AT_ONCE });
  const openSocket = createSocketOpener({
    shopUrls: [shopUrl],
    connectDeadlineMs: ANSWER_WITHIN_MS,
    timeline,
  });

  /** With the first lists that came of what the person did. */
  function untilLists(socket: ShopSocket, personId: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const callOff = timeline.wakeAt(timeline.nowMs() + ANSWER_WITHIN_MS, () =>
      reject(new Error(`person ${personId} was shown no lists within ${ANSWER_WITHIN_MS / 1_000} s`)),
    );
    const target = { type: 'product', id: 1 + (personId % 1_000) } as const;
    socket.acts.act(
      { id: uuidv7(), action: 'click', target },
      {
        answered: () => undefined,
        shown() {
          callOff();
          resolve();
        },
      },
    );
    return promise;
  }

  async function connect(personId: number): Promise<Connected> {
    const accessToken = await signIn(pool, SCENARIO.data.seed, personId);
    const socket = openSocket({
      accessToken: () => accessToken,
      renewToken: async () => false,
      onConnect: () => undefined,
      onConnectError: () => undefined,
      onLists: () => undefined,
      onCoupon: () => undefined,
      onCounters: () => undefined,
    });
    await untilLists(socket, personId);
    return socket;
  }

  return {
    async letIn(personIds: readonly number[]): Promise<Connected[]> {
      const connected: Connected[] = [];
      await forEachBounded(personIds, AT_ONCE, async (personId) => {
        connected.push(await connect(personId));
      });
      return connected;
    },
    close: () => pool.close(),
  };
}

const kbBetween = (before: number, after: number, count: number) => (after - before) / count / 1_000;

async function measure(shop: Shop, context: BenchContext): Promise<BenchRow[]> {
  const { warmUpCount, counts } = SIZES[context.size];
  const [fewCount, manyCount] = counts;
  const personIds = worldOf(SCENARIO)
    .people.filter(({ status }) => status !== 'WITHDRAWN')
    .map(({ id }) => id);
  const door = createDoor(shop.url);
  const inside: Connected[] = [];
  try {
    context.view.detail(`${warmUpCount} people come and go`);
    const passing = await door.letIn(personIds.splice(0, warmUpCount));
    for (const one of passing) one.close();
    const none = await look(shop, context);
    context.view.detail(`${fewCount} people connect`);
    inside.push(...(await door.letIn(personIds.splice(0, fewCount))));
    const few = await look(shop, context);
    context.view.detail(`${manyCount} people are connected`);
    inside.push(...(await door.letIn(personIds.splice(0, manyCount - fewCount))));
    const many = await look(shop, context);
    return rowsOf({ none, few, many }, counts, inside.length);
  } finally {
    for (const one of inside) one.close();
    await door.close();
  }
}

function rowsOf(
  { none, few, many }: Record<'none' | 'few' | 'many', Memory>,
  [fewCount, manyCount]: Size['counts'],
  connectedCount: number,
): BenchRow[] {
  const kb = (of: keyof Memory) => ({
    few: kbBetween(none[of], few[of], fewCount),
    many: kbBetween(none[of], many[of], manyCount),
  });
  const [resident, heap] = [kb('resident'), kb('heap')];
  const limit = { atMost: MOST_KB };
  const people = counted('sockets.people', connectedCount, manyCount, 'people with lists');
  const ofHeap = [
    judged(`sockets.heap of ${manyCount}`, heap.many, 'KB each', limit),
    reported(`sockets.heap of ${fewCount}`, heap.few, 'KB each'),
  ];
  const name = `sockets.resident of ${manyCount}`;
  if (!existsSync('/proc/self/stat'))
    return [lacking(name, 'KB each', limit, 'no /proc on this system'), ...ofHeap, people];
  return [
    judged(name, resident.many, 'KB each', limit),
    reported(`sockets.resident of ${fewCount}`, resident.few, 'KB each'),
    ...ofHeap,
    reported('sockets.api without', none.resident / 1e6, 'MB'),
    people,
  ];
}

async function run(context: BenchContext, found: BenchStack): Promise<BenchRow[]> {
  return withWorld(context, found, async (world) => {
    const shop = await startShop(SCENARIO, { ...world, generatorHasPriority: false });
    try {
      return await Promise.race([measure(shop, context), shop.failed]);
    } finally {
      await shop.stop();
    }
  });
}

export const sockets: Bench = {
  name: 'sockets',
  question: 'memory of the API for each shopper who is connected and was shown lists',
  expectedSeconds: 90,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
