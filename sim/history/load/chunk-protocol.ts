// What goes between the maker of a history and its workers, over Node's worker messages. A chunk is a group of people, or
// for the founders' pools a week; the rows of a chunk depend on the settings and its index only.

import type { RowFormat, TableBytes } from '../rows/row-writer.ts';
import type { HistorySettings } from '../year/settings.ts';
import type { Tally } from '../year/tally.ts';

/** People in a chunk: whole blocks (people.ts). */
export const CHUNK_PEOPLE = 4_096;

/** What a worker starts with; it prepares the year while the work is still being decided. */
export type WorkerStart = { settings: HistorySettings };

/** How the chunks are to be made. */
export type WorkerSetup = {
  scale: number;
  format: RowFormat;
  secretHash: string;
  /** Where the worker loads its chunks itself; null: it hands over their rows. */
  databaseUrl: string | null;
};

/** `begin` comes once; `make` one chunk; `make-all` those of the pools that are not done; `taken`: go on after a chunk; `end` at last. */
export type ToWorker =
  | { kind: 'begin'; setup: WorkerSetup }
  | { kind: 'make'; index: number }
  | { kind: 'make-all'; done: readonly number[] }
  | { kind: 'taken' }
  | { kind: 'end' };

/** A chunk that is stored (or handed over): what it holds. Pieces sold and orders are per product id. */
export type MadeChunk = {
  index: number;
  rowCounts: Record<string, number>;
  tally: Tally;
  soldCounts: Int32Array;
  orderCounts: Int32Array;
  bytes: TableBytes | null;
};

export type FromWorker = { kind: 'chunk'; chunk: MadeChunk } | { kind: 'all-made' };

/** How many chunks a history has. */
export function chunkCountOf(settings: HistorySettings, dayCount: number): number {
  if (settings.preset === 'founding') return Math.ceil(dayCount / 7) + 1;
  return Math.ceil(settings.people / CHUNK_PEOPLE);
}
