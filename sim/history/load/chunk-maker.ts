// Makes chunks of a history: their rows as bytes, what they sold and what they count. Pure but for the catalogue it keeps.

import { createBinaryRows } from '../rows/binary-rows.ts';
import { createCsvRows } from '../rows/csv-rows.ts';
import type { RowWriter, TableBytes } from '../rows/row-writer.ts';
import { generatePeople } from '../year/habit-year.ts';
import type { HistorySink } from '../year/history-sink.ts';
import { isKept } from '../year/make-order.ts';
import { generatePools } from '../year/pool-year.ts';
import { createTally } from '../year/tally.ts';
import type { Year } from '../year/year.ts';
import { CHUNK_PEOPLE, type MadeChunk, type WorkerSetup } from './chunk-protocol.ts';

/** Its rows hold until the next chunk is begun. */
export type ChunkWithRows = MadeChunk & { bytes: TableBytes };

export type ChunkMaker = {
  /** Chunk `index` of a calibrated preset: its people with everything of theirs. */
  people(index: number): ChunkWithRows;
  /** The weeks of the founders' pools, then their people. Each chunk must be taken before the next is made. */
  pools(): Generator<ChunkWithRows>;
};

/** Prepares the making of chunks; one maker writes all its rows through the same buffers. */
export function createChunkMaker(year: Year, { format, secretHash, scale }: WorkerSetup): ChunkMaker {
  const { seed, untilMs, people } = year.settings;
  const input = { seed, untilMs, secretHash };
  const rows = format === 'csv' ? createCsvRows(input) : createBinaryRows(input);
  return {
    people: (index) => {
      const chunk = openChunk(year, rows);
      const first = index * CHUNK_PEOPLE + 1;
      generatePeople(year, first, Math.min(first + CHUNK_PEOPLE - 1, people), scale, chunk.sink);
      return chunk.close(index);
    },
    pools: () => makePoolChunks(year, scale, rows),
  };
}

function* makePoolChunks(year: Year, scale: number, rows: RowWriter): Generator<ChunkWithRows> {
  let chunk = openChunk(year, rows);
  // What a person spent is known only after all weeks, so one counter goes through all chunks.
  const counter = createTally(year);
  const sink: HistorySink = {
    person: (person) => {
      rows.person(person);
      counter.person(person);
    },
    order: (order) => {
      chunk.sink.order(order);
      counter.order(order);
    },
    gradeChange: (change) => {
      rows.gradeChange(change);
      counter.gradeChange(change);
    },
    action: rows.action,
  };
  const lastIndex = Math.ceil(year.dayCount / 7);
  for (const index of generatePools(year, scale, sink)) {
    const made = chunk.close(index);
    // The whole count belongs to the last chunk; the others count nothing.
    made.tally = index === lastIndex ? counter.tally : createTally(year).tally;
    yield made;
    chunk = openChunk(year, rows);
  }
}

function openChunk(year: Year, rows: RowWriter) {
  const counter = createTally(year);
  const soldCounts = new Int32Array(year.settings.products + 1);
  const orderCounts = new Int32Array(year.settings.products + 1);
  const sink: HistorySink = {
    person: (person) => {
      rows.person(person);
      counter.person(person);
    },
    order: (order) => {
      rows.order(order);
      counter.order(order);
      if (!isKept(order)) return;
      for (const { product, quantity } of order.lines) {
        soldCounts[product.id] = (soldCounts[product.id] ?? 0) + quantity;
        orderCounts[product.id] = (orderCounts[product.id] ?? 0) + 1;
      }
    },
    gradeChange: (change) => {
      rows.gradeChange(change);
      counter.gradeChange(change);
    },
    action: rows.action,
  };
  const close = (index: number): ChunkWithRows => {
    const { bytes, rowCounts } = rows.take();
    return { index, bytes, rowCounts, tally: counter.tally, soldCounts, orderCounts };
  };
  return { sink, close };
}
