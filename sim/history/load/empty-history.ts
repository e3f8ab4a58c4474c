// Empties a database of the history that was made in it, and of nothing else: rows that came after it, and tables of others that
// hang on its own, keep it from being emptied.
import { type Client, escapeIdentifier } from 'pg';
import { LOADED_TABLES } from '../../../system/contract/tables.ts';
import type { HistorySettings } from '../year/settings.ts';
import { HistoryDatabaseError } from './history-database-error.ts';

/**
 * Empties the loaded tables and marks the history as half loaded in the same transaction: whoever is cut off here finds no empty
 * database that is said to be whole.
 * @throws HistoryDatabaseError with the tables and how many rows, when some were made by nobody's history
 */
export async function emptyHistory(client: Client, made: HistorySettings): Promise<void> {
  const hanging = await hangingTables(client);
  const foreign = [...(await rowsAfter(client, made)), ...(await rowsOf(client, hanging))];
  if (foreign.length > 0) {
    const found = foreign.map(({ table, count }) => `${count} ${count === 1 ? 'row' : 'rows'} in ${table}`);
    throw new HistoryDatabaseError(
      `The database holds ${found.join(', ')} that no history made; needed is one with nothing but its history. Next: another DATABASE_URL, or drop that database yourself.`,
    );
  }
  const tables = [...Object.keys(LOADED_TABLES).map((table) => escapeIdentifier(table)), ...hanging];
  await client.query('BEGIN');
  await client.query(`TRUNCATE ${tables.join(', ')}, stampede_history.chunks`);
  await client.query("UPDATE stampede_history.made SET state = 'loading'");
  await client.query('COMMIT');
}

type Rows = { table: string; count: number };

/** A history gives the first ids to its people (with the operator) and products, and places no order at its end or after. */
async function rowsAfter(client: Client, { people, products, untilMs }: HistorySettings): Promise<Rows[]> {
  const { rows } = await client.query<Rows>(
    `SELECT 'customers' AS table, count(*)::int AS count FROM customers WHERE id > $1::int + 1
     UNION ALL SELECT 'products', count(*)::int FROM products WHERE id > $2
     UNION ALL SELECT 'orders', count(*)::int FROM orders WHERE placed_at >= $3`,
    [people, products, new Date(untilMs)],
  );
  return rows.filter(({ count }) => count > 0);
}

/** Other tables that refer to the loaded ones, directly or not: they can only be emptied together. */
async function hangingTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `WITH RECURSIVE hanging AS (
       SELECT unnest($1::regclass[]) AS id
       UNION SELECT conrelid FROM pg_constraint JOIN hanging ON confrelid = hanging.id WHERE contype = 'f')
     SELECT id::text AS table FROM hanging WHERE id <> ALL ($1::regclass[]) ORDER BY 1`,
    [Object.keys(LOADED_TABLES)],
  );
  return rows.map(({ table }) => table);
}

/** The names are the server's own, quoted where that is needed. */
async function rowsOf(client: Client, tables: readonly string[]): Promise<Rows[]> {
  const all: Rows[] = [];
  for (const table of tables) {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    all.push({ table, count: rows[0]?.count ?? 0 });
  }
  return all.filter(({ count }) => count > 0);
}
