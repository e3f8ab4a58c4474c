// The last rows of a history: the catalogue, whose stock and order counts follow from all orders, and the operator.
import type { Client } from 'pg';
import { OPERATOR_EMAIL } from '../rows/accounts.ts';
import { copyRows } from '../rows/copy-rows.ts';
import { categoryRows, identityRow, operatorRow, productRow } from '../rows/data-set-rows.ts';
import { emptyTally } from '../year/tally.ts';
import type { Year } from '../year/year.ts';
import type { MadeChunk } from './chunk-protocol.ts';

/** Index under which the catalogue is noted as loaded, beside the chunks. */
export const CATALOGUE_INDEX = -1;

/** Per product id: pieces and orders that the history's kept orders hold. */
export type SoldCounts = { pieces: Int32Array; orders: Int32Array };

export function addCounts({ pieces, orders }: SoldCounts, { soldCounts, orderCounts }: MadeChunk): void {
  for (let id = 1; id < pieces.length; id += 1) {
    pieces[id] = (pieces[id] ?? 0) + (soldCounts[id] ?? 0);
    orders[id] = (orders[id] ?? 0) + (orderCounts[id] ?? 0);
  }
}

/** What all groups sold, from their rows: a load that goes on does not know what its beginning sold. */
export async function readSold(client: Client, { pieces, orders }: SoldCounts): Promise<void> {
  const { rows } = await client.query<{ id: number; pieces: number; orders: number }>(
    `SELECT l.product_id AS id, sum(l.quantity)::int AS pieces, count(*)::int AS orders
       FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE o.state NOT IN ('rejected', 'cancelled', 'refunded') GROUP BY l.product_id`,
  );
  pieces.fill(0);
  orders.fill(0);
  for (const row of rows) {
    pieces[row.id] = row.pieces;
    orders[row.id] = row.orders;
  }
}

/** Categories, products and the operator in one transaction, with the note that they are there. */
export async function loadCatalogue(
  client: Client,
  year: Year,
  sold: SoldCounts,
  secretHash: string,
): Promise<void> {
  const { people, products } = year.settings;
  const until = new Date(year.untilMs);
  await client.query('BEGIN');
  await copyRows(client, 'categories', categoryRows());
  await copyRows(
    client,
    'products',
    year.products.map((product) =>
      productRow({ ...product, orderCount: sold.orders[product.id] ?? 0 }, sold.pieces[product.id] ?? 0),
    ),
  );
  await copyRows(client, 'customers', [operatorRow(people + 1, until)]);
  await copyRows(client, 'sign_in_identities', [identityRow(people + 1, OPERATOR_EMAIL, secretHash)]);
  await client.query('INSERT INTO stampede_history.chunks VALUES ($1, $2, $3)', [
    CATALOGUE_INDEX,
    products + 19 + 2,
    JSON.stringify(emptyTally(year.dayCount)),
  ]);
  await client.query('COMMIT');
}
