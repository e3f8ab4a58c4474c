// Makes chunks of a history: their rows as bytes, what they sold and what they count. Pure but for the catalogue it keeps.

import { createBinaryRows } from './binary-rows.ts';
import { CHUNK_PEOPLE, type MadeChunk, type WorkerSetup } from './chunk-protocol.ts';
import { createCsvRows } from './csv-rows.ts';
import { generatePeople } from './habit-year.ts';
import type { HistorySink } from './history-sink.ts';
import { isKept } from './make-order.ts';
import { generatePools } from './pool-year.ts';
import type { TableBytes } from './row-writer.ts';
import { createTally } from './tally.ts';
import type { Year } from './year.ts';

export type ChunkWithRows = MadeChunk & { bytes: TableBytes };

/** Chunk `index` of a calibrated preset: its people with everything of theirs. */
export function makePeopleChunk(year: Year, setup: WorkerSetup, index: number): ChunkWithRows {
  const chunk = openChunk(year, setup);
  const first = index * CHUNK_PEOPLE + 1;
  const last = Math.min(first + CHUNK_PEOPLE - 1, year.settings.people);
  generatePeople(year, first, last, setup.scale, chunk.sink);
  return chunk.close(index);
}

/** The weeks of the founders' pools, then their people. Each chunk must be taken before the next is made. */
export function* makePoolChunks(year: Year, setup: WorkerSetup): Generator<ChunkWithRows> {
  let chunk = openChunk(year, setup);
  // What a person spent is known only after all weeks, so one counter goes through all chunks.
  const counter = createTally(year);
  const sink: HistorySink = {
    person: (person) => {
      chunk.rows.person(person);
      counter.person(person);
    },
    order: (order) => {
      chunk.sink.order(order);
      counter.order(order);
    },
    gradeChange: (change) => {
      chunk.rows.gradeChange(change);
      counter.gradeChange(change);
    },
    action: (action) => chunk.rows.action(action),
  };
  const lastIndex = Math.ceil(year.dayCount / 7);
  for (const index of generatePools(year, setup.scale, sink)) {
    const made = chunk.close(index);
    // The whole count belongs to the last chunk; the others count nothing.
    made.tally = index === lastIndex ? counter.tally : createTally(year).tally;
    yield made;
    chunk = openChunk(year, setup);
  }
}

function openChunk(year: Year, setup: WorkerSetup) {
  const { format, secretHash, settings } = setup;
  const input = { seed: settings.seed, untilMs: settings.untilMs, secretHash };
  const rows = format === 'csv' ? createCsvRows(input) : createBinaryRows(input);
  const counter = createTally(year);
  const soldCounts = new Int32Array(settings.products + 1);
  const orderCounts = new Int32Array(settings.products + 1);
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
  return { sink, rows, close };
}
