// Stores one chunk of a history in one transaction, with the note that it is stored.
import type { Client } from 'pg';
import { copyBinary } from '../rows/copy-rows.ts';
import { PEOPLE_TABLES } from '../rows/row-writer.ts';
import type { ChunkWithRows } from './chunk-maker.ts';

/** All of the chunk or, when this rejects, nothing. */
export async function storeChunk(client: Client, chunk: ChunkWithRows): Promise<void> {
  const { index, bytes, rowCounts, tally } = chunk;
  await client.query('BEGIN');
  for (const table of PEOPLE_TABLES)
    if (bytes[table].length > 0) await copyBinary(client, table, bytes[table]);
  const rowCount = Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
  await client.query('INSERT INTO stampede_history.chunks VALUES ($1, $2, $3)', [
    index,
    rowCount,
    JSON.stringify(tally),
  ]);
  await client.query('COMMIT');
}
