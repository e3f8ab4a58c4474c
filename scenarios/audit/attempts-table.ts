// What the rehearsal knows by itself (how the shop stood before the run, what the generator was told), as tables beside the
// shop's own in the run's database, so that the audit's rules are joins.
import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { OrderAttempt, SignUpAttempt } from '../../sim/engine/protocol/protocol.ts';

const BEFORE = `
  CREATE SCHEMA rehearsal;
  CREATE TABLE rehearsal.products_before AS
    SELECT product_id, stocked_count, stock_count, order_count FROM audit.stock;
  CREATE TABLE rehearsal.customers_before AS SELECT customer_id, last_ordered_at FROM audit.customer_orders;
  ANALYZE rehearsal.products_before, rehearsal.customers_before;
`;
const RUN = `
  CREATE TABLE rehearsal.run AS
  SELECT $1::timestamptz AS started_at, (SELECT coalesce(max(customer_id), 0) FROM audit.customers) AS last_customer_id
`;
const CREATE = `
  CREATE TABLE rehearsal.attempts (
    order_id uuid NOT NULL,
    customer_id integer NOT NULL,
    answer text NOT NULL,
    http_status integer,
    outcome text,
    outcome_seen_by text,
    total_krw bigint,
    cancel text
  );
  CREATE TABLE rehearsal.attempt_lines (order_id uuid NOT NULL, product_id integer NOT NULL, quantity integer NOT NULL);
`;
const SIGN_UPS = `
  CREATE TABLE rehearsal.sign_ups AS
  SELECT email, name, nickname, gender, "birthYear" AS birth_year, region, "marketingConsent" AS marketing_consent,
         answer, "httpStatus" AS http_status, "customerId" AS customer_id
    FROM jsonb_to_recordset($1::jsonb) AS attempt(
           email text, name text, nickname text, gender text, "birthYear" integer, region text,
           "marketingConsent" boolean, answer text, "httpStatus" integer, "customerId" integer)
`;
const INDEX = `
  CREATE INDEX ON rehearsal.attempts (order_id);
  CREATE INDEX ON rehearsal.attempt_lines (order_id);
  ANALYZE rehearsal.attempts, rehearsal.attempt_lines;
`;

/**
 * Notes how the shop stands before anybody comes: call it on the fresh clone, before the shop starts.
 * `shopStartedAt` is the shop's time at which the run begins.
 */
export async function noteBefore(client: Client, shopStartedAt: Date): Promise<void> {
  await client.query(BEFORE);
  await client.query(RUN, [shopStartedAt]);
}

/** Writes all sign-ups beside what `noteBefore` noted, once. */
export async function loadSignUps(client: Client, attempts: readonly SignUpAttempt[]): Promise<void> {
  await client.query(SIGN_UPS, [JSON.stringify(attempts)]);
}

/** Writes all orders that were attempted beside what `noteBefore` noted, once. */
export async function loadAttempts(client: Client, attempts: readonly OrderAttempt[]): Promise<void> {
  await client.query(CREATE);
  await copyRows(
    client,
    'COPY rehearsal.attempts FROM STDIN',
    attempts.map((attempt) => [
      attempt.orderId,
      attempt.customerId,
      attempt.answer,
      attempt.httpStatus,
      attempt.outcome,
      attempt.outcomeSeenBy,
      attempt.totalKrw,
      attempt.cancel,
    ]),
  );
  await copyRows(
    client,
    'COPY rehearsal.attempt_lines FROM STDIN',
    attempts.flatMap((attempt) =>
      attempt.lines.map((line) => [attempt.orderId, line.productId, line.quantity]),
    ),
  );
  await client.query(INDEX);
}

const RUN_ORDERS = `
  CREATE TABLE rehearsal.run_orders AS
    SELECT * FROM audit.orders
    WHERE placed_at >= (SELECT started_at FROM rehearsal.run) OR id IN (SELECT order_id FROM rehearsal.attempts);
  CREATE INDEX ON rehearsal.run_orders (id);
  ANALYZE rehearsal.run_orders;
`;

/**
 * Tells the run's orders from those of the history, which ends where the run starts: `rehearsal.run_orders` holds what was
 * placed since then or attempted by the generator, as it stands now. The only time that the audit reads all orders.
 */
export async function noteRunOrders(client: Client): Promise<void> {
  await client.query(RUN_ORDERS);
}

/** The values are ids, numbers and fixed words, none of which needs escaping in COPY's text format. */
async function copyRows(
  client: Client,
  sql: string,
  rows: readonly (string | number | null)[][],
): Promise<void> {
  const stream = client.query(copyFrom(sql));
  for (const row of rows) {
    const line = `${row.map((value) => (value === null ? '\\N' : value)).join('\t')}\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
