// Writes the things of a history as rows of COPY's binary format: values in the order in which the contract lists a
// table's columns, each as the type that the column has.
import { LOADED_TABLES } from '../../../system/contract/tables.ts';
import type { Person } from '../../model/person.ts';
import { type HistoryOrder, isKept } from '../year/make-order.ts';
import { emailOf, refreshTokenHash, refreshTokenOf } from './accounts.ts';
import { CopyBytes } from './copy-bytes.ts';
import { CUSTOMER_ROLES, PASSWORD_PROVIDER, REFRESH_TOKEN_LIFETIME_MS } from './data-set-rows.ts';
import { describePerson } from './describe-person.ts';
import { forEachTable, type RowWriter, type RowWriterInput } from './row-writer.ts';

const COLUMN_COUNTS = forEachTable((table) => LOADED_TABLES[table].length);

/** A writer of rows for `COPY … FROM STDIN WITH (FORMAT binary)`. */
export function createBinaryRows({ seed, untilMs, secretHash }: RowWriterInput): RowWriter {
  const tables = forEachTable(() => new CopyBytes());
  const {
    customers,
    sign_in_identities: identities,
    refresh_tokens: tokens,
    orders,
    order_lines: lines,
    order_adjustments: adjustments,
    order_tenders: tenders,
    grade_changes: changes,
    behaviour_actions: actions,
  } = tables;
  const adjustment = (
    orderId: HistoryOrder['id'],
    type: 'shipping' | 'discount',
    amountKrw: number,
  ): void => {
    if (amountKrw === 0) return;
    adjustments.row(COLUMN_COUNTS.order_adjustments);
    adjustments.uuid(orderId);
    adjustments.text(type);
    adjustments.bigint(amountKrw);
  };
  return {
    person: (person) => {
      writeCustomer(customers, person, seed);
      if (person.status === 'WITHDRAWN') return;
      identities.row(COLUMN_COUNTS.sign_in_identities);
      identities.integer(person.id);
      identities.text(PASSWORD_PROVIDER);
      identities.text(emailOf(person.id));
      identities.text(secretHash);
      tokens.row(COLUMN_COUNTS.refresh_tokens);
      tokens.bytea(refreshTokenHash(refreshTokenOf(seed, person.id)));
      tokens.integer(person.id);
      tokens.timestamp(untilMs + REFRESH_TOKEN_LIFETIME_MS);
    },
    order: (order) => {
      const { id, cancelledAtMs } = order;
      orders.row(COLUMN_COUNTS.orders);
      orders.uuid(id);
      orders.integer(order.customerId);
      orders.text(order.state);
      orders.text(order.paymentMethod);
      orders.bigint(order.totalKrw);
      orders.timestamp(order.placedAtMs);
      orders.timestamp(order.resolvedAtMs);
      if (cancelledAtMs === null) orders.nothing();
      else orders.timestamp(cancelledAtMs);
      for (const { product, quantity } of order.lines) {
        lines.row(COLUMN_COUNTS.order_lines);
        lines.uuid(id);
        lines.integer(product.id);
        lines.integer(quantity);
        lines.integer(product.priceKrw);
      }
      adjustment(id, 'shipping', order.shippingKrw);
      adjustment(id, 'discount', -order.discountKrw);
      tenders.row(COLUMN_COUNTS.order_tenders);
      tenders.uuid(id);
      tenders.text(order.paymentMethod);
      tenders.bigint(order.totalKrw);
      tenders.text(isKept(order) ? 'approved' : 'refunded');
    },
    gradeChange: ({ customerId, changedAtMs, from, to }) => {
      changes.row(COLUMN_COUNTS.grade_changes);
      changes.integer(customerId);
      changes.timestamp(changedAtMs);
      changes.text(from);
      changes.text(to);
    },
    action: ({ id, customerId, action, target, actedAtMs }) => {
      actions.row(COLUMN_COUNTS.behaviour_actions);
      actions.uuid(id);
      actions.integer(customerId);
      actions.text(action);
      actions.text(target.type);
      if (target.type === 'text') actions.nothing();
      else actions.integer(target.id);
      if (target.type === 'text') actions.text(target.text);
      else actions.nothing();
      actions.timestamp(actedAtMs);
    },
    take: () => {
      const rowCounts = forEachTable((table) => tables[table].rowCount);
      return { bytes: forEachTable((table) => tables[table].take()), rowCounts };
    },
  };
}

function writeCustomer(customers: CopyBytes, person: Person, seed: number): void {
  const { name, nickname } = describePerson(person, seed);
  customers.row(COLUMN_COUNTS.customers);
  customers.integer(person.id);
  customers.text(name);
  customers.text(nickname);
  customers.text(person.gender);
  customers.smallint(person.birthYear);
  customers.text(person.region);
  customers.text(emailOf(person.id));
  customers.text(person.status);
  customers.boolean(person.marketingConsent);
  customers.text(person.grade);
  customers.texts(CUSTOMER_ROLES);
  customers.integer(person.points);
  customers.timestamp(person.createdAtMs);
  if (person.lastOrderedAtMs === null) customers.nothing();
  else customers.timestamp(person.lastOrderedAtMs);
}
