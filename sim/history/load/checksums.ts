// What identifies the rows of a history: a checksum of each table, the same whenever the same settings made it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';

/** `rowCount` null: not counted. `checksum`: 16 hexadecimal digits. */
export type TableChecksum = { table: LoadedTable; rowCount: number | null; checksum: string };

const TABLES = Object.keys(LOADED_TABLES) as LoadedTable[];

/**
 * Reads every table: the sum of its rows' 64-bit hashes modulo 2⁶⁴, so their order does not matter. Only the columns that
 * a history loads count. Takes about a second for a million rows.
 */
export async function databaseChecksums(databaseUrl: string): Promise<TableChecksum[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'stampede-history' });
  // A connection that is lost between two statements is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // A row's text must not depend on the server's settings.
    await client.query("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'");
    const sums: TableChecksum[] = [];
    for (const table of TABLES) {
      const { rows } = await client.query<{ count: string; sum: string }>(
        `SELECT count(*), coalesce(sum(hashtextextended(ROW(${LOADED_TABLES[table].join(', ')})::text, 0)::numeric), 0) AS sum
           FROM ${table}`,
      );
      const sum = BigInt.asUintN(64, BigInt(rows[0]?.sum ?? 0));
      sums.push({
        table,
        rowCount: Number(rows[0]?.count),
        checksum: sum.toString(16).padStart(16, '0'),
      });
    }
    return sums;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The first half of each file's SHA-256; the files of the same history are the same byte for byte. */
export async function csvChecksums(folder: string): Promise<TableChecksum[]> {
  const sums: TableChecksum[] = [];
  for (const table of TABLES) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, `${table}.csv`)), hash);
    sums.push({ table, rowCount: null, checksum: hash.digest('hex').slice(0, 16) });
  }
  return sums;
}
