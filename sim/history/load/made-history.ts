// What a load has made, read back from the database, and the statistics that the planner needs of it.
import type { Client } from 'pg';
import { LOADED_TABLES } from '../../../system/contract/tables.ts';
import { letVacuumAgain } from '../rows/table-definitions.ts';
import type { HistorySettings } from '../year/settings.ts';
import { emptyTally, mergeTally, type Tally } from '../year/tally.ts';
import type { Year } from '../year/year.ts';
import { readChunks } from './history-database.ts';

export type MadeHistory = {
  settings: HistorySettings;
  /** Rows of each table; of all when the history was there already. */
  rowCounts: Record<string, number>;
  tally: Tally;
  elapsedMs: number;
  /** False when nothing was to be done. */
  wasLoaded: boolean;
};

/** Statistics of all tables that a load fills; from then on autovacuum looks after them. */
export async function analyseTables(client: Client): Promise<void> {
  for (const table of Object.keys(LOADED_TABLES)) await client.query(`ANALYZE ${table}`);
  await letVacuumAgain(client);
}

/** The orders and rows of all groups that are stored. */
export async function readMade(
  client: Client,
  year: Year,
): Promise<Pick<MadeHistory, 'tally' | 'rowCounts'>> {
  const tally = emptyTally(year.dayCount);
  for (const chunk of await readChunks(client)) mergeTally(tally, chunk.tally);
  const rowCounts: Record<string, number> = {};
  const { rows } = await client.query<{ name: string; count: string }>(
    `SELECT relname AS name, greatest(reltuples, 0)::bigint AS count FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1)`,
    [Object.keys(LOADED_TABLES)],
  );
  for (const { name, count } of rows) rowCounts[name] = Number(count);
  return { tally, rowCounts };
}
