// Fills a migrated, empty shop database with a dated history: group by group on workers, each group in one transaction, so
// that a load that was cut off can go on; indexes and keys afterwards.
import { availableParallelism } from 'node:os';
import { Client } from 'pg';
import { OPERATOR_EMAIL, SEEDED_PASSWORD } from './accounts.ts';
import { makeChunks } from './chunk-pool.ts';
import { chunkCountOf, type MadeChunk } from './chunk-protocol.ts';
import { copyRows } from './copy-rows.ts';
import { categoryRows, identityRow, operatorRow, productRow } from './data-set-rows.ts';
import {
  HistoryDatabaseError,
  lockDatabase,
  markComplete,
  prepareDatabase,
  readChunks,
  writeMark,
} from './history-database.ts';
import { orderScale } from './order-scale.ts';
import { seededPasswordHash } from './password-hash.ts';
import { createProgress, type HistoryProgress } from './progress.ts';
import { type HistorySettings, mistakesIn } from './settings.ts';
import {
  dropDefinitions,
  readDefinitions,
  restoreDefinitions,
  type TableDefinitions,
} from './table-definitions.ts';
import { emptyTally, mergeTally, type Tally } from './tally.ts';
import { prepareYear, type Year } from './year.ts';

export type { HistoryProgress } from './progress.ts';
export type { HistorySettings } from './settings.ts';

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
};

export type MadeHistory = {
  settings: HistorySettings;
  /** Rows of each table; of all when the history was there already. */
  rowCounts: Record<string, number>;
  tally: Tally;
  elapsedMs: number;
  /** False when nothing was to be done. */
  wasLoaded: boolean;
};

/** A load ended half way; what is stored stays and can be resumed. */
export class HistoryCutOffError extends Error {
  override name = 'HistoryCutOffError';
}

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
  const year = prepareYear(input.settings);
  const scale = orderScale(year);
  const client = await connect(input.databaseUrl);
  try {
    await lockDatabase(client);
    const state = await prepareDatabase(client, input.settings, {
      resume: input.resume ?? false,
      replace: input.replace ?? false,
    });
    if (state.kind !== 'complete') {
      if (state.kind === 'empty' && state.dropped !== null) {
        await restoreDefinitions(input.databaseUrl, state.dropped, 1, () => undefined);
      }
      const definitions = state.kind === 'resume' ? state.definitions : await readDefinitions(client);
      if (state.kind === 'empty') await markLoading(client, input.settings, definitions);
      try {
        await dropDefinitions(client, definitions);
        await load(client, input, { year, scale, definitions });
      } catch (cause) {
        throw new HistoryCutOffError(await cutOffText(cause as Error), { cause });
      }
    }
    const { tally, rowCounts } = await readMade(client, year);
    const elapsedMs = performance.now() - startedMs;
    return { settings: input.settings, rowCounts, tally, elapsedMs, wasLoaded: state.kind !== 'complete' };
  } finally {
    await client.end().catch(() => undefined);
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

type Load = { year: Year; scale: number; definitions: TableDefinitions };

async function load(
  client: Client,
  input: LoadHistoryInput,
  { year, scale, definitions }: Load,
): Promise<void> {
  const { settings, databaseUrl } = input;
  const workerCount = input.workerCount ?? defaultWorkerCount();
  const secretHash = await seededPasswordHash(SEEDED_PASSWORD);
  const chunkCount = chunkCountOf(settings, year.dayCount);
  const done = new Set((await readChunks(client)).map(({ index }) => index));
  const wanted = Array.from({ length: chunkCount }, (_, index) => index).filter((index) => !done.has(index));
  const progress = createProgress(year, chunkCount, done.size, input.onProgress);
  const sold = {
    pieces: new Int32Array(settings.products + 1),
    orders: new Int32Array(settings.products + 1),
  };
  await makeChunks({
    setup: { settings, scale, format: 'copy', secretHash, databaseUrl },
    workerCount,
    wanted,
    chunkCount,
    inOrder: false,
    onChunk: (chunk) => {
      addCounts(sold, chunk);
      progress.chunk(chunk);
    },
  });
  if (!done.has(CATALOGUE_INDEX)) {
    progress.phase('products');
    if (done.size > 0) await readSold(client, sold);
    await loadCatalogue(client, year, sold, secretHash);
  }
  await restoreDefinitions(databaseUrl, definitions, workerCount, progress.phase);
  progress.phase('statistics');
  await client.query('SELECT shop_reset_sequences()');
  for (const table of ANALYSED) await client.query(`ANALYZE ${table}`);
  await markComplete(client);
}

/** Index under which the catalogue is noted as loaded. */
const CATALOGUE_INDEX = -1;
const ANALYSED = [
  'categories',
  'products',
  'customers',
  'sign_in_identities',
  'refresh_tokens',
  'orders',
  'order_lines',
  'order_adjustments',
  'order_tenders',
  'grade_changes',
  'behaviour_actions',
];

type SoldCounts = { pieces: Int32Array; orders: Int32Array };

function addCounts({ pieces, orders }: SoldCounts, { soldCounts, orderCounts }: MadeChunk): void {
  for (let id = 1; id < pieces.length; id += 1) {
    pieces[id] = (pieces[id] ?? 0) + (soldCounts[id] ?? 0);
    orders[id] = (orders[id] ?? 0) + (orderCounts[id] ?? 0);
  }
}

/** What all groups sold, from their rows: a load that goes on does not know what its beginning sold. */
async function readSold(client: Client, { pieces, orders }: SoldCounts): Promise<void> {
  const { rows } = await client.query<{ id: number; pieces: number; orders: number }>(
    `SELECT l.product_id AS id, sum(l.quantity)::int AS pieces, count(*)::int AS orders
       FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE o.state NOT IN ('rejected', 'cancelled', 'refunded') GROUP BY l.product_id`,
  );
  pieces.fill(0);
  orders.fill(0);
  for (const row of rows) {
    pieces[row.id] = row.pieces;
    orders[row.id] = row.orders;
  }
}

async function loadCatalogue(
  client: Client,
  year: Year,
  sold: SoldCounts,
  secretHash: string,
): Promise<void> {
  const { people, products } = year.settings;
  const until = new Date(year.untilMs);
  await client.query('BEGIN');
  await copyRows(client, 'categories', categoryRows());
  await copyRows(
    client,
    'products',
    year.products.map((product) =>
      productRow({ ...product, orderCount: sold.orders[product.id] ?? 0 }, sold.pieces[product.id] ?? 0),
    ),
  );
  await copyRows(client, 'customers', [operatorRow(people + 1, until)]);
  await copyRows(client, 'sign_in_identities', [identityRow(people + 1, OPERATOR_EMAIL, secretHash)]);
  await client.query('INSERT INTO stampede_history.chunks VALUES ($1, $2, $3)', [
    CATALOGUE_INDEX,
    products + 19 + 2,
    JSON.stringify(emptyTally(year.dayCount)),
  ]);
  await client.query('COMMIT');
}

async function readMade(client: Client, year: Year): Promise<Pick<MadeHistory, 'tally' | 'rowCounts'>> {
  const tally = emptyTally(year.dayCount);
  for (const chunk of await readChunks(client)) mergeTally(tally, chunk.tally);
  const rowCounts: Record<string, number> = {};
  const { rows } = await client.query<{ name: string; count: string }>(
    `SELECT relname AS name, greatest(reltuples, 0)::bigint AS count FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1)`,
    [ANALYSED],
  );
  for (const { name, count } of rows) rowCounts[name] = Number(count);
  return { tally, rowCounts };
}

async function cutOffText(cause: Error): Promise<string> {
  return `The load broke off: ${cause.message}. What was loaded stays; needed is a database that answers and has room. Next: the same command with --resume.`;
}
