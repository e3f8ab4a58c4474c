// Fills a migrated, empty shop database with a dated history: group by group on workers, each group in one transaction, so
// that a load that was cut off can go on; indexes and keys afterwards.
import { availableParallelism } from 'node:os';
import { Client } from 'pg';
import { SEEDED_PASSWORD } from '../rows/accounts.ts';
import { seededPasswordHash } from '../rows/password-hash.ts';
import {
  dropDefinitions,
  readDefinitions,
  restoreDefinitions,
  type TableDefinitions,
} from '../rows/table-definitions.ts';
import { orderScale } from '../year/order-scale.ts';
import { type HistorySettings, mistakesIn } from '../year/settings.ts';
import { prepareYear, type Year } from '../year/year.ts';
import { type ChunkPool, startChunkPool } from './chunk-pool.ts';
import { chunkCountOf } from './chunk-protocol.ts';
import { cutOff, resumeCommand } from './cut-off.ts';
import {
  HistoryDatabaseError,
  type LoadState,
  lockDatabase,
  markComplete,
  prepareDatabase,
  readChunks,
  writeMark,
} from './history-database.ts';
import { addCounts, CATALOGUE_INDEX, loadCatalogue, readSold } from './load-catalogue.ts';
import { analyseTables, type MadeHistory, readMade } from './made-history.ts';
import { createProgress, type HistoryProgress } from './progress.ts';
import { storeChunk } from './store-chunk.ts';

export type { HistorySettings } from '../year/settings.ts';
export type { HistoryProgress } from './progress.ts';

export type LoadHistoryInput = {
  databaseUrl: string;
  settings: HistorySettings;
  /** Threads that make and load rows; default one per core, at least two, at most eight. Never changes a row. */
  workerCount?: number;
  /** Goes on with a load of the same settings that was cut off. */
  resume?: boolean;
  /** Empties the database first, if this tool filled it. */
  replace?: boolean;
  onProgress?: (progress: HistoryProgress) => void;
  /** Aborting it breaks the load off; it can go on with `resume`. */
  stop?: AbortSignal;
};

export function defaultWorkerCount(): number {
  return Math.min(8, Math.max(2, availableParallelism()));
}

/**
 * Loads the history; the same settings give the same rows whatever the number of workers and interruptions.
 * @throws HistoryDatabaseError when the database cannot take it (nothing was changed), HistoryCutOffError when the load
 * broke off, Error when the settings are wrong
 */
export async function loadHistory(input: LoadHistoryInput): Promise<MadeHistory> {
  const mistakes = mistakesIn(input.settings);
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  const startedMs = performance.now();
  const client = await connect(input.databaseUrl);
  // They read their modules and prepare the year while the database is prepared here.
  const pool = startChunkPool(input.settings, input.workerCount ?? defaultWorkerCount());
  try {
    // Takes a third of a second of another thread.
    const secretHash = seededPasswordHash(SEEDED_PASSWORD);
    const year = prepareYear(input.settings);
    const scale = orderScale(year);
    const { state, definitions } = await prepare(client, input);
    if (state.kind !== 'complete') {
      try {
        await dropDefinitions(client, definitions);
        await load(client, pool, input, { year, scale, definitions, secretHash: await secretHash });
      } catch (cause) {
        const next = resumeCommand(input.replace ?? false);
        throw cutOff({ what: 'The load', where: 'PostgreSQL', left: 'What was loaded stays', next }, cause);
      }
    }
    const { tally, rowCounts } = await readMade(client, year);
    const elapsedMs = performance.now() - startedMs;
    return { settings: input.settings, rowCounts, tally, elapsedMs, wasLoaded: state.kind !== 'complete' };
  } finally {
    await pool.end();
    await client.end().catch(() => undefined);
  }
}

/** Decides what is to be done and marks it in the database. A load that breaks off here can be started again as it was. */
async function prepare(
  client: Client,
  { databaseUrl, settings, resume = false, replace = false }: LoadHistoryInput,
): Promise<{ state: LoadState; definitions: TableDefinitions }> {
  try {
    await lockDatabase(client);
    const state = await prepareDatabase(client, settings, { resume, replace });
    if (state.kind === 'empty' && state.dropped !== null) {
      await restoreDefinitions(databaseUrl, state.dropped, 1, () => undefined);
    }
    const definitions = state.kind === 'resume' ? state.definitions : await readDefinitions(client);
    if (state.kind === 'empty') await markLoading(client, settings, definitions);
    return { state, definitions };
  } catch (cause) {
    if (cause instanceof HistoryDatabaseError) throw cause;
    throw cutOff(
      {
        what: 'The load',
        where: 'PostgreSQL',
        left: 'It had not begun yet',
        next: 'the same command again',
      },
      cause,
    );
  }
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'stampede-history' });
  // A connection that is lost between two statements; the next statement tells it.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new HistoryDatabaseError(
      `PostgreSQL does not answer (${(cause as Error).message}); needed is a database to fill. Next: npm run stack -- up, or another DATABASE_URL.`,
      { cause },
    );
  }
  return client;
}

async function markLoading(client: Client, settings: HistorySettings, definitions: TableDefinitions) {
  await client.query('BEGIN');
  await writeMark(client, settings, definitions);
  await client.query('COMMIT');
}

type Load = { year: Year; scale: number; definitions: TableDefinitions; secretHash: string };

async function load(
  client: Client,
  pool: ChunkPool,
  input: LoadHistoryInput,
  { year, scale, definitions, secretHash }: Load,
): Promise<void> {
  const { settings, databaseUrl } = input;
  const workerCount = input.workerCount ?? defaultWorkerCount();
  const isSequence = settings.preset === 'founding';
  const chunkCount = chunkCountOf(settings, year.dayCount);
  const done = new Set((await readChunks(client)).map(({ index }) => index));
  const wanted = Array.from({ length: chunkCount }, (_, index) => index).filter((index) => !done.has(index));
  await createBehaviourDays(client, year);
  const progress = createProgress(year, chunkCount, chunkCount - wanted.length, input.onProgress);
  const sold = {
    pieces: new Int32Array(settings.products + 1),
    orders: new Int32Array(settings.products + 1),
  };
  await pool.make({
    // The founders' one worker makes a week while the week before is stored here.
    setup: { scale, format: 'binary', secretHash, databaseUrl: isSequence ? null : databaseUrl },
    wanted,
    chunkCount,
    inOrder: false,
    stop: input.stop,
    onChunk: async (chunk) => {
      if (chunk.bytes !== null) await storeChunk(client, { ...chunk, bytes: chunk.bytes });
      addCounts(sold, chunk);
      progress.chunk(chunk);
    },
  });
  input.stop?.throwIfAborted();
  if (!done.has(CATALOGUE_INDEX)) {
    progress.phase('products');
    if (done.size > 0) await readSold(client, sold);
    await loadCatalogue(client, year, sold, secretHash);
  }
  input.stop?.throwIfAborted();
  await restoreDefinitions(databaseUrl, definitions, workerCount, progress.phase, input.stop);
  progress.phase('statistics');
  await client.query('SELECT shop_reset_sequences()');
  await analyseTables(client);
  await markComplete(client);
}

/** The behaviour log takes no row of a day that it has no partition for. */
async function createBehaviourDays(client: Client, { startMs, untilMs }: Year): Promise<void> {
  const days = [startMs, untilMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  await client.query('SELECT behaviour_create_days($1, $2)', days);
}
