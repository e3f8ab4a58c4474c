// Bench: what a request of a shop of somebody's own costs the generator's CPU beside one of our own adapter, at the same plan and rate
// against the same stub. Both take turns, and the medians of the turns are compared. Theirs reads the body that ours leaves alone.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median, sum } from 'simple-statistics';
import type { GeneratorInput } from '../../../sim/generator/input.ts';
import { repositoryRoot } from '../../data/repository.ts';
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
import { type StubShop, startStubShop } from '../programs/stub-shop.ts';
import { requestInput, runEngine } from './engine-run.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';

const FULL = {
  rates: [500, 2_000],
  turns: 4,
  warmUpRequests: 5_000,
  leastLeadInMs: 2_000,
  durationMs: 4_000,
};
const SIZES: Record<BenchSize, typeof FULL> = {
  full: FULL,
  check: { rates: [100], turns: 2, warmUpRequests: 0, leastLeadInMs: 500, durationMs: 1_000 },
};
const PEOPLE_COUNT = 1_000;
/** As many as our own adapter asks for. */
const ITEM_COUNT = 200;
const MAX_CPU_RATIO = 1.5;

type Cost = { cpuMs: number; plannedCount: number; answeredCount: number };

/** Null when the machine could not keep to the plan: requests that time out cost something else. */
async function measure(
  context: BenchContext,
  shop: StubShop,
  input: GeneratorInput,
  plannedCount: number,
): Promise<Cost | null> {
  const before = await shop.answeredCount();
  const { summary } = await runEngine({ folder: context.folder, input });
  const answeredCount = (await shop.answeredCount()) - before;
  const { requestsSucceededCount, cpuSeconds } = summary;
  if (requestsSucceededCount < summary.plannedCount || answeredCount < plannedCount) return null;
  return { cpuMs: (cpuSeconds * 1_000) / summary.plannedCount, plannedCount, answeredCount };
}

async function writeItems(folder: string): Promise<string> {
  const items = Array.from({ length: ITEM_COUNT }, (_, index) => ({
    id: String(index + 1),
    name: `Thing ${index + 1}`,
    category: 'things',
  }));
  const file = join(folder, 'items.json');
  await writeFile(file, JSON.stringify(items));
  return file;
}

async function measureRate(
  context: BenchContext,
  shop: StubShop,
  requestsPerSecond: number,
): Promise<BenchRow[]> {
  const { turns, warmUpRequests, leastLeadInMs, durationMs } = SIZES[context.size];
  const costs: Record<'ours' | 'theirs', Cost[]> = { ours: [], theirs: [] };
  const itemsFile = await writeItems(context.folder);
  for (let turn = 0; turn < turns; turn += 1) {
    context.view.detail(`${requestsPerSecond} requests/s, turn ${turn + 1} of ${turns}`);
    const load: RequestLoad = {
      requestsPerSecond,
      leadInMs: Math.max(leastLeadInMs, (warmUpRequests / requestsPerSecond) * 1_000),
      durationMs,
      peopleCount: PEOPLE_COUNT,
      seed: turn + 1,
    };
    const plan = planRequests(load);
    const ours = requestInput(shop.url, await writePlan(context.folder, plan), load);
    const theirs: GeneratorInput = {
      ...ours,
      yourShop: {
        file: join(repositoryRoot, 'scenarios/bench/programs/stub-shop-adapter.ts'),
        url: shop.url,
        runId: 'bench',
        version: '0.0.0',
        itemsFile,
      },
    };
    const both = [
      { who: 'ours', input: ours },
      { who: 'theirs', input: theirs },
    ] as const;
    for (const { who, input } of turn % 2 === 0 ? both : both.toReversed()) {
      const cost = await measure(context, shop, input, plan.sessions.length);
      if (cost !== null) costs[who].push(cost);
    }
  }
  return rowsOf(requestsPerSecond, costs);
}

function rowsOf(requestsPerSecond: number, { ours, theirs }: Record<'ours' | 'theirs', Cost[]>): BenchRow[] {
  const at = `@${requestsPerSecond}`;
  const name = `adapter.cpuBesideOurs${at}`;
  const limit = { atMost: MAX_CPU_RATIO };
  if (ours.length === 0 || theirs.length === 0)
    return [notRun(name, '×', limit, 'the machine is too busy for this rate')];
  const cpuMs = (costs: Cost[]) => median(costs.map((cost) => cost.cpuMs));
  return [
    judged(name, cpuMs(theirs) / cpuMs(ours), '×', limit),
    reported(`adapter.cpu${at}`, cpuMs(theirs) * 1_000, 'µs/request'),
    reported(`adapter.cpuOfOurs${at}`, cpuMs(ours) * 1_000, 'µs/request'),
    counted(
      `adapter.requests${at}`,
      sum([...ours, ...theirs].map(({ answeredCount }) => answeredCount)),
      sum([...ours, ...theirs].map(({ plannedCount }) => plannedCount)),
      'requests',
    ),
  ];
}

export const adapter: Bench = {
  name: 'adapter',
  question:
    "CPU of one request of a shop of somebody's own beside one of our adapter, at 500 and 2,000 requests/s",
  expectedSeconds: 200,
  async run(context) {
    const shop = await startStubShop(context.folder, null);
    try {
      const rows: BenchRow[] = [];
      for (const requestsPerSecond of SIZES[context.size].rates)
        rows.push(...(await measureRate(context, shop, requestsPerSecond)));
      return rows;
    } finally {
      await shop.stop();
    }
  },
};
