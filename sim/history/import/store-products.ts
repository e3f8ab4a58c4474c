// The statements of an import: products are staged in a temporary table, compared with those that the shop has, and stored.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { copyLine } from '../rows/copy-text.ts';
import type { ImportedProduct } from './check-product.ts';
import type { KeyLines } from './import-report.ts';
import type { ProductFile } from './read-products.ts';

const PIECE_CHARACTERS = 64 * 1_024;

/** Reads the file once more into the temporary table; of rows with the same key only the one that counts. */
export async function stageProducts(client: Client, file: ProductFile, keyLines: KeyLines): Promise<number> {
  await client.query(`CREATE TEMPORARY TABLE staged_products (
    line integer PRIMARY KEY, key text UNIQUE, product_id integer, category text NOT NULL, name text NOT NULL,
    description text NOT NULL, tags text[] NOT NULL, price_krw integer NOT NULL, list_price_krw integer NOT NULL,
    stock_count integer NOT NULL, image text NOT NULL) ON COMMIT DROP`);
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    let piece = '';
    for await (const read of file.products()) {
      if (read.kind !== 'product') continue;
      const { key, line } = read.product;
      if (key !== null && keyLines.get(key) !== line) continue;
      count += 1;
      piece += stagedLine(read.product);
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
  const target = client.query(
    copyFrom(`COPY staged_products (line, key, category, name, description, tags, price_krw, list_price_krw, stock_count, image)
      FROM STDIN`),
  );
  await pipeline(Readable.from(lines()), target);
  await client.query('ANALYZE staged_products');
  return count;
}

function stagedLine(product: ImportedProduct): string {
  const { line, key, category, name, description, tags, priceKrw, listPriceKrw, stockCount, image } = product;
  return copyLine([line, key, category, name, description, tags, priceKrw, listPriceKrw, stockCount, image]);
}

/** A staged product whose key the shop has; `from`: where that one came from. */
export type KnownKey = { line: number; key: string; productId: number; from: string };

export async function knownKeys(client: Client): Promise<KnownKey[]> {
  const { rows } = await client.query<KnownKey>(
    `SELECT staged.line, key, known.product_id AS "productId",
            format('line %s of %s', known.line, known.file) AS from
       FROM staged_products AS staged JOIN product_keys AS known USING (key)
      ORDER BY staged.line`,
  );
  return rows;
}

export async function unstage(client: Client, known: readonly KnownKey[]): Promise<void> {
  await client.query('DELETE FROM staged_products WHERE line = ANY ($1)', [known.map(({ line }) => line)]);
}

const UPDATE_KNOWN = `
  UPDATE products SET
         category_id = categories.id, name = staged.name, description = staged.description, tags = staged.tags,
         price_krw = staged.price_krw, list_price_krw = staged.list_price_krw, image = staged.image,
         -- What orders hold was stocked too.
         stocked_count = products.stocked_count - products.stock_count + staged.stock_count,
         stock_count = staged.stock_count, sold_out = staged.stock_count = 0, deleted_at = NULL
    FROM staged_products AS staged JOIN categories ON categories.name = staged.category
   WHERE products.id = staged.product_id`;

const NUMBER_NEW = `
  UPDATE staged_products AS staged SET product_id = (SELECT coalesce(max(id), 0) FROM products) + numbered.number
    FROM (SELECT line, row_number() OVER (ORDER BY line) AS number FROM staged_products WHERE product_id IS NULL) AS numbered
   WHERE numbered.line = staged.line`;

const INSERT_NEW = `
  INSERT INTO products (id, category_id, name, description, tags, price_krw, list_price_krw, stock_count, stocked_count,
                        sold_out, image, registered_at)
  SELECT staged.product_id, categories.id, staged.name, staged.description, staged.tags, staged.price_krw,
         staged.list_price_krw, staged.stock_count, staged.stock_count, staged.stock_count = 0, staged.image, $1
    FROM staged_products AS staged JOIN categories ON categories.name = staged.category
   WHERE NOT EXISTS (SELECT FROM products WHERE products.id = staged.product_id)`;

const REMEMBER_KEYS = `
  INSERT INTO product_keys (key, product_id, file, line)
  SELECT key, product_id, $1, line FROM staged_products WHERE key IS NOT NULL
  ON CONFLICT (key) DO UPDATE SET file = excluded.file, line = excluded.line`;

/** Replaces the products whose keys are known, adds the others, in the order of the file, and remembers their keys. */
export async function storeStaged(
  client: Client,
  fileName: string,
  nowMs: number,
): Promise<{ insertedCount: number; updatedCount: number }> {
  await client.query(`INSERT INTO categories (name)
    SELECT category FROM staged_products GROUP BY category ORDER BY min(line) ON CONFLICT (name) DO NOTHING`);
  await client.query(
    'UPDATE staged_products SET product_id = known.product_id FROM product_keys AS known WHERE known.key = staged_products.key',
  );
  const updated = await client.query(UPDATE_KNOWN);
  await client.query(NUMBER_NEW);
  const inserted = await client.query(INSERT_NEW, [new Date(nowMs)]);
  await client.query(REMEMBER_KEYS, [fileName]);
  await client.query('SELECT shop_reset_sequences()');
  return { insertedCount: inserted.rowCount ?? 0, updatedCount: updated.rowCount ?? 0 };
}
