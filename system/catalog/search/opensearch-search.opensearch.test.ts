// Needs an OpenSearch beside the stack: npm run test:opensearch brings both up.
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearch } from '../../platform/opensearch/opensearch.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import { afterTests, createTestDatabase } from '../../platform/testing.ts';
import { createOpenSearchSearch } from './opensearch-search.ts';
import { createProductIndex, type ProductIndex } from './product-index.ts';
import { stockSearchedProducts, testProductSearch } from './search-contract-testing.ts';

const prefix = `test-${randomBytes(6).toString('hex')}-`;
const openSearch = createOpenSearch(process.env.STAMPEDE_TEST_OPENSEARCH_URL ?? '');
let database: Database;
let index: ProductIndex;
afterTests(async () => {
  await openSearch.request('DELETE', `/${prefix}products`);
  await openSearch.request('DELETE', `/_index_template/${prefix}products`);
  await openSearch.close();
});
beforeAll(async () => {
  ({ database } = await createTestDatabase());
  await stockSearchedProducts(database);
  index = createProductIndex({ openSearch, database, prefix });
  expect(index.isWhole()).toBe(false);
  expect(await index.update()).toBe(9);
  expect(index.isWhole()).toBe(true);
});

const search = () => createOpenSearchSearch({ openSearch, index: index.name, database });
const request = { categoryId: null, sort: 'popular', page: 1, pageSize: 20 } as const;
const find = async (word: string, changes = {}) =>
  (await search()({ ...request, ...changes, words: [word] })).items.map(({ id }) => id);
const update = async () => {
  const count = await index.update();
  await openSearch.request('POST', `/${index.name}/_refresh`);
  return count;
};

describe('product search in OpenSearch', () => {
  testProductSearch(search);

  test('follows names, prices and deletions, however they are changed, and nothing else is sent again', async () => {
    expect(await update()).toBe(0);
    await database.query(`UPDATE products SET tags = '{umbrella}', price_krw = 50 WHERE id = 8`);
    await database.query(`UPDATE products SET deleted_at = now() WHERE id = 9`);
    await database.query(`UPDATE products SET stock_count = 0, order_count = 100 WHERE id = 1`);
    expect(await update()).toBe(2);
    expect(await find('umbrela')).toEqual([8]);
    expect(await find('딸끼')).toEqual([5, 1]);
    expect(await find('so', { sort: 'price-ascending' })).toEqual([8, 7]);
    // The newest is read from PostgreSQL.
    const { items } = await search()({ ...request, words: ['유기농'] });
    expect(items).toMatchObject([{ id: 1, soldOut: true }]);
  });

  test('takes places by popularity over when it is asked to', async () => {
    expect(await find('strawberry')).toEqual([5, 1]);
    expect(await index.updatePopularity()).toBe(1);
    await openSearch.request('POST', `/${index.name}/_refresh`);
    expect(await find('strawberry')).toEqual([1, 5]);
  });

  test('leaves what a transaction under way changes until it is committed', async () => {
    const client = await database.connect();
    try {
      await client.query('BEGIN');
      await client.query(`UPDATE products SET name = 'Parasol' WHERE id = 8`);
      await database.query(`UPDATE products SET name = 'Lantern' WHERE id = 7`);
      await update();
      expect(await find('parasol')).toEqual([]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    await update();
    expect([await find('parasol'), await find('lantern')]).toEqual([[8], [7]]);
  });

  test('is made anew where it is gone, and does not put back what another process has newer', async () => {
    await openSearch.request('DELETE', `/${index.name}`);
    expect(await index.update()).toBe(9);
    expect(await find('parasol')).toEqual([8]);
    const other = createProductIndex({ openSearch, database, prefix });
    expect(await other.update()).toBe(0);
    expect(other.isWhole()).toBe(true);
  });
});
