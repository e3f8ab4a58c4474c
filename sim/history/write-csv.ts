// Writes a history as CSV files, one a table, in the order of the groups whatever worker makes them. A file beside them
// notes how far each has come, so that a writing that was cut off goes on at the last whole group.
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOADED_TABLES, type LoadedTable } from '../../system/contract/tables.ts';
import { OPERATOR_EMAIL, SEEDED_PASSWORD } from './accounts.ts';
import { makeChunks } from './chunk-pool.ts';
import { chunkCountOf, type MadeChunk } from './chunk-protocol.ts';
import { csvRow } from './csv-rows.ts';
import { categoryRows, identityRow, operatorRow, productRow } from './data-set-rows.ts';
import { HistoryDatabaseError } from './history-database.ts';
import { defaultWorkerCount, HistoryCutOffError, type MadeHistory } from './load-history.ts';
import { orderScale } from './order-scale.ts';
import { seededPasswordHash } from './password-hash.ts';
import { createProgress, type HistoryProgress } from './progress.ts';
import { PEOPLE_TABLES } from './row-writer.ts';
import { fingerprintOf, type HistorySettings, mistakesIn } from './settings.ts';
import { emptyTally, mergeTally, type Tally } from './tally.ts';
import { prepareYear, type Year } from './year.ts';

export type WriteCsvInput = {
  folder: string;
  settings: HistorySettings;
  workerCount?: number;
  resume?: boolean;
  replace?: boolean;
  onProgress?: (progress: HistoryProgress) => void;
};

const STATE_FILE = 'history.json';

/** How far the files have come: whole groups, the length of each file after them, and what they hold. */
type CsvState = {
  fingerprint: string;
  complete: boolean;
  chunkCount: number;
  bytes: Record<string, number>;
  rowCounts: Record<string, number>;
  tally: Tally;
  sold: number[];
  orders: number[];
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
  await mkdir(input.folder, { recursive: true });
  const state = await prepareFolder(input, year);
  const wasLoaded = !state.complete;
  if (wasLoaded) {
    try {
      await writeAll(input, year, state);
    } catch (cause) {
      throw new HistoryCutOffError(
        `Writing to ${input.folder} broke off: ${(cause as Error).message}. What was written stays; needed is room on the disk. Next: the same command with --resume.`,
        { cause },
      );
    }
  }
  const { rowCounts, tally } = state;
  return { settings: input.settings, rowCounts, tally, elapsedMs: performance.now() - startedMs, wasLoaded };
}

async function prepareFolder(
  { folder, settings, resume, replace }: WriteCsvInput,
  year: Year,
): Promise<CsvState> {
  const fingerprint = fingerprintOf(settings);
  const files = await readdir(folder);
  const old = files.includes(STATE_FILE)
    ? (JSON.parse(await readFile(join(folder, STATE_FILE), 'utf8')) as CsvState)
    : null;
  if (old === null && files.length > 0) {
    throw new HistoryDatabaseError(
      `Folder ${folder} holds somebody's files (found ${files[0]}); needed is an empty one. Next: another --out.`,
    );
  }
  if (old !== null && !(replace ?? false)) {
    if (old.fingerprint !== fingerprint) {
      throw new HistoryDatabaseError(
        `Folder ${folder} holds another history; needed is an empty one. Next: --replace, or another --out.`,
      );
    }
    if (old.complete || (resume ?? false)) return old;
    throw new HistoryDatabaseError(
      `Folder ${folder} holds this history half written; needed is a decision. Next: --resume goes on, --replace starts again.`,
    );
  }
  for (const table of Object.keys(LOADED_TABLES)) await rm(join(folder, `${table}.csv`), { force: true });
  const state: CsvState = {
    fingerprint,
    complete: false,
    chunkCount: 0,
    bytes: {},
    rowCounts: {},
    tally: emptyTally(year.dayCount),
    sold: new Array<number>(settings.products + 1).fill(0),
    orders: new Array<number>(settings.products + 1).fill(0),
  };
  for (const table of Object.keys(LOADED_TABLES) as LoadedTable[]) {
    await append(folder, state, table, Buffer.from(`${LOADED_TABLES[table].join(',')}\n`), 0);
  }
  await saveState(folder, state);
  return state;
}

async function writeAll(
  { folder, settings, workerCount, onProgress }: WriteCsvInput,
  year: Year,
  state: CsvState,
) {
  const chunkCount = chunkCountOf(settings, year.dayCount);
  const wanted = Array.from({ length: chunkCount - state.chunkCount }, (_, i) => state.chunkCount + i);
  const progress = createProgress(year, chunkCount, state.chunkCount, onProgress);
  const secretHash = await seededPasswordHash(SEEDED_PASSWORD);
  await makeChunks({
    setup: { settings, scale: orderScale(year), format: 'csv', secretHash, databaseUrl: null },
    workerCount: workerCount ?? defaultWorkerCount(),
    wanted,
    chunkCount,
    inOrder: true,
    onChunk: async (chunk) => {
      await writeChunk(folder, state, chunk);
      progress.chunk(chunk);
    },
  });
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

/** Writes after the last whole group: what a killed process wrote beyond it is overwritten. */
async function append(
  folder: string,
  state: CsvState,
  table: LoadedTable,
  bytes: Uint8Array,
  rowCount: number,
) {
  const at = state.bytes[table] ?? 0;
  const file = await open(join(folder, `${table}.csv`), at === 0 ? 'w' : 'r+');
  try {
    await file.truncate(at);
    if (bytes.length > 0) {
      const { bytesWritten } = await file.write(bytes, 0, bytes.length, at);
      if (bytesWritten < bytes.length)
        throw new Error(`${table}.csv took ${bytesWritten} of ${bytes.length} bytes`);
    }
  } finally {
    await file.close();
  }
  state.bytes[table] = at + bytes.length;
  state.rowCounts[table] = (state.rowCounts[table] ?? 0) + rowCount;
}

/** Whole or not at all: written beside and renamed. */
async function saveState(folder: string, state: CsvState): Promise<void> {
  const beside = join(folder, `${STATE_FILE}.new`);
  await writeFile(beside, JSON.stringify(state));
  await rename(beside, join(folder, STATE_FILE));
}
