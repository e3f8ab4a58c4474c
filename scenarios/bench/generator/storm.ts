// Bench: what the generator's CPU for one order is where a standing crowd places it, beside a storm in which everybody connects
// first, at the same rate against the same stub. Both take turns; the medians of the turns are compared.
import { median, sum } from 'simple-statistics';
import type { GeneratorInput } from '../../../sim/generator/input.ts';
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
import { type BenchProgram, startBenchProgram } from '../programs/bench-program.ts';
import type { StubOrdersJob, StubOrdersReport } from '../programs/stub-orders-program.ts';
import { requestInput, runEngine } from './engine-run.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';

const FULL = {
  turns: 3,
  /** Of both ways: what a storm can still ask for. */
  sharedRate: 200,
  /** Of the crowd alone: fixed costs of a second are spread over so many orders. */
  crowdRate: 1_000,
  leadInMs: 8_000,
  /** Sixteen thousand orders: until then code is still being compiled, which in the second half of them costs 0.07 ms an order. */
  crowdLeadInMs: 16_000,
  durationMs: 5_000,
  peopleCount: 1_000,
};
const SIZES: Record<BenchSize, typeof FULL> = {
  full: FULL,
  check: {
    turns: 1,
    sharedRate: 50,
    crowdRate: 100,
    leadInMs: 1_000,
    crowdLeadInMs: 1_000,
    durationMs: 1_000,
    peopleCount: 100,
  },
};
const MAX_CROWD_CPU_MS = 0.25;

/** How people come to their orders, as the generator names it. */
type Way = Extract<GeneratorInput['sessionKind'], 'order' | 'standing-order'>;

/**
 * CPU in ms for one order that came to its outcome, how many were planned (lead-in included) and reached the stub, and how many
 * sockets were connected within the plan.
 */
type Cost = { cpuMs: number; plannedCount: number; orderCount: number; socketCount: number };

type Stub = { url: string; program: BenchProgram };

/** Null when the machine could not keep to the plan: an order that waits for its deadline costs something else. */
async function measure(
  { folder, size }: BenchContext,
  stub: Stub,
  way: Way,
  ordersPerSecond: number,
  seed: number,
): Promise<Cost | null> {
  const { crowdRate, leadInMs, crowdLeadInMs, durationMs, peopleCount } = SIZES[size];
  const load: RequestLoad = {
    requestsPerSecond: ordersPerSecond,
    leadInMs: ordersPerSecond === crowdRate ? crowdLeadInMs : leadInMs,
    durationMs,
    peopleCount,
    seed,
  };
  const plan = planRequests(load);
  const report = () => stub.program.ask<StubOrdersReport>({ kind: 'report' } satisfies StubOrdersJob);
  await report();
  let confirmedCount = 0;
  let socketCount = 0;
  const { summary } = await runEngine({
    folder,
    input: { ...requestInput(stub.url, await writePlan(folder, plan), load), sessionKind: way },
    onSecond({ counts }) {
      confirmedCount += counts.ordersConfirmed ?? 0;
      socketCount += counts.socketsConnected ?? 0;
    },
  });
  const plannedCount = plan.sessions.length;
  if (confirmedCount < plannedCount) return null;
  const { orderCount } = await report();
  return {
    cpuMs: (summary.cpuSeconds * 1_000) / summary.plannedCount,
    plannedCount,
    orderCount,
    socketCount,
  };
}

async function takeTurns(context: BenchContext, stub: Stub) {
  const { turns, sharedRate, crowdRate } = SIZES[context.size];
  const costs = { storm: [] as Cost[], crowd: [] as Cost[], fullCrowd: [] as Cost[] };
  for (let turn = 0; turn < turns; turn++) {
    context.view.detail(`turn ${turn + 1} of ${turns}`);
    const take = async (into: Cost[], way: Way, rate: number) => {
      const cost = await measure(context, stub, way, rate, turn + 1);
      if (cost !== null) into.push(cost);
    };
    const ways = [
      () => take(costs.storm, 'order', sharedRate),
      () => take(costs.crowd, 'standing-order', sharedRate),
      () => take(costs.fullCrowd, 'standing-order', crowdRate),
    ];
    for (const way of turn % 2 === 0 ? ways : ways.reverse()) await way();
  }
  return costs;
}

function rowsOf(
  { sharedRate, crowdRate }: typeof FULL,
  costs: { storm: Cost[]; crowd: Cost[]; fullCrowd: Cost[] },
): BenchRow[] {
  const name = `storm.cpuOfCrowd@${crowdRate}`;
  const limit = { atMost: MAX_CROWD_CPU_MS };
  const { storm, crowd, fullCrowd } = costs;
  if (Math.min(storm.length, crowd.length, fullCrowd.length) === 0)
    return [notRun(name, 'ms/order', limit, 'the machine is too busy for this rate')];
  const cpuMs = (of: Cost[]) => median(of.map((cost) => cost.cpuMs));
  const all = [...storm, ...crowd, ...fullCrowd];
  const standing = [...crowd, ...fullCrowd];
  return [
    judged(name, cpuMs(fullCrowd), 'ms/order', limit),
    reported(`storm.cpuOfCrowd@${sharedRate}`, cpuMs(crowd), 'ms/order'),
    reported(`storm.cpuOfStorm@${sharedRate}`, cpuMs(storm), 'ms/order'),
    reported(`storm.crowdBesideStorm@${sharedRate}`, cpuMs(crowd) / cpuMs(storm), '×'),
    counted(
      'storm.orders',
      sum(all.map(({ orderCount }) => orderCount)),
      sum(all.map(({ plannedCount }) => plannedCount)),
      'orders',
    ),
    counted('storm.socketsOfCrowd', sum(standing.map(({ socketCount }) => socketCount)), 0, 'sockets'),
  ];
}

export const storm: Bench = {
  name: 'storm',
  question: 'CPU of one order that a standing crowd places, beside a storm in which everybody connects first',
  expectedSeconds: 185,
  async run(context) {
    const program = await startBenchProgram({
      path: 'scenarios/bench/programs/stub-orders-program.ts',
      folder: context.folder,
    });
    try {
      const job: StubOrdersJob = { kind: 'listen' };
      return rowsOf(
        SIZES[context.size],
        await takeTurns(context, { program, url: await program.ask<string>(job) }),
      );
    } finally {
      await program.stop();
    }
  },
};
