// The state of a database that a history is loaded into: whose data it holds, how far a load has come, and the mark that
// says this tool made it. The mark is a schema of its own, `stampede_history`.
import type { Client } from 'pg';
import { LOADED_TABLES } from '../../../system/contract/tables.ts';
import type { TableDefinitions } from '../rows/table-definitions.ts';
import { fingerprintOf, type HistorySettings } from '../year/settings.ts';
import type { Tally } from '../year/tally.ts';
import { emptyHistory } from './empty-history.ts';
import { HistoryDatabaseError } from './history-database-error.ts';

export { HistoryDatabaseError } from './history-database-error.ts';

export type LoadMark = {
  fingerprint: string;
  state: 'loading' | 'complete';
  settings: HistorySettings;
  definitions: TableDefinitions;
};

/**
 * What is to be done with the database: fill it, go on, or nothing because it is whole already. `dropped`: definitions
 * that a load that was cut off has dropped and not put back.
 */
export type LoadState =
  | { kind: 'empty'; dropped: TableDefinitions | null }
  | { kind: 'resume'; definitions: TableDefinitions }
  | { kind: 'complete' };

const LOCK = "hashtext('stampede_history')";

/** Keeps a second history out of the same database for the length of this connection. */
export async function lockDatabase(client: Client): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`);
  if (rows[0]?.locked === true) return;
  throw new HistoryDatabaseError(
    'Another history is being loaded into this database right now; needed is one at a time. Next: wait for it.',
  );
}

/**
 * Looks at the database and, with `replace`, empties one that this tool made.
 * @throws HistoryDatabaseError when it has no shop's tables, somebody's data, or another history than is asked for
 */
export async function prepareDatabase(
  client: Client,
  settings: HistorySettings,
  how: { resume: boolean; replace: boolean },
): Promise<LoadState> {
  const missing = await missingColumns(client);
  if (missing.length > 0) {
    throw new HistoryDatabaseError(
      `The database lacks ${missing.join(', ')}; needed is a shop database, migrated to the newest. Next: node system/main.ts migrate, or another DATABASE_URL.`,
    );
  }
  const mark = await readMark(client);
  if (mark === null) {
    await refuseUnlessEmpty(client);
    return { kind: 'empty', dropped: null };
  }
  if (how.replace) {
    await emptyHistory(client, mark.settings);
    return { kind: 'empty', dropped: mark.state === 'loading' ? mark.definitions : null };
  }
  const isSame = mark.fingerprint === fingerprintOf(settings);
  if (!isSame) {
    throw new HistoryDatabaseError(
      `The database holds another history (${describeSettings(mark.settings)}${mark.state === 'loading' ? ', half loaded' : ''}); needed is an empty one or the same settings. Next: --replace, or another DATABASE_URL.`,
    );
  }
  if (mark.state === 'complete') return { kind: 'complete' };
  if (how.resume) return { kind: 'resume', definitions: mark.definitions };
  throw new HistoryDatabaseError(
    'The database holds this history half loaded; needed is a decision. Next: --resume goes on, --replace starts again.',
  );
}

/** Creates the mark of a load that begins; the definitions are those of the indexes that it has dropped. */
export async function writeMark(
  client: Client,
  settings: HistorySettings,
  definitions: TableDefinitions,
): Promise<void> {
  await client.query('DROP SCHEMA IF EXISTS stampede_history CASCADE');
  await client.query('CREATE SCHEMA stampede_history');
  await client.query(`COMMENT ON SCHEMA stampede_history IS 'This database was filled by npm run history.'`);
  await client.query(`CREATE TABLE stampede_history.made (
    fingerprint text NOT NULL, state text NOT NULL, settings jsonb NOT NULL, definitions jsonb NOT NULL)`);
  await client.query(`CREATE TABLE stampede_history.chunks (
    index integer PRIMARY KEY, row_count bigint NOT NULL, tally jsonb NOT NULL)`);
  await client.query('INSERT INTO stampede_history.made VALUES ($1, $2, $3, $4)', [
    fingerprintOf(settings),
    'loading',
    JSON.stringify(settings),
    JSON.stringify(definitions),
  ]);
}

/** The mark of this tool, or null. */
export async function readMark(client: Client): Promise<LoadMark | null> {
  if (!(await exists(client, 'stampede_history.made'))) return null;
  const { rows } = await client.query<LoadMark>(
    'SELECT fingerprint, state, settings, definitions FROM stampede_history.made',
  );
  return rows[0] ?? null;
}

/** The groups that are loaded already, with what they hold. */
export async function readChunks(
  client: Client,
): Promise<{ index: number; rowCount: number; tally: Tally }[]> {
  const { rows } = await client.query<{ index: number; rowCount: string; tally: Tally }>(
    'SELECT index, row_count AS "rowCount", tally FROM stampede_history.chunks ORDER BY index',
  );
  return rows.map((row) => ({ ...row, rowCount: Number(row.rowCount) }));
}

export async function markComplete(client: Client): Promise<void> {
  await client.query("UPDATE stampede_history.made SET state = 'complete'");
}

function describeSettings({ preset, people, days, seed }: HistorySettings): string {
  return `${preset}, ${people} people, ${days} days, seed ${seed}`;
}

/** Tables that are not there, and columns of those that are: another program's `customers` is no table of a shop. */
async function missingColumns(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ANY($1)`,
    [Object.keys(LOADED_TABLES)],
  );
  const tables = new Set(rows.map(({ table }) => table));
  const columns = new Set(rows.map(({ table, column }) => `${table}.${column}`));
  return Object.entries(LOADED_TABLES).flatMap(([table, names]) =>
    tables.has(table)
      ? names.filter((name) => !columns.has(`${table}.${name}`)).map((name) => `column ${table}.${name}`)
      : [`table ${table}`],
  );
}

async function exists(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    table,
  ]);
  return rows[0]?.found === true;
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  for (const table of Object.keys(LOADED_TABLES)) {
    const { rowCount } = await client.query(`SELECT FROM ${table} LIMIT 1`);
    if (rowCount === 0) continue;
    throw new HistoryDatabaseError(
      `The database holds somebody's data (found rows in ${table}, not made by npm run history); needed is an empty one, it is never overwritten. Next: another DATABASE_URL.`,
    );
  }
}
