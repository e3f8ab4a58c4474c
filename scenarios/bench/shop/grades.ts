// Bench: what an update of all grades takes, and what it does to orders that are placed meanwhile. People and orders of the window
// are made with the history's generator; a standing crowd orders at a steady rate before the update and during it.
import { setTimeout as wait } from 'node:timers/promises';
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { unlessStopped } from '../../../deploy/local/programs/unless-stopped.ts';
import type { GeneratorSecond } from '../../../sim/engine/protocol/protocol.ts';
import type { HistorySettings } from '../../../sim/history/load/load-history.ts';
import { GRADE_WINDOW_DAYS } from '../../../system/contract/grades.ts';
import { withClient } from '../../data/databases.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { shopStart } from '../../scenario/shop-start.ts';
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
import { requestInput, runEngine } from '../generator/engine-run.ts';
import { planRequests, type RequestLoad, writePlan } from '../generator/request-plan.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import { BENCH_SCENARIO, type BenchStack, type World, withBenchStack, withEmptyWorld } from './bench-shop.ts';
import { createBusyRatio, fillHistory, gradedHistory, ofPeople, peopleOf } from './graded-history.ts';

const MAX_UPDATE_SECONDS = 60;
const MAX_SLOWER_RATIO = 1.5;
/** Orders that p95 is spoken of from, on either side. */
const LEAST_ORDERS = 20;
const DEADLINE_MS = 30_000;

type Size = { leadInMs: number; beforeSeconds: number; leastDuringSeconds: number; crowdPeople: number };
const SIZES: Record<BenchSize, Size> = {
  full: { leadInMs: 10_000, beforeSeconds: 20, leastDuringSeconds: 15, crowdPeople: 500 },
  check: { leadInMs: 1_000, beforeSeconds: 3, leastDuringSeconds: 3, crowdPeople: 50 },
};
/** The load goes on for as long as an update may take at this speed, so that all of it lies within. */
const LEAST_ORDERS_GRADED_A_SECOND = 120_000;

const SCENARIO: Scenario = BENCH_SCENARIO;

type Updated = { durationMs: number; changedCount: number };
type Confirmed = { before: Histogram[]; during: Histogram[] };
type Measured = {
  updates: Updated[];
  confirmed: Confirmed;
  plannedCount: number;
  resolvedCount: number;
  busyRatio: { before: number; during: number };
};

/** Orders go on for the whole time; the update begins after the seconds before it, and again until it has lasted long enough. */
async function measure(context: BenchContext, world: World, history: HistorySettings): Promise<Measured> {
  const { folder, size, stop, settings } = context;
  const { leadInMs, beforeSeconds, leastDuringSeconds, crowdPeople } = SIZES[size];
  const mostSeconds = Math.ceil(settings.gradedOrderCount / LEAST_ORDERS_GRADED_A_SECOND);
  const load: RequestLoad = {
    requestsPerSecond: settings.gradesOrdersPerSecond,
    leadInMs,
    durationMs: (beforeSeconds + leastDuringSeconds + mostSeconds) * 1_000,
    peopleCount: crowdPeople,
    seed: 1,
  };
  const plan = ofPeople(planRequests(load), await peopleOf(world, crowdPeople));
  const shop = await startShop(SCENARIO, { ...world, generatorHasPriority: true });
  const updater = await startBenchProgram({
    path: 'system/bench/update-grades.ts',
    folder,
    env: { DATABASE_URL: world.databaseUrl, LOG_LEVEL: 'warn' },
  });
  const seconds = new Map<number, Histogram[]>();
  const add = ({ histograms }: GeneratorSecond): void => {
    for (const { metric, second, encoded } of histograms)
      if (metric === 'order.confirmed')
        seconds.set(second, [...(seconds.get(second) ?? []), decodeFromCompressedBase64(encoded)]);
  };
  const updates: Updated[] = [];
  const busy = createBusyRatio();
  const busyRatio = { before: 0, during: 0 };
  let updatedUntilSecond = beforeSeconds;
  let resolvedCount = 0;

  async function update(spanStartMs: number): Promise<void> {
    const sinceStart = () => (context.monotonicMs() - spanStartMs) / 1_000;
    await wait(Math.max(0, -sinceStart() * 1_000), undefined, { signal: stop });
    busy();
    await wait(Math.max(0, (beforeSeconds - sinceStart()) * 1_000), undefined, { signal: stop });
    busyRatio.before = busy();
    do {
      updates.push(await updater.ask<Updated>({ now: shopStart(SCENARIO).toISOString() }));
      updatedUntilSecond = sinceStart();
    } while (updatedUntilSecond < beforeSeconds + leastDuringSeconds);
    busyRatio.during = busy();
  }

  try {
    let updating: Promise<void> = Promise.resolve();
    const running = runEngine({
      folder,
      input: {
        ...requestInput(shop.url, await writePlan(folder, plan), load, history),
        sessionKind: 'standing-order',
        // Waits are measured, and an order that takes long is no order less.
        httpDeadlineMs: DEADLINE_MS,
        outcomeDeadlineMs: DEADLINE_MS,
        drainMs: DEADLINE_MS,
      },
      onWarmedUp(spanStartMs) {
        updating = update(spanStartMs);
        updating.catch(() => undefined);
      },
      onSecond(row) {
        add(row);
        resolvedCount += (row.counts.ordersConfirmed ?? 0) + (row.counts.ordersRejected ?? 0);
      },
    });
    await Promise.race([running, shop.failed]);
    await updating;
  } finally {
    await updater.stop();
    await shop.stop();
  }
  const of = (from: number, to: number) =>
    [...seconds].flatMap(([second, parts]) => (second >= from && second < to ? parts : []));
  const confirmed = {
    before: of(0, beforeSeconds),
    during: of(beforeSeconds, Math.ceil(updatedUntilSecond)),
  };
  return { updates, confirmed, plannedCount: plan.sessions.length, resolvedCount, busyRatio };
}

function merged([first, ...others]: Histogram[]): Histogram | null {
  for (const other of others) first?.add(other);
  return first ?? null;
}

function slowdownRow({ before, during }: Confirmed): BenchRow[] {
  const [one, other] = [merged(before), merged(during)];
  const name = 'grades.confirmedP95BesideBefore';
  const limit = { atMost: MAX_SLOWER_RATIO };
  const fewest = Math.min(one?.totalCount ?? 0, other?.totalCount ?? 0);
  if (one === null || other === null || fewest < LEAST_ORDERS)
    return [
      notRun(name, '×', limit, `p95 is spoken of from ${LEAST_ORDERS} orders on, there were ${fewest}`),
    ];
  const p95Ms = (histogram: Histogram) => histogram.getValueAtPercentile(95) / 1_000;
  return [
    judged(name, p95Ms(other) / p95Ms(one), '×', limit),
    reported('grades.confirmedP95Before', p95Ms(one), 'ms'),
    reported('grades.confirmedP95During', p95Ms(other), 'ms'),
  ];
}

async function run(context: BenchContext, found: BenchStack): Promise<BenchRow[]> {
  const history = gradedHistory(context);
  return unlessStopped(
    context.stop,
    withEmptyWorld(context, found, async (world) => {
      const { people } = history;
      context.view.detail(`making ${people} people and their orders of ${GRADE_WINDOW_DAYS} days`);
      const { orderCount } = await fillHistory(context, world, history);
      context.view.detail(`${orderCount} orders of ${people} people: orders before and during the update`);
      const measured = await measure(context, world, history);
      const [first] = measured.updates;
      const gradedCount = await withClient(world.databaseUrl, async (client) => {
        const { rows } = await client.query<{ count: number }>(
          'SELECT count(*)::int AS count FROM customers',
        );
        return rows[0]?.count ?? 0;
      });
      return [
        judged('grades.update', (first?.durationMs ?? Number.NaN) / 1_000, 's', {
          atMost: MAX_UPDATE_SECONDS,
        }),
        reported('grades.changed', first?.changedCount ?? 0, 'customers'),
        reported('grades.ordersOfWindow', orderCount, 'orders'),
        ...slowdownRow(measured.confirmed),
        reported('grades.busyBefore', measured.busyRatio.before, 'of all cores'),
        reported('grades.busyDuring', measured.busyRatio.during, 'of all cores'),
        // The operator's account is one of them.
        counted('grades.customers', gradedCount, people + 1, 'customers'),
        counted('grades.orders', measured.resolvedCount, measured.plannedCount, 'orders'),
      ];
    }),
  );
}

export const grades: Bench = {
  name: 'grades',
  question: 'an update of all grades, and what it does to orders that are placed meanwhile',
  expectedSeconds: 90,
  run: (context) => withBenchStack(context, (found) => run(context, found)),
};
