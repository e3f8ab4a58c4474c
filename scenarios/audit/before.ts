// How the shop stood before anybody came, as tables in schema `rehearsal` of the run's database.
import type { Client } from 'pg';

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
/** Of the data set's actions, those that lie behind its end; mostly none. */
const ACTIONS_BEFORE = `
  CREATE TABLE rehearsal.actions_before AS
  SELECT id FROM audit.actions WHERE acted_at >= (SELECT started_at FROM rehearsal.run)
`;
/** Beside the database the run's actions may be in another store; what is there comes here once the run has ended. */
const ACTIONS_ELSEWHERE = `
  CREATE TABLE rehearsal.actions_elsewhere (
    id uuid NOT NULL, customer_id integer NOT NULL, action text NOT NULL, target_type text NOT NULL, target text NOT NULL)
`;

/**
 * Notes how the shop stands before anybody comes: call it on the fresh clone, before the shop starts.
 * `shopStartedAt` is the shop's time at which the run begins.
 */
export async function noteBefore(client: Client, shopStartedAt: Date): Promise<void> {
  await client.query(BEFORE);
  await client.query(RUN, [shopStartedAt]);
  await client.query(ACTIONS_BEFORE);
  await client.query(ACTIONS_ELSEWHERE);
}
