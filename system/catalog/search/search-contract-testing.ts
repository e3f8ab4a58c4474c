// What every product search must find, as tests that each implementation runs on its real service.
import { describe, expect, test } from 'vitest';
import type { ProductListQuery } from '../../contract/catalog.ts';
import type { Queryable } from '../../platform/postgres/postgres.ts';
import { listRequest } from '../rules.ts';
import type { SearchProducts } from './search-products.ts';

/** By id; the higher, the more popular, and the dearer. */
const PRODUCTS = [
  { id: 1, name: '유기농 딸기 1kg', tags: ['과일', 'strawberry'] },
  { id: 2, name: '국내산 한우 등심', tags: ['정육', 'beef'] },
  { id: 3, name: '무선 게이밍 키보드', tags: ['keyboard', 'gaming'] },
  { id: 4, name: '세탁 세제 3L', tags: ['detergent'] },
  { id: 5, name: '딸기잼 500g', tags: ['strawberry', 'jam'] },
  { id: 6, name: '초콜릿 선물세트', tags: ['chocolate'] },
  { id: 7, name: 'Olive soap', tags: ['비누'] },
  { id: 8, name: 'Soup bowl', tags: ['그릇'] },
  { id: 9, name: '딸끼 인형', tags: ['toy'] },
];

/** Puts the products that the tests look for into an empty catalogue: all in category 1 but the soap and the bowl, in 2. */
export async function stockSearchedProducts(database: Queryable): Promise<void> {
  await database.query(`INSERT INTO categories (id, name) VALUES (1, 'most'), (2, 'kitchen')`);
  await database.query(
    `INSERT INTO products (id, category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count, order_count)
     SELECT id, CASE WHEN id IN (7, 8) THEN 2 ELSE 1 END, name, tags, id * 100, id * 100, 10, 10, id
       FROM jsonb_to_recordset($1) AS given (id int, name text, tags text[])`,
    [JSON.stringify(PRODUCTS)],
  );
  await database.query('SELECT shop_reset_sequences()');
}

type Asked = Omit<ProductListQuery, 'search'>;

/** @param search over the products of `stockSearchedProducts`, made when the tests run. */
export function testProductSearch(search: () => SearchProducts): void {
  async function pageOf(text: string, asked: Asked = {}) {
    const request = listRequest({ search: text, ...asked });
    if (request === 'nothing' || request.words === null) throw new Error(`${text} has no words.`);
    return search()({ ...request, words: request.words });
  }
  const find = async (text: string, asked: Asked = {}) =>
    (await pageOf(text, asked)).items.map(({ id }) => id);

  test.each([
    ['딸기', [5, 1, 9]],
    ['딸끼', [9, 5, 1]],
    ['키보드', [3]],
    ['키보두', [3]],
    ['한우', [2]],
    ['keyboard', [3]],
    ['keybaord', [3]],
    ['KEYBOARD', [3]],
    ['keyb', [3]],
    ['strawbery', [5, 1]],
    ['strawberry jam', [5]],
    ['jam stawberry', [5]],
    ['세제', [4]],
    ['detergnet', [4]],
    ['dettergnet', [4]],
    ['쵸콜렛', [6]],
    ['soap', [7, 8]],
    ['saop', [7]],
    ['soap'.normalize('NFD'), [7, 8]],
    ['딸기'.normalize('NFD'), [5, 1, 9]],
  ])('%s is found', async (text, ids) => {
    expect(await find(text)).toEqual(ids);
  });

  test.each(['자전거', 'bicycle', 'jar', '잠', 'keyboard bicycle', '5'.repeat(90)])(
    'nothing is near %s',
    async (text) => {
      expect(await pageOf(text)).toEqual({ items: [], page: 1, pageSize: 20, hasNext: false });
    },
  );

  test('within what is as near, the order is the one asked for', async () => {
    expect(await find('strawberry', { sort: 'price-ascending' })).toEqual([1, 5]);
    expect(await find('딸기', { sort: 'price-ascending' })).toEqual([1, 5, 9]);
    expect(await find('soap', { categoryId: 2 })).toEqual([7, 8]);
    expect(await find('soap', { categoryId: 1 })).toEqual([]);
    expect(await find('딸기', { minPriceKrw: 500 })).toEqual([5, 9]);
    expect(await find('딸기', { minPriceKrw: 100, maxPriceKrw: 500 })).toEqual([5, 1]);
  });

  test('pages go on from what was typed to what is near it, and leave nothing out', async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => pageOf('딸기', { page, pageSize: 1, sort: 'price-ascending' })),
    );
    expect(pages.map(({ items, hasNext }) => [items[0]?.id, hasNext])).toEqual([
      [1, true],
      [5, true],
      [9, false],
      [undefined, false],
    ]);
    const second = await pageOf('딸기', { page: 2, pageSize: 2 });
    expect(second).toMatchObject({ items: [{ id: 9 }], hasNext: false });
  });

  describe('a text acts as nothing but words', () => {
    test.each([
      "'",
      "\\'; DROP TABLE products; --",
      'a:*|b',
      '.*',
      '(?=(a+)+$)',
      'soa?',
      '<b>soap</b>',
      '{"a":1}',
    ])('%s', async (text) => {
      const request = listRequest({ search: text });
      if (request !== 'nothing') expect((await pageOf(text)).page).toBe(1);
    });
  });
}
