// The folder that a history is written into as CSV: its files, and the note beside them of how far each has come, so that
// a writing that was cut off goes on at the last whole group.
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';
import { fingerprintOf, type HistorySettings } from '../year/settings.ts';
import { emptyTally, type Tally } from '../year/tally.ts';
import { HistoryDatabaseError } from './history-database.ts';

const STATE_FILE = 'history.json';
export const CSV_TABLES = Object.keys(LOADED_TABLES) as LoadedTable[];

/** How far the files have come: whole groups, the length of each file after them, and what they hold. */
export type CsvState = {
  fingerprint: string;
  complete: boolean;
  chunkCount: number;
  bytes: Record<string, number>;
  rowCounts: Record<string, number>;
  tally: Tally;
  sold: number[];
  orders: number[];
};

type OpenStateInput = { folder: string; settings: HistorySettings; resume?: boolean; replace?: boolean };

/**
 * Where the writing stands; a new one is noted before its first file, so that the folder is known as ours.
 * @throws HistoryDatabaseError when the folder holds somebody's files, or another history than is asked for
 */
export async function openState(
  { folder, settings, resume, replace }: OpenStateInput,
  dayCount: number,
): Promise<CsvState> {
  const fingerprint = fingerprintOf(settings);
  const files = (await readdir(folder)).filter((file) => file !== `${STATE_FILE}.new`);
  const old = files.includes(STATE_FILE) ? await readState(folder) : null;
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
  const state: CsvState = {
    fingerprint,
    complete: false,
    chunkCount: 0,
    bytes: {},
    rowCounts: {},
    tally: emptyTally(dayCount),
    sold: new Array<number>(settings.products + 1).fill(0),
    orders: new Array<number>(settings.products + 1).fill(0),
  };
  await saveState(folder, state);
  for (const table of CSV_TABLES) await rm(join(folder, `${table}.csv`), { force: true });
  return state;
}

/** The note of an earlier writing, or null when a file of that name is somebody else's. */
async function readState(folder: string): Promise<CsvState | null> {
  const text = await readFile(join(folder, STATE_FILE), 'utf8');
  try {
    const found = JSON.parse(text) as Partial<CsvState> | null;
    return typeof found?.fingerprint === 'string' && Array.isArray(found.sold) ? (found as CsvState) : null;
  } catch {
    return null;
  }
}

/** Writes after the last whole group: what a killed process wrote beyond it is overwritten. */
export async function append(
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
    // A disk that is nearly full takes a part; only the next write says why.
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
  } finally {
    await file.close();
  }
  state.bytes[table] = at + bytes.length;
  state.rowCounts[table] = (state.rowCounts[table] ?? 0) + rowCount;
}

/** Whole or not at all: written beside and renamed. */
export async function saveState(folder: string, state: CsvState): Promise<void> {
  const beside = join(folder, `${STATE_FILE}.new`);
  await writeFile(beside, JSON.stringify(state));
  await rename(beside, join(folder, STATE_FILE));
}
