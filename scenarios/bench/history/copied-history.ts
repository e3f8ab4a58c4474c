// The rival of a load: the very same rows, made already and held in memory, copied into the same tables with the same work
// on indexes, keys and statistics.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { analyseTables } from '../../../sim/history/load/made-history.ts';
import {
  dropDefinitions,
  readDefinitions,
  restoreDefinitions,
} from '../../../sim/history/rows/table-definitions.ts';
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';
import { withClient } from '../../data/databases.ts';

/** COPY's binary format, the quicker one, in pieces as PostgreSQL gave them. */
export type DumpedTable = {
  table: LoadedTable;
  pieces: Buffer[];
  byteCount: number;
  /** A statement that makes the table ready for its rows. */
  before: string | null;
};

const TABLES = Object.keys(LOADED_TABLES) as LoadedTable[];
const PIECE_BYTES = 256 * 1_024;
const copyOf = (table: LoadedTable): string => `COPY ${table} (${LOADED_TABLES[table].join(', ')})`;

/** Reads all loaded tables. */
export async function dumpHistory(databaseUrl: string): Promise<DumpedTable[]> {
  return withClient(databaseUrl, async (client) => {
    const dumped: DumpedTable[] = [];
    for (const table of TABLES) {
      const rows: Buffer[] = [];
      // A table of partitions gives its rows to a query only.
      const query = `COPY (SELECT ${LOADED_TABLES[table].join(', ')} FROM ${table}) TO STDOUT WITH (FORMAT binary)`;
      for await (const row of client.query(copyTo(query))) rows.push(row);
      const bytes = Buffer.concat(rows);
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += PIECE_BYTES)
        pieces.push(bytes.subarray(at, at + PIECE_BYTES));
      const before = table === 'behaviour_actions' ? await behaviourDays(client) : null;
      dumped.push({ table, pieces, byteCount: bytes.length, before });
    }
    return dumped;
  });
}

async function behaviourDays(client: Client): Promise<string> {
  const { rows } = await client.query<{ first: string; last: string }>(
    `SELECT (min(acted_at) AT TIME ZONE 'UTC')::date::text AS first, (max(acted_at) AT TIME ZONE 'UTC')::date::text AS last
       FROM behaviour_actions`,
  );
  return `SELECT behaviour_create_days('${rows[0]?.first}', '${rows[0]?.last}')`;
}

/** Rows of all loaded tables together. */
export async function countRows(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const each = TABLES.map((table) => `SELECT count(*) AS count FROM ${table}`).join(' UNION ALL ');
    const { rows } = await client.query<{ count: number }>(
      `SELECT sum(count)::float8 AS count FROM (${each}) t`,
    );
    return rows[0]?.count ?? 0;
  });
}

/**
 * Copies the tables, the largest first, over so many connections at a time, then does with them what a load does at its
 * end over `indexConnectionCount` connections. Gives the seconds that both took.
 */
export async function copyHistory(
  databaseUrl: string,
  dumped: readonly DumpedTable[],
  connections: { copyCount: number; indexCount: number },
  monotonicMs: () => number,
): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const startedMs = monotonicMs();
    const definitions = await readDefinitions(client);
    await dropDefinitions(client, definitions);
    const queue = dumped.toSorted((a, b) => b.byteCount - a.byteCount);
    const copyNext = (): Promise<void> =>
      withClient(databaseUrl, async (copying) => {
        await copying.query('SET synchronous_commit = off');
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          if (next.before !== null) await copying.query(next.before);
          const target = copying.query(copyFrom(`${copyOf(next.table)} FROM STDIN WITH (FORMAT binary)`));
          await pipeline(Readable.from(next.pieces), target);
        }
      });
    await Promise.all(Array.from({ length: connections.copyCount }, copyNext));
    await restoreDefinitions(databaseUrl, definitions, connections.indexCount, () => undefined);
    await client.query('SELECT shop_reset_sequences()');
    await analyseTables(client);
    return (monotonicMs() - startedMs) / 1_000;
  });
}
