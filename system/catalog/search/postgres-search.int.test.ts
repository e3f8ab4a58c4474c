import { beforeAll, describe, expect, test } from 'vitest';
import { type Database, inTransaction } from '../../platform/postgres/postgres.ts';
import { createTestDatabase } from '../../platform/testing.ts';
import { createPostgresSearch, tierStatement } from './postgres-search.ts';
import { stockSearchedProducts, testProductSearch } from './search-contract-testing.ts';
import { wordsQuery } from './words-query.ts';

let database: Database;
beforeAll(async () => {
  ({ database } = await createTestDatabase());
  await stockSearchedProducts(database);
});

describe('product search in PostgreSQL', () => {
  testProductSearch(() => createPostgresSearch(database));

  const request = { categoryId: null, sort: 'popular', page: 1, pageSize: 20 } as const;
  const find = async (word: string) =>
    (await createPostgresSearch(database)({ ...request, words: [word] })).items.map(({ id }) => id);

  test('finds a product by the words that it gets later, in spite of an error in them', async () => {
    await database.query(`UPDATE products SET tags = '{umbrella}' WHERE id = 8`);
    expect(await find('umbrela')).toEqual([8]);
    await database.query(`UPDATE products SET deleted_at = now() WHERE id = 8`);
    expect(await find('umbrela')).toEqual([]);
  });

  test('takes names that hold no words of a usual length', async () => {
    await database.query(`UPDATE products SET name = repeat('x', 1500) WHERE id = 8`);
    const { rows } = await database.query(
      `SELECT count(*)::int AS count FROM product_vocabulary WHERE word LIKE 'xx%'`,
    );
    expect(rows).toEqual([{ count: 0 }]);
  });
});

describe('with 20,000 products', () => {
  beforeAll(async () => {
    await database.query(
      `INSERT INTO products (category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count, order_count)
       SELECT 1, 'brand' || n % 500 || ' thing' || n % 3000, ARRAY['tag' || n % 40, '물건' || n % 700],
              100 + n, 100 + n, 10, 10, n % 900
         FROM generate_series(1, 20000) AS n`,
    );
    await database.query('ANALYZE products, product_vocabulary');
  });

  test.each([
    ['a rare word', wordsQuery(['thing2999'], new Map()), null],
    ['a usual word', wordsQuery(['tag7'], new Map()), null],
    ['two words', wordsQuery(['brand77', 'tag3'], new Map()), null],
    [
      'what is near',
      wordsQuery(['thign29'], new Map([['thign29', ['thing29', 'thing290', 'thing2']]])),
      wordsQuery(['thign29'], new Map()),
    ],
  ])('no search for %s reads all products', async (_, query, before) => {
    const request = { categoryId: null, words: ['x'], sort: 'popular', page: 1, pageSize: 20 } as const;
    const { text, values } = tierStatement({ request, query, before }, { limit: 21, offset: 0 });
    expect(await scansOf(text, values)).not.toContain('Seq Scan products');
  });

  test('the words near one are found by an index', async () => {
    await inTransaction(database, async (client) => {
      const { rows } = await client.query(
        `SELECT count(*)::int AS count FROM product_words_near('thign29', 1) AS word WHERE word = 'thing29'`,
      );
      expect(rows).toEqual([{ count: 1 }]);
      const scans = await client.query(
        `SELECT pg_stat_get_xact_numscans('product_vocabulary'::regclass)::int AS "fromEndToEnd",
                pg_stat_get_xact_numscans('product_vocabulary_keys'::regclass)::int AS "byIndex"`,
      );
      expect(scans.rows).toEqual([{ fromEndToEnd: 0, byIndex: 1 }]);
    });
  });

  type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };
  async function scansOf(text: string, values: unknown[]): Promise<string[]> {
    const { rows } = await database.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
    return flat(rows[0]!['QUERY PLAN'][0]!.Plan).map((plan) =>
      `${plan['Node Type']} ${plan['Relation Name'] ?? ''}`.trim(),
    );
  }
});
