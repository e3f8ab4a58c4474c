// Bench: what the engine's CPU for one request is beside a bare loop's, at the same plan and rate against the same stub,
// and how late it sends. Both take turns: CPU is compared by the medians of the turns, lateness by the best.
import { median, min, sum } from 'simple-statistics';
import { GENERATOR_NODE_FLAGS } from '../../../sim/engine/protocol/protocol.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  lacking,
  notRun,
  reported,
} from '../bench.ts';
import type { BareLoopCost, BareLoopJob } from '../programs/bare-loop-program.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import { type StubShop, startStubShop } from '../programs/stub-shop.ts';
import { requestInput, runEngine } from './engine-run.ts';
import { findK6, measureK6 } from './k6.ts';
import { measurePeers, type PeerCost, peerRows } from './peers/peer-rows.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';

const FULL = {
  rates: [500, 2_000, 8_000],
  turns: 3,
  /** Warm is what has worked, not what has waited: compiled code, open connections. */
  warmUpRequests: 5_000,
  leastLeadInMs: 2_000,
  durationMs: 4_000,
};
const SIZES: Record<BenchSize, typeof FULL> = {
  full: FULL,
  check: { rates: [100], turns: 2, warmUpRequests: 0, leastLeadInMs: 500, durationMs: 1_000 },
};
const PEOPLE_COUNT = 1_000;
/** As many as the engine opens. */
const CONNECTION_COUNT = 256;
/** The generator's own, so that both are scheduled alike. */
const PRIORITY_NICE = -15;

const MAX_CPU_RATIO = 1.4;
const MAX_K6_RATIO = 0.4;
const LATENESS_RATE = 2_000;
const MAX_LATENESS_MS = 2;

/** CPU in ms for one request, lateness, and how many requests were planned, lead-in included, and answered by the stub. */
type Cost = { cpuMs: number; latenessP99Ms: number; plannedCount: number; answeredCount: number };
type Turn = {
  context: BenchContext;
  shop: StubShop;
  load: RequestLoad;
  planFile: string;
  plannedCount: number;
};

/** Null when the machine could not keep to the plan: requests that time out cost something else. */
async function measureEngine({ context, shop, load, planFile, plannedCount }: Turn): Promise<Cost | null> {
  const input = requestInput(shop.url, planFile, load);
  const before = await shop.answeredCount();
  const { summary } = await runEngine({ folder: context.folder, input });
  const answeredCount = (await shop.answeredCount()) - before;
  const { requestsSucceededCount, cpuSeconds, latenessP99Ms } = summary;
  if (requestsSucceededCount < summary.plannedCount || answeredCount < plannedCount) return null;
  return { cpuMs: (cpuSeconds * 1_000) / summary.plannedCount, latenessP99Ms, plannedCount, answeredCount };
}

async function measureBareLoop({ context, shop, load, planFile, plannedCount }: Turn): Promise<Cost> {
  const before = await shop.answeredCount();
  const program = await startBenchProgram({
    path: 'scenarios/bench/programs/bare-loop-program.ts',
    folder: context.folder,
    flags: GENERATOR_NODE_FLAGS,
    nice: PRIORITY_NICE,
  });
  try {
    const { leadInMs, durationMs } = load;
    const job: BareLoopJob = {
      url: shop.url,
      planFile,
      leadInMs,
      durationMs,
      connectionCount: CONNECTION_COUNT,
    };
    const { requestCount, cpuSeconds, latenessP99Ms } = await program.ask<BareLoopCost>(job);
    const answeredCount = (await shop.answeredCount()) - before;
    return { cpuMs: (cpuSeconds * 1_000) / requestCount, latenessP99Ms, plannedCount, answeredCount };
  } finally {
    await program.stop();
  }
}

async function measureRate(
  context: BenchContext,
  shop: StubShop,
  requestsPerSecond: number,
): Promise<BenchRow[]> {
  const engine: Cost[] = [];
  const bare: Cost[] = [];
  const k6: number[] = [];
  const costsOfPeers: PeerCost[] = [];
  const k6Path = findK6();
  const { turns, warmUpRequests, leastLeadInMs, durationMs } = SIZES[context.size];
  for (let turn = 0; turn < turns; turn++) {
    context.view.detail(`${requestsPerSecond} requests/s, turn ${turn + 1} of ${turns}`);
    const load = {
      requestsPerSecond,
      leadInMs: Math.max(leastLeadInMs, (warmUpRequests / requestsPerSecond) * 1_000),
      durationMs,
      peopleCount: PEOPLE_COUNT,
      seed: turn + 1,
    };
    const plan = planRequests(load);
    const planFile = await writePlan(context.folder, plan);
    const measured = { context, shop, load, planFile, plannedCount: plan.sessions.length };
    const both = [
      async () => {
        const cost = await measureEngine(measured);
        if (cost !== null) engine.push(cost);
      },
      async () => {
        bare.push(await measureBareLoop(measured));
      },
    ];
    for (const measure of turn % 2 === 0 ? both : both.reverse()) await measure();
    // Once: there are several, and each takes as long as a turn.
    if (turn === 0 && context.settings.measuresPeers) costsOfPeers.push(...(await measurePeers(measured)));
    if (k6Path !== null) {
      const { folder, monotonicMs } = context;
      k6.push(await measureK6({ k6: k6Path, url: shop.url, folder, load, monotonicMs }));
    }
  }
  const rows = rowsOf(requestsPerSecond, engine, bare, k6);
  if (engine.length === 0) return rows;
  const engineCpuMs = median(engine.map(({ cpuMs }) => cpuMs));
  return [...rows, ...peerRows(requestsPerSecond, engineCpuMs, costsOfPeers)];
}

function rowsOf(requestsPerSecond: number, engine: Cost[], bare: Cost[], k6: number[]): BenchRow[] {
  const at = `@${requestsPerSecond}`;
  const name = `engine.cpuBesideBareLoop${at}`;
  const limit = { atMost: MAX_CPU_RATIO };
  if (engine.length === 0) return [notRun(name, '×', limit, 'the machine is too busy for this rate')];
  const cpuMs = (costs: Cost[]) => median(costs.map((cost) => cost.cpuMs));
  // Of the least disturbed turn: whatever else the machine does only adds to it.
  const latenessMs = (costs: Cost[]) => min(costs.map((cost) => cost.latenessP99Ms));
  const lateness = `engine.latenessP99${at}`;
  // Where even the bare loop is later than the limit, the machine is too busy for it.
  const latenessLimit = { atMost: Math.max(MAX_LATENESS_MS, latenessMs(bare)) };
  const k6Name = `engine.cpuBesideK6${at}`;
  const k6Limit = { atMost: MAX_K6_RATIO };
  return [
    judged(name, cpuMs(engine) / cpuMs(bare), '×', limit),
    reported(`engine.cpu${at}`, cpuMs(engine) * 1_000, 'µs/request'),
    reported(`engine.cpuOfBareLoop${at}`, cpuMs(bare) * 1_000, 'µs/request'),
    requestsPerSecond === LATENESS_RATE
      ? judged(lateness, latenessMs(engine), 'ms', latenessLimit)
      : reported(lateness, latenessMs(engine), 'ms'),
    reported(`engine.latenessP99OfBareLoop${at}`, latenessMs(bare), 'ms'),
    k6.length === 0
      ? lacking(k6Name, '×', k6Limit, 'no k6 on PATH')
      : judged(k6Name, cpuMs(engine) / median(k6), '×', k6Limit),
    counted(
      `engine.requests${at}`,
      sum([...engine, ...bare].map(({ answeredCount }) => answeredCount)),
      sum([...engine, ...bare].map(({ plannedCount }) => plannedCount)),
      'requests',
    ),
  ];
}

export const engine: Bench = {
  name: 'engine',
  question:
    'CPU of one request beside a bare undici loop (and k6) at 500, 2,000 and 8,000 requests/s; lateness',
  expectedSeconds: 210,
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
