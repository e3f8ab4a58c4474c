// Keeps the shelves as the database has the products: all of them read now and then without their texts, and the texts of those
// alone that are new or changed.
import type { Database } from '../platform/postgres/postgres.ts';
import type { ShelfProduct, ShopShelves } from './shop-shelves.ts';

const PRODUCTS = `
  SELECT id, category_id AS "categoryId", price_krw AS "priceKrw", list_price_krw AS "listPriceKrw",
         order_count AS "orderCount", NOT sold_out AND stock_count > 0 AS "isShown",
         md5(name || array_to_string(tags, ' ') || description) AS "textHash"
    FROM products WHERE deleted_at IS NULL`;

const TEXTS = `
  SELECT id, name || ' ' || array_to_string(tags, ' ') || ' ' || description AS text
    FROM products WHERE id = ANY($1::integer[])`;

const GONE = `
  SELECT id FROM products
   WHERE id = ANY($1::integer[]) AND (deleted_at IS NOT NULL OR sold_out OR stock_count <= 0)`;

const TEXTS_AT_ONCE = 5_000;

/** Which of these products are deleted or sold out now; they leave the shelves too, so that the next lists are full without them. */
export async function takeOffGone(
  database: Database,
  shelves: Pick<ShopShelves, 'takeOff'>,
  productIds: readonly number[],
): Promise<number[]> {
  const { rows } = await database.query<{ id: number }>({
    name: 'recommendations-gone',
    text: GONE,
    values: [productIds],
  });
  const gone = rows.map(({ id }) => id);
  shelves.takeOff(gone);
  return gone;
}

/** Brings the shelves to what the database has now. Rejects as the database does; the shelves stay as they were then. */
export async function readShelves(database: Database, shelves: ShopShelves): Promise<void> {
  const { rows: products } = await database.query<ShelfProduct>(PRODUCTS);
  const texts = new Map<number, string>();
  const wanted = shelves.newTexts(products);
  for (let start = 0; start < wanted.length; start += TEXTS_AT_ONCE) {
    const { rows } = await database.query<{ id: number; text: string }>(TEXTS, [
      wanted.slice(start, start + TEXTS_AT_ONCE),
    ]);
    for (const { id, text } of rows) texts.set(id, text);
  }
  shelves.replace(products, texts);
}
