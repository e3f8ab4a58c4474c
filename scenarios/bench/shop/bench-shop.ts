// What benches of the shop share: the stack, the data set of `peak-hour`, and for each measurement a fresh world (database,
// topics, keys, logs) that is taken away again.
import { migrateShop } from '../../../deploy/local/commands/shop-programs.ts';
import { createCleanUp } from '../../../deploy/local/programs/clean-up.ts';
import { programsFromNowOn } from '../../../deploy/local/programs/programs-of-this-process.ts';
import { remains } from '../../../deploy/local/programs/remains.ts';
import { unlessStopped } from '../../../deploy/local/programs/unless-stopped.ts';
import { bringUpStack, type Stack } from '../../../deploy/local/services/stack.ts';
import { ensureDataSet } from '../../data/data-set.ts';
import { createEmptyDatabase, isOurServer, withClient } from '../../data/databases.ts';
import { markObserver } from '../../data/run-mark.ts';
import { peakHour } from '../../questions/peak-hour.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { openSurroundings, type Surroundings } from '../../targets/our-shop/surroundings.ts';
import { sweepAbandoned } from '../../targets/our-shop/sweep.ts';
import type { BenchContext } from '../bench.ts';

/** The scenario whose data set benches use: it is built already where anything was ever rehearsed. */
export const BENCH_SCENARIO: Scenario = peakHour;

export type BenchStack = { stack: Stack; template: string };

/** A database, topics and keys of one measurement. */
export type World = Surroundings & { logFolder: string };

/** No bench takes longer than some minutes. */
const USED_FOR_MS = 3_600_000;

/** Finds or starts the services and the data set for the length of `work`. */
export async function withBenchStack<T>(
  { view, stop, onLeft, monotonicMs }: BenchContext,
  work: (found: BenchStack) => Promise<T>,
  { opensearch = false } = {},
): Promise<T> {
  await using cleanUp = createCleanUp(onLeft);
  const stack = await bringUpStack({
    onProgress: ({ service, state, detail }) => view.detail(`${service}: ${state} ${detail}`),
    signal: stop,
    opensearch,
  });
  cleanUp.later(remains.services, stack.stop);
  await sweepAbandoned(stack, markObserver(Date.now()), (line) => view.say(line));
  const { template } = await ensureDataSet({
    postgresUrl: stack.postgresUrl,
    serverIsOurs: isOurServer(stack.services),
    scenario: BENCH_SCENARIO,
    onProgress: (text) => view.detail(text),
    stop,
    monotonicMs,
  });
  return await work({ stack, template });
}

/** A world whose database has the shop's tables and nothing in them, for a data set of the bench's own. */
export function withEmptyWorld<T>(
  context: BenchContext,
  found: BenchStack,
  work: (world: World) => Promise<T>,
): Promise<T> {
  const { postgresUrl } = found.stack;
  return withWorld(context, found, async (world) => {
    const database = new URL(world.databaseUrl).pathname.slice(1);
    await withClient(postgresUrl, (admin) => createEmptyDatabase(admin, database));
    await migrateShop(world.databaseUrl, context.stop);
    return work(world);
  });
}

/** Makes a fresh world for the length of `work` and takes it away again, in reverse order. */
export async function withWorld<T>(
  { folder, stop, onLeft }: BenchContext,
  { stack, template }: BenchStack,
  work: (world: World) => Promise<T>,
): Promise<T> {
  await using cleanUp = createCleanUp(onLeft);
  stop.throwIfAborted();
  const surroundings = await openSurroundings(cleanUp, {
    places: stack,
    template,
    serverIsOurs: isOurServer(stack.services),
    kind: 'bench',
    usedForMs: USED_FOR_MS,
    nowMs: Date.now(),
  });
  // Work that is let go leaves its programs to us.
  cleanUp.later(remains.programs, programsFromNowOn());
  return await unlessStopped(stop, work({ ...surroundings, logFolder: folder }));
}
