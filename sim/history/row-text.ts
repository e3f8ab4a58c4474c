// Writes the things of a history as lines of text, table by table, in COPY's text format or as CSV. The big tables hold
// only numbers, ids, instants and fixed words, none of which needs escaping, so their lines are put together directly.
import { LOADED_TABLES, type LoadedTable } from '../../system/contract/tables.ts';
import { emailOf } from './accounts.ts';
import type { Row } from './copy-rows.ts';
import { type ColumnValue, copyLine, csvLine } from './copy-text.ts';
import { customerRow, identityRow, refreshTokenRow } from './data-set-rows.ts';
import type { HistorySink } from './history-sink.ts';
import { isKept } from './make-order.ts';

export type RowFormat = 'copy' | 'csv';

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

export type TableText = Record<PeopleTable, string>;

export type RowText = HistorySink & {
  /** Lines written since the last call, and their numbers. */
  take(): { text: TableText; rowCounts: Record<PeopleTable, number> };
};

type RowTextInput = { format: RowFormat; seed: number; untilMs: number; secretHash: string };

/** One row of a table as a line of text, columns as the contract orders them. */
export function rowLine<Table extends LoadedTable>(format: RowFormat, table: Table, row: Row<Table>): string {
  const columns: readonly (typeof LOADED_TABLES)[Table][number][] = LOADED_TABLES[table];
  const values: ColumnValue[] = columns.map((column) => row[column]);
  return format === 'copy' ? copyLine(values) : csvLine(values);
}

/** A sink that writes rows. */
export function createRowText({ format, seed, untilMs, secretHash }: RowTextInput): RowText {
  const s = format === 'copy' ? '\t' : ',';
  const none = format === 'copy' ? '\\N' : '';
  const until = new Date(untilMs);
  let text = empty('');
  let rowCounts = empty(0);
  const add = <Table extends PeopleTable>(table: Table, row: Row<Table>): void => {
    text[table] += rowLine(format, table, row);
    rowCounts[table] += 1;
  };
  return {
    person: (person) => {
      add('customers', customerRow(person, seed));
      if (person.status === 'WITHDRAWN') return;
      add('sign_in_identities', identityRow(person.id, emailOf(person.id), secretHash));
      add('refresh_tokens', refreshTokenRow(person.id, seed, until));
    },
    order: (order) => {
      const { id, state, totalKrw, paymentMethod } = order;
      const cancelled = order.cancelledAtMs === null ? none : iso(order.cancelledAtMs);
      text.orders += `${id}${s}${order.customerId}${s}${state}${s}${paymentMethod}${s}${totalKrw}${s}${iso(order.placedAtMs)}${s}${iso(order.resolvedAtMs)}${s}${cancelled}\n`;
      for (const { product, quantity } of order.lines) {
        text.order_lines += `${id}${s}${product.id}${s}${quantity}${s}${product.priceKrw}\n`;
      }
      if (order.shippingKrw !== 0) text.order_adjustments += `${id}${s}shipping${s}${order.shippingKrw}\n`;
      if (order.discountKrw !== 0) text.order_adjustments += `${id}${s}discount${s}${-order.discountKrw}\n`;
      const tender = isKept(order) ? 'approved' : 'refunded';
      text.order_tenders += `${id}${s}${paymentMethod}${s}${totalKrw}${s}${tender}\n`;
      rowCounts.orders += 1;
      rowCounts.order_lines += order.lines.length;
      rowCounts.order_adjustments += (order.shippingKrw === 0 ? 0 : 1) + (order.discountKrw === 0 ? 0 : 1);
      rowCounts.order_tenders += 1;
    },
    gradeChange: ({ customerId, changedAtMs, from, to }) => {
      text.grade_changes += `${customerId}${s}${iso(changedAtMs)}${s}${from}${s}${to}\n`;
      rowCounts.grade_changes += 1;
    },
    action: ({ id, customerId, action, target, actedAtMs }) => {
      add('behaviour_actions', {
        id,
        customer_id: customerId,
        action,
        target_type: target.type,
        target_id: target.type === 'text' ? null : target.id,
        target_text: target.type === 'text' ? target.text : null,
        acted_at: new Date(actedAtMs),
      });
    },
    take: () => {
      const taken = { text, rowCounts };
      text = empty('');
      rowCounts = empty(0);
      return taken;
    },
  };
}

/** A value for each table of a group of people. */
export function empty<Value>(value: Value): Record<PeopleTable, Value> {
  return Object.fromEntries(PEOPLE_TABLES.map((table) => [table, value])) as Record<PeopleTable, Value>;
}

function iso(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
