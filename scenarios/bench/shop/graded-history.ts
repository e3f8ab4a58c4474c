// What bench `grades` is measured on: people and their orders of the window, made with the history's generator; who of them orders
// meanwhile; and how busy the machine is.
import { cpus } from 'node:os';
import { defaultWorkerCount, type HistorySettings } from '../../../sim/history/load/load-history.ts';
import { GRADE_WINDOW_DAYS } from '../../../system/contract/grades.ts';
import { withClient } from '../../data/databases.ts';
import { historySettings } from '../../scenario/world.ts';
import type { BenchContext } from '../bench.ts';
import type { planRequests } from '../generator/request-plan.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import type { LoadCost, LoadJob } from '../programs/history-program.ts';
import { BENCH_SCENARIO, type World } from './bench-shop.ts';

/** The people and their orders of the window, up to the instant at which the shop's clock starts. */
export function gradedHistory({ settings }: BenchContext): HistorySettings {
  return {
    ...historySettings(BENCH_SCENARIO),
    people: settings.gradedPeopleCount,
    orders: settings.gradedOrderCount,
    days: GRADE_WINDOW_DAYS,
    growth: 'none',
    behaviourRatio: 0,
  };
}

/** Fills the empty database of a world, as `npm run history` does. */
export async function fillHistory(
  { folder }: BenchContext,
  world: World,
  settings: HistorySettings,
): Promise<LoadCost> {
  const program = await startBenchProgram({ path: 'scenarios/bench/programs/history-program.ts', folder });
  try {
    const job: LoadJob = { databaseUrl: world.databaseUrl, settings, workerCount: defaultWorkerCount() };
    const cost = await program.ask<LoadCost>(job);
    await withClient(world.databaseUrl, (client) => client.query('VACUUM (ANALYZE)'));
    return cost;
  } finally {
    await program.stop();
  }
}

/** Share of all cores that works, since the last call. */
export function createBusyRatio(): () => number {
  const read = () =>
    cpus().reduce(
      (sum, { times }) => {
        const all = times.user + times.nice + times.sys + times.irq + times.idle;
        return { all: sum.all + all, idle: sum.idle + times.idle };
      },
      { all: 0, idle: 0 },
    );
  let last = read();
  return () => {
    const now = read();
    const all = now.all - last.all;
    const busy = all === 0 ? 0 : 1 - (now.idle - last.idle) / all;
    last = now;
    return busy;
  };
}

/** People of the history who can come. */
export function peopleOf({ databaseUrl }: World, count: number): Promise<number[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `SELECT id FROM customers WHERE status <> 'WITHDRAWN' ORDER BY id LIMIT $1`,
      [count],
    );
    return rows.map(({ id }) => id);
  });
}

/** The plan with these people in the place of ids from 1. */
export function ofPeople(plan: ReturnType<typeof planRequests>, ids: readonly number[]): typeof plan {
  const named = <Entry extends { personId: number }>(entry: Entry): Entry => ({
    ...entry,
    personId: ids[entry.personId - 1] ?? entry.personId,
  });
  return { ...plan, sessions: plan.sessions.map(named), candidates: plan.candidates.map(named) };
}
