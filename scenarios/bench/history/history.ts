// Bench: how fast a year is made and loaded, beside COPY of the very same rows made already; the founding year; memory and
// growth of a large one. Every measurement has a fresh database.
import { mean, sum } from 'simple-statistics';
import { createCleanUp } from '../../../deploy/local/programs/clean-up.ts';
import { remains } from '../../../deploy/local/programs/remains.ts';
import { bringUpStack } from '../../../deploy/local/services/stack.ts';
import { defaultWorkerCount, type HistorySettings } from '../../../sim/history/load/load-history.ts';
import { DEFAULT_SETTINGS } from '../../../sim/history/year/settings.ts';
import { cloneTemplate, dropDatabase, isOurServer, withClient, withDatabase } from '../../data/databases.ts';
import { markObserver, newMark, RUN_PREFIX } from '../../data/run-mark.ts';
import { openTarget } from '../../history/target-database.ts';
import { databaseRemains } from '../../targets/our-shop/surroundings.ts';
import { sweepAbandoned } from '../../targets/our-shop/sweep.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  reported,
} from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import type { LoadCost, LoadJob } from '../programs/history-program.ts';
import { copyHistory, countRows, type DumpedTable, dumpHistory } from './copied-history.ts';
import { growthExponent } from './growth-exponent.ts';

const MIN_RATE_RATIO = 0.6;
const MAX_FOUNDING_SECONDS = 10;
/** Its databases are abandoned after that, should this process be killed on another machine than the next one. */
const USED_FOR_MS = 12 * 3_600_000;
const MAX_MEMORY_MB = 1_000;
const MAX_EXPONENT = 1.05;

const UNTIL_MS = Date.parse('2026-11-19T15:00:00Z');
type Size = { small: HistorySettings; large: HistorySettings; founding: HistorySettings };
const SIZES: Record<BenchSize, Size> = {
  // Korea's people place 1.9 orders a year each: about 100,000 and a million orders.
  full: {
    small: yearOf({ people: 54_000 }),
    large: yearOf({ people: 540_000 }),
    founding: yearOf({ preset: 'founding', behaviourRatio: 0 }),
  },
  check: {
    small: yearOf({ people: 200, products: 1_000 }),
    large: yearOf({ people: 2_000, products: 1_000 }),
    founding: yearOf({ preset: 'founding', behaviourRatio: 0, days: 14 }),
  },
};

function yearOf(settings: Partial<HistorySettings>): HistorySettings {
  return { ...DEFAULT_SETTINGS, untilMs: UNTIL_MS, ...settings };
}

type Place = {
  context: BenchContext;
  size: Size;
  workerCount: number;
  /** Runs `work` on a fresh, migrated, empty database. */
  withDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T>;
};

/** Finds or starts the services and migrates one database, of which each measurement gets a copy. */
async function withPlace<T>(context: BenchContext, work: (place: Place) => Promise<T>): Promise<T> {
  const { view, stop, onLeft } = context;
  await using cleanUp = createCleanUp(onLeft);
  const stack = await bringUpStack({
    onProgress: ({ service, state, detail }) => view.detail(`${service}: ${state} ${detail}`),
    signal: stop,
  });
  const { postgresUrl } = stack;
  cleanUp.later(remains.services, stack.stop);
  await sweepAbandoned(stack, markObserver(Date.now()), (line) => view.say(line));
  const name = `${RUN_PREFIX}bench_${newMark(Date.now(), USED_FOR_MS)}`;
  const copy = `${name}_copy`;
  const isOurs = isOurServer(stack.services);
  const drop = (database: string) => withClient(postgresUrl, (admin) => dropDatabase(admin, database));
  cleanUp.later(databaseRemains(name), () => drop(name));
  await withClient(postgresUrl, (admin) => admin.query(`CREATE DATABASE ${name}`));
  await openTarget(withDatabase(postgresUrl, name), () => undefined, stop);
  return await work({
    context,
    size: SIZES[context.size],
    workerCount: defaultWorkerCount(),
    async withDatabase(measure) {
      stop.throwIfAborted();
      await using copied = createCleanUp(onLeft);
      copied.later(databaseRemains(copy), async () => {
        await drop(copy);
        // What the last measurement left to be written is not the next one's burden.
        await withClient(postgresUrl, (admin) => admin.query('CHECKPOINT'));
      });
      await withClient(postgresUrl, (admin) => cloneTemplate(admin, name, copy, isOurs));
      return await measure(withDatabase(postgresUrl, copy));
    },
  });
}

async function load(place: Place, settings: HistorySettings, databaseUrl: string): Promise<LoadCost> {
  const program = await startBenchProgram({
    path: 'scenarios/bench/programs/history-program.ts',
    folder: place.context.folder,
  });
  try {
    const job: LoadJob = { databaseUrl, settings, workerCount: place.workerCount };
    return await program.ask<LoadCost>(job);
  } finally {
    await program.stop();
  }
}

/** Load, COPY, COPY, load, and once more COPY over as many connections as the load has. */
async function besideCopy(place: Place): Promise<BenchRow[]> {
  const { view, monotonicMs } = place.context;
  const { workerCount } = place;
  const { large } = place.size;
  const loads: LoadCost[] = [];
  const storedCounts: number[] = [];
  const copySeconds: number[] = [];
  let dumped: DumpedTable[] = [];
  const copy = (copyCount: number): Promise<number> =>
    place.withDatabase(async (url) => {
      const seconds = await copyHistory(url, dumped, { copyCount, indexCount: workerCount }, monotonicMs);
      storedCounts.push(await countRows(url));
      return seconds;
    });
  for (const way of ['load', 'copy', 'copy', 'load'] as const) {
    view.detail(`${large.people} people, ${way === 'load' ? 'made and loaded' : 'COPY of the same rows'}`);
    if (way === 'copy') copySeconds.push(await copy(1));
    else
      await place.withDatabase(async (url) => {
        loads.push(await load(place, large, url));
        storedCounts.push(await countRows(url));
        if (dumped.length === 0) dumped = await dumpHistory(url);
      });
  }
  const parallelSeconds = await copy(workerCount);
  const loadSeconds = mean(loads.map(({ seconds }) => seconds));
  const rowCount = loads[0]?.rowCount ?? Number.NaN;
  return [
    judged('history.rateBesideCopy', mean(copySeconds) / loadSeconds, '×', { atLeast: MIN_RATE_RATIO }),
    reported('history.rateBesideParallelCopy', parallelSeconds / loadSeconds, '×'),
    reported('history.rate', rowCount / loadSeconds, 'rows/s'),
    reported('history.rateOfCopy', rowCount / mean(copySeconds), 'rows/s'),
    counted('history.rows', sum(storedCounts), storedCounts.length * rowCount, 'rows'),
  ];
}

/** A small year before and after a large one, so that a machine that slows down or recovers does not count as growth. */
async function growth(place: Place): Promise<BenchRow[]> {
  const costs: LoadCost[] = [];
  for (const settings of [place.size.small, place.size.large, place.size.small]) {
    place.context.view.detail(`${settings.people} people, made and loaded`);
    costs.push(await place.withDatabase((url) => load(place, settings, url)));
  }
  const [before, large, after] = costs as [LoadCost, LoadCost, LoadCost];
  const small = { rowCount: before.rowCount, seconds: mean([before.seconds, after.seconds]) };
  return [
    judged('history.memory', large.peakBytes / 1e6, 'MB', { atMost: MAX_MEMORY_MB }),
    reported('history.memoryOfTenth', Math.max(before.peakBytes, after.peakBytes) / 1e6, 'MB'),
    judged('history.exponent', growthExponent(small, large), '', { atMost: MAX_EXPONENT }),
    reported('history.orders', large.orderCount, 'orders'),
    reported('history.seconds', large.seconds, 's'),
  ];
}

async function founding(place: Place): Promise<BenchRow[]> {
  place.context.view.detail('the founding year');
  const { seconds } = await place.withDatabase((url) => load(place, place.size.founding, url));
  return [judged('history.foundingYear', seconds, 's', { atMost: MAX_FOUNDING_SECONDS })];
}

async function run(context: BenchContext): Promise<BenchRow[]> {
  return withPlace(context, async (place) => [
    ...(await founding(place)),
    ...(await besideCopy(place)),
    ...(await growth(place)),
  ]);
}

export const history: Bench = {
  name: 'history',
  question:
    'a year made and loaded beside COPY of the same rows, the founding year, memory and growth of a large one',
  expectedSeconds: 120,
  run,
};
