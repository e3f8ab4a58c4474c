// Stores one chunk of a history in one transaction, with the note that it is stored.
import type { Client } from 'pg';
import type { MadeChunk } from './chunk-protocol.ts';
import { copyText } from './copy-rows.ts';
import { PEOPLE_TABLES, type TableText } from './row-text.ts';

/** All of the chunk or, when this rejects, nothing. */
export async function storeChunk(client: Client, chunk: MadeChunk & { text: TableText }): Promise<void> {
  const { index, text, rowCounts, tally } = chunk;
  await client.query('BEGIN');
  for (const table of PEOPLE_TABLES) if (text[table] !== '') await copyText(client, table, text[table]);
  const rowCount = Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
  await client.query('INSERT INTO stampede_history.chunks VALUES ($1, $2, $3)', [
    index,
    rowCount,
    JSON.stringify(tally),
  ]);
  await client.query('COMMIT');
}
