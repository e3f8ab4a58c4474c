// Writes the things of a history as lines of CSV. The big tables hold only numbers, ids, instants and fixed words, none of
// which needs quoting, so their lines are put together directly.
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';
import { uuidText } from '../../model/chance/random.ts';
import { isKept } from '../year/make-order.ts';
import { emailOf } from './accounts.ts';
import type { Row } from './copy-rows.ts';
import { csvLine } from './copy-text.ts';
import { customerRow, identityRow, refreshTokenRow } from './data-set-rows.ts';
import { forEachTable, type PeopleTable, type RowWriter, type RowWriterInput } from './row-writer.ts';

/** One row of a table as a line of CSV, columns as the contract orders them. */
export function csvRow<Table extends LoadedTable>(table: Table, row: Row<Table>): string {
  const columns: readonly (typeof LOADED_TABLES)[Table][number][] = LOADED_TABLES[table];
  return csvLine(columns.map((column) => row[column]));
}

/** A writer of CSV without header lines. */
export function createCsvRows({ seed, untilMs, secretHash }: RowWriterInput): RowWriter {
  const until = new Date(untilMs);
  let text = forEachTable(() => '');
  let rowCounts = forEachTable(() => 0);
  const add = <Table extends PeopleTable>(table: Table, row: Row<Table>): void => {
    text[table] += csvRow(table, row);
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
      const { state, totalKrw, paymentMethod } = order;
      const id = uuidText(order.id);
      const cancelled = order.cancelledAtMs === null ? '' : iso(order.cancelledAtMs);
      text.orders += `${id},${order.customerId},${state},${paymentMethod},${totalKrw},${iso(order.placedAtMs)},${iso(order.resolvedAtMs)},${cancelled}\n`;
      for (const { product, quantity } of order.lines) {
        text.order_lines += `${id},${product.id},${quantity},${product.priceKrw}\n`;
      }
      if (order.shippingKrw !== 0) text.order_adjustments += `${id},shipping,${order.shippingKrw}\n`;
      if (order.discountKrw !== 0) text.order_adjustments += `${id},discount,${-order.discountKrw}\n`;
      const tender = isKept(order) ? 'approved' : 'refunded';
      text.order_tenders += `${id},${paymentMethod},${totalKrw},${tender}\n`;
      rowCounts.orders += 1;
      rowCounts.order_lines += order.lines.length;
      rowCounts.order_adjustments += (order.shippingKrw === 0 ? 0 : 1) + (order.discountKrw === 0 ? 0 : 1);
      rowCounts.order_tenders += 1;
    },
    gradeChange: ({ customerId, changedAtMs, from, to }) => {
      text.grade_changes += `${customerId},${iso(changedAtMs)},${from},${to}\n`;
      rowCounts.grade_changes += 1;
    },
    action: ({ id, customerId, action, target, actedAtMs }) => {
      add('behaviour_actions', {
        id: uuidText(id),
        customer_id: customerId,
        action,
        target_type: target.type,
        target_id: target.type === 'text' ? null : target.id,
        target_text: target.type === 'text' ? target.text : null,
        acted_at: new Date(actedAtMs),
      });
    },
    take: () => {
      const written = text;
      const taken = { bytes: forEachTable((table) => new TextEncoder().encode(written[table])), rowCounts };
      text = forEachTable(() => '');
      rowCounts = forEachTable(() => 0);
      return taken;
    },
  };
}

function iso(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
