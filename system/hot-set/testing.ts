// A shop with people and products for tests of the hot set. Not used by the shop itself.
import type { Database } from '../platform/postgres/postgres.ts';

/** Half of the customers have ordered; product n has n mod 500 orders, and the higher its number the newer it is. */
export async function seedHotShop(
  database: Database,
  { customerCount, productCount }: { customerCount: number; productCount: number },
): Promise<void> {
  await database.query(
    `INSERT INTO categories (name) SELECT 'category ' || n FROM generate_series(1, 5) AS n`,
  );
  await database.query(
    `INSERT INTO customers (name, nickname, gender, birth_year, region, email, created_at, last_ordered_at)
     SELECT 'name', 'nickname', 'F', 1990, 'Seoul', n || '@example.test', '2026-01-01'::timestamptz + n * interval '1 minute',
            CASE WHEN n % 2 = 0 THEN '2026-02-01'::timestamptz + n * interval '1 minute' END
       FROM generate_series(1, $1::int) AS n`,
    [customerCount],
  );
  await database.query(
    `INSERT INTO products (category_id, name, description, tags, price_krw, list_price_krw, stock_count, stocked_count,
                           order_count, registered_at)
     SELECT 1 + n % 5, 'Product number ' || n, repeat('A description of the product. ', 10), '{one,two,three}', 1000 + n, 1000 + n,
            100, 100, n % 500, '2026-01-01'::timestamptz + n * interval '1 minute'
       FROM generate_series(1, $1::int) AS n`,
    [productCount],
  );
  await database.query('ANALYZE customers, products');
}
