import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import type { ProductList } from '../contract/catalog.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});

async function list(query: string): Promise<ProductList> {
  const answer = await api.app.inject(`/products?${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
const ids = (products: ProductList) => products.items.map((item) => item.id);

async function categoryOf(productId: number): Promise<number> {
  const { rows } = await api.database.query('SELECT category_id FROM products WHERE id = $1', [productId]);
  return rows[0].category_id;
}

const HARMLESS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '(a+)+$',
  '[^a]{1,999}',
  '.*?\\',
  '%_%',
  '$1',
  '{"match_all":{}}',
];

describe('the list', () => {
  test('sorts by popularity, registration and price, in both directions', async () => {
    const [cheap, dear, middle] = await api.products(
      { price_krw: 100, order_count: 5, registered_at: '2026-01-02' },
      { price_krw: 900, order_count: 7, registered_at: '2026-01-01' },
      { price_krw: 500, order_count: 1, registered_at: '2026-01-03' },
    );
    const category = `categoryId=${await categoryOf(cheap!)}`;
    expect(ids(await list(category))).toEqual([dear, cheap, middle]);
    expect(ids(await list(`${category}&sort=newest`))).toEqual([middle, cheap, dear]);
    expect(ids(await list(`${category}&sort=price-ascending`))).toEqual([cheap, middle, dear]);
    expect(ids(await list(`${category}&sort=price-descending`))).toEqual([dear, middle, cheap]);
  });

  test('leaves out what costs less or more than is asked for, as often as it is asked', async () => {
    const [cheap, dear, middle] = await api.products(
      { price_krw: 100 },
      { price_krw: 900 },
      { price_krw: 500 },
    );
    const query = `categoryId=${await categoryOf(cheap!)}&sort=price-ascending`;
    for (const _ of ['read', 'kept']) {
      expect(ids(await list(`${query}&minPriceKrw=500`))).toEqual([middle, dear]);
      expect(ids(await list(`${query}&maxPriceKrw=500`))).toEqual([cheap, middle]);
      expect(ids(await list(`${query}&minPriceKrw=101&maxPriceKrw=899`))).toEqual([middle]);
      expect(ids(await list(`${query}&minPriceKrw=2&maxPriceKrw=1`))).toEqual([]);
      expect(ids(await list(query))).toEqual([cheap, middle, dear]);
    }
  });

  test('leaves out what cannot be ordered where only what is in stock is asked for, in lists and in a search', async () => {
    const word = 'instockword';
    const [, , some, more] = await api.products(
      { name: `${word} a`, sold_out: true },
      { name: `${word} b`, stock_count: 0 },
      { name: `${word} c` },
      { name: `${word} d`, price_krw: 2_000 },
    );
    const query = `categoryId=${await categoryOf(some!)}&sort=price-ascending`;
    for (const _ of ['read', 'kept']) {
      for (const sort of ['', '&sort=popular', '&sort=newest']) {
        const found = await list(`categoryId=${await categoryOf(some!)}&inStock=true${sort}`);
        expect(new Set(ids(found)), sort).toEqual(new Set([some, more]));
      }
      expect(ids(await list(`${query}&inStock=true&minPriceKrw=1001`))).toEqual([more]);
      expect(ids(await list(`${query}&inStock=false`))).toHaveLength(4);
      expect(ids(await list(`search=${word}&sort=price-ascending&inStock=true`))).toEqual([some, more]);
      expect(ids(await list(`search=${word}&inStock=true&pageSize=1&page=2`))).toHaveLength(1);
    }
    for (const value of ['yes', '1', '', 'null'])
      expect((await api.app.inject(`/products?inStock=${value}`)).statusCode, value).toBe(400);
  });

  test('comes in pages and says whether there is a next one', async () => {
    const created = await api.products({}, {}, {});
    const query = `categoryId=${await categoryOf(created[0]!)}&pageSize=2`;
    const first = await list(query);
    expect(first).toMatchObject({ page: 1, pageSize: 2, hasNext: true });
    const second = await list(`${query}&page=2`);
    expect(second.hasNext).toBe(false);
    expect([...ids(first), ...ids(second)].sort((a, b) => a - b)).toEqual(created);
  });

  test('hides deleted products and marks those without stock or with the flag as sold out', async () => {
    const [flagged, empty, fine] = await api.products(
      { sold_out: true },
      { stock_count: 0 },
      {},
      { deleted_at: '2026-01-01' },
    );
    const { items } = await list(`categoryId=${await categoryOf(fine!)}&sort=price-ascending`);
    expect(items.map(({ id, soldOut }) => [id, soldOut])).toEqual([
      [flagged, true],
      [empty, true],
      [fine, false],
    ]);
  });

  test('finds products by the beginnings of all words in name and tags, whatever their case', async () => {
    const [kettle, soap] = await api.products(
      { name: 'Steel Kettle 1.5L', tags: ['주방용품', 'gift'] },
      { name: 'Olive soap', tags: ['세제', 'gift'] },
    );
    const find = async (text: string) => ids(await list(`search=${encodeURIComponent(text)}`));
    expect(await find('KETT')).toEqual([kettle]);
    expect(await find('gift stee')).toEqual([kettle]);
    expect(await find('세')).toEqual([soap]);
    expect(await find('주방 1.5')).toEqual([kettle]);
    expect(await find('gift')).toEqual([soap, kettle]);
    expect(await find('gfit olvie')).toEqual([soap]);
    expect(await find('주방용픔')).toEqual([kettle]);
    expect(await find('gift missing')).toEqual([]);
    expect(await find('***')).toEqual([]);
  });

  test('takes any search text without letting it act as a query', async () => {
    const tsqueries = ["'", "\\'; DROP TABLE products; --", 'a:*|b', '!x <-> y', '\u{1F9FC}', "'a' & 'b"];
    for (const text of [...tsqueries, ...HARMLESS]) {
      await list(`search=${encodeURIComponent(text)}`);
    }
    const answer = await api.app.inject('/products?search=a%00b');
    expect(answer.statusCode).toBe(400);
    expect((await api.app.inject(`/products?search=${'가'.repeat(101)}`)).statusCode).toBe(400);
    expect(ids(await list(`search=${'x'.repeat(100)}`))).toEqual([]);
  });

  test('refuses what the contract does not allow', async () => {
    for (const query of ['page=0', 'page=101', 'pageSize=61', 'sort=cheap', 'search=', 'colour=red']) {
      expect((await api.app.inject(`/products?${query}`)).statusCode, query).toBe(400);
    }
  });
});

test('popularity follows the number of orders to within a sixteenth and never overtakes it', async () => {
  const { rows } = await api.database.query(
    'SELECT n, product_popularity(n) AS popularity FROM unnest($1::int[]) AS n',
    [[0, 31, 32, 63, 64, 65, 1000, 1023, 1024, 2_147_483_647]],
  );
  for (const { n, popularity } of rows) {
    expect(popularity).toBeLessThanOrEqual(n);
    expect(popularity).toBeGreaterThan(n * (15 / 16) - 1);
  }
});

test('an order of a well-sold product changes no index of the table', async () => {
  const [product] = await api.products({ order_count: 1_000 });
  const { rows } = await api.database.query(
    `WITH before AS (SELECT popularity FROM products WHERE id = $1)
     UPDATE products SET order_count = order_count + 1, stock_count = stock_count - 1 FROM before
      WHERE id = $1 RETURNING products.popularity = before.popularity AS unchanged`,
    [product],
  );
  expect(rows).toEqual([{ unchanged: true }]);
});

test('one product is shown whole; an unknown or deleted one is not found', async () => {
  const [shown, deleted] = await api.products({ name: 'Kettle', tags: ['a'] }, { deleted_at: '2026-01-01' });
  expect((await api.app.inject(`/products/${shown}`)).json()).toMatchObject({
    id: shown,
    name: 'Kettle',
    tags: ['a'],
    stockCount: 10,
    orderCount: 0,
    registeredAt: expect.stringMatching(/Z$/),
  });
  expect((await api.app.inject(`/products/${deleted}`)).json()).toMatchObject({ code: 'not-found' });
  expect((await api.app.inject('/products/2147483647')).statusCode).toBe(404);
  expect((await api.app.inject('/products/2147483648')).statusCode).toBe(400);
  expect((await api.app.inject('/products/abc')).statusCode).toBe(400);
});

test('categories are listed', async () => {
  await api.products({});
  const categories = (await api.app.inject('/categories')).json();
  expect(categories[0]).toEqual({ id: expect.any(Number), name: expect.any(String) });
});

describe('operators', () => {
  const addStock = (productId: number, headers: object, addCount = 5) =>
    api.app.inject({
      method: 'POST',
      url: `/operator/products/${productId}/stock`,
      headers: { ...headers },
      payload: { addCount },
    });

  test('add to stock, which also counts as stocked', async () => {
    const [product] = await api.products({ stock_count: 1 });
    const { headers } = await api.person(['customer', 'operator']);
    expect((await addStock(product!, headers)).json()).toMatchObject({ stockCount: 6, soldOut: false });
    const { rows } = await api.database.query('SELECT stocked_count FROM products WHERE id = $1', [product]);
    expect(rows).toEqual([{ stocked_count: 6 }]);
  });

  test('cannot stock what is unknown or more than fits', async () => {
    const { headers } = await api.person(['operator']);
    const [full] = await api.products({ stock_count: 2_147_483_000 });
    expect((await addStock(2_147_483_647, headers)).statusCode).toBe(404);
    expect((await addStock(full!, headers, 1_000_000)).json()).toMatchObject({ code: 'stock-too-large' });
    expect((await addStock(full!, headers, 1_000_001)).statusCode).toBe(400);
  });

  test('set and clear the sold-out flag', async () => {
    const [product] = await api.products({});
    const { headers } = await api.person(['operator']);
    const patch = (soldOut: boolean) =>
      api.app.inject({
        method: 'PATCH',
        url: `/operator/products/${product}`,
        headers,
        payload: { soldOut },
      });
    expect((await patch(true)).json()).toMatchObject({ soldOut: true });
    expect((await patch(false)).json()).toMatchObject({ soldOut: false });
  });

  test('nobody else may', async () => {
    const [product] = await api.products({});
    const { headers } = await api.person();
    expect((await addStock(product!, headers)).statusCode).toBe(403);
    expect((await addStock(product!, {})).statusCode).toBe(401);
    expect((await addStock(product!, { authorization: 'Bearer unknown' })).statusCode).toBe(401);
  });
});
