// SQL of wish lists. Every statement is bound to the list's owner.
import { MAX_WISHES, type WishList } from '../contract/wishes.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';

export type AddWishOutcome = 'added' | 'unknown-product' | 'wishes-full';

type Wish = WishList['items'][number];

const LIST = `
  SELECT product.id, product.category_id AS "categoryId", product.name, product.price_krw AS "priceKrw",
         product.list_price_krw AS "listPriceKrw", product.sold_out OR product.stock_count = 0 AS "soldOut", product.image,
         wish.wished_at AS "wishedAt"
    FROM wishes AS wish
    JOIN products AS product ON product.id = wish.product_id AND product.deleted_at IS NULL
   WHERE wish.customer_id = $1
   ORDER BY wish.wished_at DESC, product.id DESC LIMIT ${MAX_WISHES}`;

/** A customer's wishes, the newest first; products deleted since are left out. */
export async function listWishes(connection: Queryable, customerId: number): Promise<Wish[]> {
  const { rows } = await connection.query<Omit<Wish, 'wishedAt'> & { wishedAt: Date }>({
    name: 'wishes-list',
    text: LIST,
    values: [customerId],
  });
  return rows.map((row) => ({ ...row, wishedAt: row.wishedAt.toISOString() }));
}

/** Adds a product; one that is there already stays as it is. */
export async function addWish(
  connection: Queryable,
  wish: { customerId: number; productId: number; at: Date },
): Promise<AddWishOutcome> {
  const { rows } = await connection.query<{ outcome: AddWishOutcome }>({
    name: 'wishes-add',
    text: 'SELECT add_wish($1, $2, $3, $4) AS outcome',
    values: [wish.customerId, wish.productId, wish.at, MAX_WISHES],
  });
  const outcome = rows[0]?.outcome;
  if (outcome === undefined) throw new Error('add_wish gave no row, needed one with its outcome');
  return outcome;
}

export async function removeWish(
  connection: Queryable,
  customerId: number,
  productId: number,
): Promise<void> {
  await connection.query({
    name: 'wishes-remove',
    text: 'DELETE FROM wishes WHERE customer_id = $1 AND product_id = $2',
    values: [customerId, productId],
  });
}
