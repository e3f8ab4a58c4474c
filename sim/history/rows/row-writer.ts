// What writes the things of a history down as rows, table by table. There are two: binary-rows.ts for COPY and csv-rows.ts.
import type { LoadedTable } from '../../../system/contract/tables.ts';
import type { HistorySink } from '../year/history-sink.ts';

export type RowFormat = 'binary' | 'csv';

/** The tables that a group of people fills. Categories, products and the operator come on top, once. */
export const PEOPLE_TABLES = [
  'customers',
  'sign_in_identities',
  'refresh_tokens',
  'orders',
  'order_lines',
  'order_adjustments',
  'order_tenders',
  'grade_changes',
  'behaviour_actions',
] as const satisfies readonly LoadedTable[];
export type PeopleTable = (typeof PEOPLE_TABLES)[number];

/** The rows of each table, ready to be copied or appended; no bytes where there are no rows. */
export type TableBytes = Record<PeopleTable, Uint8Array<ArrayBuffer>>;

export type RowWriter = HistorySink & {
  /** Rows written since the last call, and their numbers. The bytes hold until the next row is written. */
  take(): { bytes: TableBytes; rowCounts: Record<PeopleTable, number> };
};

export type RowWriterInput = {
  seed: number;
  /** The history's end: refresh tokens hold from then on. */
  untilMs: number;
  /** The password hash that all accounts share. */
  secretHash: string;
};

/** A value for each table of a group of people. */
export function forEachTable<Value>(make: (table: PeopleTable) => Value): Record<PeopleTable, Value> {
  return Object.fromEntries(PEOPLE_TABLES.map((table) => [table, make(table)])) as Record<PeopleTable, Value>;
}
