// Streams rows into one table by COPY, no faster than PostgreSQL takes them.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';
import { type ColumnValue, copyLine } from './copy-text.ts';

const CHUNK_CHARACTERS = 64 * 1_024;
const PIECE_BYTES = 256 * 1_024;

/** A row of a table, by column; the contract says which columns there are. */
export type Row<Table extends LoadedTable> = Record<(typeof LOADED_TABLES)[Table][number], ColumnValue>;

/** Copies all rows and resolves with their number; the error of a broken row names the table. */
export async function copyRows<Table extends LoadedTable>(
  client: Client,
  table: Table,
  rows: Iterable<Row<Table>>,
): Promise<number> {
  const columns: readonly (typeof LOADED_TABLES)[Table][number][] = LOADED_TABLES[table];
  let count = 0;
  function* chunks(): Generator<string> {
    let chunk = '';
    for (const row of rows) {
      chunk += copyLine(columns.map((column) => row[column]));
      count += 1;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = '';
    }
    if (chunk !== '') yield chunk;
  }
  try {
    const target = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
    await pipeline(Readable.from(chunks()), target);
  } catch (cause) {
    throw new Error(`Loading table ${table} failed at about row ${count}: ${(cause as Error).message}`, {
      cause,
    });
  }
  return count;
}

/** Copies rows that are written already in COPY's binary format. */
export async function copyBinary(client: Client, table: LoadedTable, bytes: Uint8Array): Promise<void> {
  const target = client.query(
    copyFrom(`COPY ${table} (${LOADED_TABLES[table].join(', ')}) FROM STDIN WITH (FORMAT binary)`),
  );
  function* pieces(): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
  }
  try {
    await pipeline(Readable.from(pieces()), target);
  } catch (cause) {
    throw new Error(`Loading table ${table} failed: ${(cause as Error).message}`, { cause });
  }
}
