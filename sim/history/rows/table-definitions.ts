// Takes the indexes, keys and foreign keys of the loaded tables away before a load and puts exactly them back after it:
// building an index once over sorted rows is far quicker than growing it row by row.
import { Client } from 'pg';
import { LOADED_TABLES } from '../../../system/contract/tables.ts';

/** SQL that makes each thing again; `foreign` come last, because they need the keys. */
export type TableDefinitions = { keys: Definition[]; indexes: Definition[]; foreign: Definition[] };

/** `table` with its schema; `drop` and `create` are whole statements. */
export type Definition = { table: string; name: string; drop: string; create: string };

const CONSTRAINTS = `
  SELECT conrelid::regclass::text AS table, conname AS name, contype AS type,
         format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', conrelid::regclass, conname) AS drop,
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS create
    FROM pg_constraint
   WHERE contype IN ('p', 'u', 'f')
     AND (conrelid = ANY($1::regclass[]) OR (contype = 'f' AND confrelid = ANY($1::regclass[])))
   ORDER BY conrelid::regclass::text, conname`;

const INDEXES = `
  SELECT indrelid::regclass::text AS table, indexrelid::regclass::text AS name,
         format('DROP INDEX IF EXISTS %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS create
    FROM pg_index
   WHERE indrelid = ANY($1::regclass[])
     AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
   ORDER BY indrelid::regclass::text, 2`;

/** The loaded tables that are one piece: a partitioned one has no storage of its own and keeps the indexes of its parts. */
async function wholeTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT oid::regclass::text AS table FROM pg_class WHERE oid = ANY($1::regclass[]) AND relkind = 'r' ORDER BY 1`,
    [Object.keys(LOADED_TABLES)],
  );
  return rows.map(({ table }) => table);
}

/** Reads the definitions of all loaded tables that are one piece. */
export async function readDefinitions(client: Client): Promise<TableDefinitions> {
  const tables = await wholeTables(client);
  const constraints = await client.query<Definition & { type: string }>(CONSTRAINTS, [tables]);
  const indexes = await client.query<Definition>(INDEXES, [tables]);
  return {
    keys: constraints.rows.filter(({ type }) => type !== 'f'),
    indexes: indexes.rows,
    foreign: constraints.rows.filter(({ type }) => type === 'f'),
  };
}

/**
 * Drops them all, what depends on others first, and keeps autovacuum away: it would start on the half-filled tables, and
 * every statement at the end would wait a second for it. `letVacuumAgain` is called when the tables are analysed.
 */
export async function dropDefinitions(client: Client, definitions: TableDefinitions): Promise<void> {
  for (const table of await wholeTables(client)) {
    await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)`);
  }
  for (const { drop } of [...definitions.foreign, ...definitions.indexes, ...definitions.keys]) {
    await client.query(drop);
  }
}

/** Autovacuum looks after the loaded tables as after any other. */
export async function letVacuumAgain(client: Client): Promise<void> {
  for (const table of await wholeTables(client)) {
    await client.query(`ALTER TABLE ${table} RESET (autovacuum_enabled, toast.autovacuum_enabled)`);
  }
}

/**
 * Puts them back, `connectionCount` tables at a time, each table by one connection. What is there already (from an end
 * that was cut off) stays.
 */
export async function restoreDefinitions(
  databaseUrl: string,
  definitions: TableDefinitions,
  connectionCount: number,
  onProgress: (text: string) => void,
  stop?: AbortSignal,
): Promise<void> {
  const byTable = new Map<string, Definition[]>();
  for (const one of [...definitions.keys, ...definitions.indexes]) {
    byTable.set(one.table, [...(byTable.get(one.table) ?? []), one]);
  }
  // The biggest tables first, so that no connection is left with the longest work at the end.
  const order = [
    'sign_in_identities',
    'order_lines',
    'orders',
    'customers',
    'order_tenders',
    'refresh_tokens',
  ];
  const rank = (table: string): number => (order.indexOf(table) + order.length + 1) % (order.length + 1);
  const queue = [...byTable].sort(([a], [b]) => rank(a) - rank(b));
  const work = async (): Promise<void> => {
    const client = await connect(databaseUrl);
    try {
      await client.query("SET maintenance_work_mem = '128MB'");
      await client.query('SET max_parallel_maintenance_workers = 0');
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        stop?.throwIfAborted();
        onProgress(`indexes of ${next[0]}`);
        for (const one of next[1]) await createIfMissing(client, one);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const workers = Array.from({ length: connectionCount }, work);
  const settled = await Promise.allSettled(workers);
  for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
  const client = await connect(databaseUrl);
  try {
    for (const one of definitions.foreign) await createIfMissing(client, one);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'stampede-history' });
  // A connection that is lost between two statements is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function createIfMissing(client: Client, { table, name, create }: Definition): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = $1::regclass AND conname = $2)
         OR EXISTS (SELECT FROM pg_index WHERE indrelid = $1::regclass AND indexrelid = to_regclass($2)) AS found`,
    [table, name],
  );
  if (rows[0]?.found !== true) await client.query(create);
}
