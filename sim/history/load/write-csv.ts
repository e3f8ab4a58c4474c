// Writes a history as CSV files, one a table, in the order of the groups whatever worker makes them. A file beside them
// notes how far each has come, so that a writing that was cut off goes on at the last whole group.
import { mkdir } from 'node:fs/promises';
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';
import { OPERATOR_EMAIL, SEEDED_PASSWORD } from '../rows/accounts.ts';
import { csvRow } from '../rows/csv-rows.ts';
import { categoryRows, identityRow, operatorRow, productRow } from '../rows/data-set-rows.ts';
import { seededPasswordHash } from '../rows/password-hash.ts';
import { PEOPLE_TABLES } from '../rows/row-writer.ts';
import { orderScale } from '../year/order-scale.ts';
import { type HistorySettings, mistakesIn } from '../year/settings.ts';
import { mergeTally } from '../year/tally.ts';
import { prepareYear, type Year } from '../year/year.ts';
import { startChunkPool } from './chunk-pool.ts';
import { chunkCountOf, type MadeChunk } from './chunk-protocol.ts';
import { append, CSV_TABLES, type CsvState, openState, saveState } from './csv-folder.ts';
import { cutOff, resumeCommand } from './cut-off.ts';
import { HistoryDatabaseError } from './history-database.ts';
import { defaultWorkerCount } from './load-history.ts';
import type { MadeHistory } from './made-history.ts';
import { createProgress, type HistoryProgress } from './progress.ts';

export type WriteCsvInput = {
  folder: string;
  settings: HistorySettings;
  workerCount?: number;
  resume?: boolean;
  replace?: boolean;
  onProgress?: (progress: HistoryProgress) => void;
  /** Aborting it breaks the writing off; it can go on with `resume`. */
  stop?: AbortSignal;
};

/**
 * Writes `<table>.csv` with a header line into the folder; the same settings give the same bytes.
 * @throws HistoryDatabaseError when the folder holds something else, HistoryCutOffError when the writing broke off
 */
export async function writeCsv(input: WriteCsvInput): Promise<MadeHistory> {
  const mistakes = mistakesIn(input.settings);
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  const startedMs = performance.now();
  const year = prepareYear(input.settings);
  const scale = orderScale(year);
  const state = await prepareFolder(input, year);
  const wasLoaded = !state.complete;
  if (wasLoaded) {
    try {
      await writeAll(input, year, scale, state);
    } catch (cause) {
      const what = `Writing to ${input.folder}`;
      const next = resumeCommand(input.replace ?? false);
      throw cutOff({ what, where: input.folder, left: 'What was written stays', next }, cause);
    }
  }
  const { rowCounts, tally } = state;
  return { settings: input.settings, rowCounts, tally, elapsedMs: performance.now() - startedMs, wasLoaded };
}

async function prepareFolder(input: WriteCsvInput, year: Year): Promise<CsvState> {
  try {
    await mkdir(input.folder, { recursive: true });
    return await openState(input, year.dayCount);
  } catch (cause) {
    if (cause instanceof HistoryDatabaseError) throw cause;
    throw cutOff(
      {
        what: `Writing to ${input.folder}`,
        where: input.folder,
        left: 'It had not begun yet',
        next: 'the same command again, or another --out',
      },
      cause,
    );
  }
}

async function writeAll(
  { folder, settings, workerCount, onProgress, stop }: WriteCsvInput,
  year: Year,
  scale: number,
  state: CsvState,
) {
  const chunkCount = chunkCountOf(settings, year.dayCount);
  const wanted = Array.from({ length: chunkCount - state.chunkCount }, (_, i) => state.chunkCount + i);
  const progress = createProgress(year, chunkCount, state.chunkCount, onProgress);
  const secretHash = await seededPasswordHash(SEEDED_PASSWORD);
  for (const table of CSV_TABLES) {
    if (state.bytes[table] !== undefined) continue;
    await append(folder, state, table, Buffer.from(`${LOADED_TABLES[table].join(',')}\n`), 0);
  }
  const pool = startChunkPool(settings, workerCount ?? defaultWorkerCount());
  try {
    await pool.make({
      setup: { scale, format: 'csv', secretHash, databaseUrl: null },
      wanted,
      chunkCount,
      inOrder: true,
      stop,
      onChunk: async (chunk) => {
        await writeChunk(folder, state, chunk);
        progress.chunk(chunk);
      },
    });
  } finally {
    await pool.end();
  }
  progress.phase('products');
  await writeCatalogue(folder, state, year, secretHash);
  state.complete = true;
  await saveState(folder, state);
}

async function writeChunk(folder: string, state: CsvState, chunk: MadeChunk): Promise<void> {
  if (chunk.bytes === null) throw new Error('A worker handed over a chunk without its rows.');
  for (const table of PEOPLE_TABLES) {
    await append(folder, state, table, chunk.bytes[table], chunk.rowCounts[table] ?? 0);
  }
  mergeTally(state.tally, chunk.tally);
  for (const [id, count] of chunk.soldCounts.entries()) state.sold[id] = (state.sold[id] ?? 0) + count;
  for (const [id, count] of chunk.orderCounts.entries()) state.orders[id] = (state.orders[id] ?? 0) + count;
  state.chunkCount += 1;
  await saveState(folder, state);
}

async function writeCatalogue(
  folder: string,
  state: CsvState,
  year: Year,
  secretHash: string,
): Promise<void> {
  const operatorId = year.settings.people + 1;
  const add = (table: LoadedTable, lines: string[]) =>
    append(folder, state, table, Buffer.from(lines.join('')), lines.length);
  await add(
    'categories',
    Array.from(categoryRows(), (row) => csvRow('categories', row)),
  );
  await add(
    'products',
    year.products.map((product) => {
      const counted = { ...product, orderCount: state.orders[product.id] ?? 0 };
      return csvRow('products', productRow(counted, state.sold[product.id] ?? 0));
    }),
  );
  await add('customers', [csvRow('customers', operatorRow(operatorId, new Date(year.untilMs)))]);
  await add('sign_in_identities', [
    csvRow('sign_in_identities', identityRow(operatorId, OPERATOR_EMAIL, secretHash)),
  ]);
}
