// Bench: what the engine's CPU for one request is beside a bare loop's, at the same plan and rate against the same stub,
// and how late it sends. Both take turns: CPU is compared by the medians of the turns, lateness by the best.
import { median, min } from 'simple-statistics';
import { GENERATOR_NODE_FLAGS } from '../../sim/engine/protocol.ts';
import type { BareLoopCost, BareLoopJob } from './bare-loop-program.ts';
import { type Bench, type BenchContext, type BenchRow, judged, notRun, reported } from './bench.ts';
import { startBenchProgram } from './bench-program.ts';
import { requestInput, runEngine } from './engine-run.ts';
import { findK6, measureK6 } from './k6.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';
import { type StubShop, startStubShop } from './stub-shop.ts';

const RATES = [500, 2_000, 8_000];
const TURNS = 3;
/** Warm is what has worked, not what has waited: compiled code, open connections. */
const WARM_UP_REQUESTS = 5_000;
const LEAST_LEAD_IN_MS = 2_000;
const DURATION_MS = 4_000;
const PEOPLE_COUNT = 1_000;
/** As many as the engine opens. */
const CONNECTION_COUNT = 256;
/** The generator's own, so that both are scheduled alike. */
const PRIORITY_NICE = -15;

const MAX_CPU_RATIO = 1.4;
const MAX_K6_RATIO = 0.4;
const LATENESS_RATE = 2_000;
const MAX_LATENESS_MS = 2;

/** CPU in ms for one request, and lateness. */
type Cost = { cpuMs: number; latenessP99Ms: number };
type Turn = { context: BenchContext; shop: StubShop; load: RequestLoad; planFile: string };

/** Null when the machine could not keep to the plan: requests that time out cost something else. */
async function measureEngine({ context, shop, load, planFile }: Turn): Promise<Cost | null> {
  const input = requestInput(shop.url, planFile, load);
  const { summary } = await runEngine({ folder: context.folder, input });
  const { plannedCount, requestsSucceededCount, cpuSeconds, latenessP99Ms } = summary;
  if (requestsSucceededCount < plannedCount) return null;
  return { cpuMs: (cpuSeconds * 1_000) / plannedCount, latenessP99Ms };
}

async function measureBareLoop({ context, shop, load, planFile }: Turn): Promise<Cost> {
  const program = await startBenchProgram({
    path: 'scenarios/bench/bare-loop-program.ts',
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
    return { cpuMs: (cpuSeconds * 1_000) / requestCount, latenessP99Ms };
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
  const k6Path = findK6();
  for (let turn = 0; turn < TURNS; turn++) {
    context.view.detail(`${requestsPerSecond} requests/s, turn ${turn + 1} of ${TURNS}`);
    const load = {
      requestsPerSecond,
      leadInMs: Math.max(LEAST_LEAD_IN_MS, (WARM_UP_REQUESTS / requestsPerSecond) * 1_000),
      durationMs: DURATION_MS,
      peopleCount: PEOPLE_COUNT,
      seed: turn + 1,
    };
    const planFile = await writePlan(context.folder, planRequests(load));
    const both = [
      async () => {
        const cost = await measureEngine({ context, shop, load, planFile });
        if (cost !== null) engine.push(cost);
      },
      async () => {
        bare.push(await measureBareLoop({ context, shop, load, planFile }));
      },
    ];
    for (const measure of turn % 2 === 0 ? both : both.reverse()) await measure();
    if (k6Path !== null) {
      const { folder, monotonicMs } = context;
      k6.push(await measureK6({ k6: k6Path, url: shop.url, folder, load, monotonicMs }));
    }
  }
  return rowsOf(requestsPerSecond, engine, bare, k6);
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
      ? notRun(k6Name, '×', k6Limit, 'no k6 on PATH')
      : judged(k6Name, cpuMs(engine) / median(k6), '×', k6Limit),
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
      for (const requestsPerSecond of RATES)
        rows.push(...(await measureRate(context, shop, requestsPerSecond)));
      return rows;
    } finally {
      await shop.stop();
    }
  },
};
