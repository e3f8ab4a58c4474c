// Product pages and lists through the hot set: what they answer, what they tell of it, and what a shopper then pays.
import { beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import { CACHE_AGE_HEADER, CACHE_HEADER, HOT_SET_KEYS, type HotCustomers } from '../contract/cache.ts';
import { createHotSetRedis } from '../hot-set/hot-set-redis.ts';
import { refreshHotSet } from '../hot-set/refresh.ts';
import { seedHotShop } from '../hot-set/testing.ts';
import { orderBody, orderToPlace, placeOrdersOn } from '../orders/testing.ts';

const COUNT = 100;
let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({
    CACHE_POLICY: 'worker',
    // Bypassing a slow Redis is another test's matter.
    CACHE_WAIT_MS: '2000',
    CACHE_SIZE: String(COUNT),
    HOT_SET_CUSTOMERS: String(COUNT),
  });
  await seedHotShop(api.database, { customerCount: 100, productCount: 300 });
});

async function refresh(): Promise<void> {
  const hotSet = createHotSetRedis(api.redis);
  await hotSet.lead('tester', 600_000);
  const counts = { customerCount: COUNT, productCount: COUNT };
  const { database, clock } = api;
  await refreshHotSet({ database, clock, redis: hotSet, owner: 'tester', everyMs: 50_000, ...counts });
}

const get = (url: string) => api.app.inject(url);

test('a product of the set comes from Redis with its age, another from the database', async () => {
  await refresh();
  const [hot] = await api.redis.hkeys(HOT_SET_KEYS.products);
  const fromDatabase = await api.database.query('SELECT name FROM products WHERE id = $1', [hot]);
  api.clock.advance(2_000);
  const hit = await get(`/products/${hot}`);
  expect(hit.headers).toMatchObject({ [CACHE_HEADER]: 'hit', [CACHE_AGE_HEADER]: '2000' });
  expect(hit.json()).toMatchObject({ id: Number(hot), name: fromDatabase.rows[0].name });
  const miss = await get('/products/1');
  expect(miss.headers[CACHE_HEADER]).toBe('miss');
  expect(miss.headers).not.toHaveProperty(CACHE_AGE_HEADER);
  expect(miss.json()).toMatchObject({ id: 1 });
  expect((await get('/products/999999')).statusCode).toBe(404);
});

test('lists say the same from the set as from the database, wherever the set can answer them', async () => {
  await refresh();
  const plain = await createTestApi();
  await seedHotShop(plain.database, { customerCount: 0, productCount: 300 });
  let hits = 0;
  for (const sort of ['popular', 'newest', 'price-ascending'])
    for (const category of ['', '&categoryId=1', '&categoryId=3'])
      for (const page of [1, 2, 5, 30]) {
        const url = `/products?sort=${sort}&page=${page}&pageSize=10${category}`;
        const found = await get(url);
        expect(found.json(), url).toEqual((await plain.app.inject(url)).json());
        if (found.headers[CACHE_HEADER] === 'hit') hits++;
      }
  expect(hits).toBeGreaterThan(6);
  expect((await get('/products?search=number')).headers[CACHE_HEADER]).toBe('miss');
});

test('the customers that load is drawn from are those of the set, and for operators alone', async () => {
  const customer = await api.person();
  const operator = await api.person(['operator']);
  await refresh();
  const url = '/operator/hot-set/customers';
  expect((await api.app.inject({ url })).statusCode).toBe(401);
  expect((await api.app.inject({ url, ...customer })).statusCode).toBe(403);
  const hit = await api.app.inject({ url, ...operator });
  expect(hit.headers[CACHE_HEADER]).toBe('hit');
  const hot: HotCustomers = hit.json();
  expect(hot.customers).toHaveLength(COUNT);
  expect(hot.customers[0]).toHaveProperty('grade');
  await api.redis.del(HOT_SET_KEYS.users);
  const chosen = await api.app.inject({ url, ...operator });
  expect(chosen.headers[CACHE_HEADER]).toBe('miss');
  const ids = ({ customers }: HotCustomers) => customers.map(({ id }) => id).sort((a, b) => a - b);
  const now: HotCustomers = chosen.json();
  expect(now.meta).toBeNull();
  expect(ids(now)).toEqual(ids(hot));
});

test('a product that was repriced or deleted while cached is shown as before, and nobody pays another price', async () => {
  await refresh();
  const [hot = ''] = await api.redis.hkeys(HOT_SET_KEYS.products);
  const shownKrw = (await get(`/products/${hot}`)).json().priceKrw;
  await api.database.query('UPDATE products SET price_krw = 900, list_price_krw = 99000 WHERE id = $1', [
    hot,
  ]);
  const page = await get(`/products/${hot}`);
  expect(page.headers[CACHE_HEADER]).toBe('hit');
  expect(page.json().priceKrw).toBe(shownKrw);
  const { customerId } = await api.person();
  const place = placeOrdersOn(api.database, api.clock);
  const order = (expectedTotalKrw: number) =>
    place([orderToPlace(customerId, { ...orderBody([Number(hot)]), expectedTotalKrw }, api.clock.now())]);
  const [refused] = await order(shownKrw + 2_500);
  expect(refused).toMatchObject({ order: { state: 'rejected', rejectionReason: 'price-changed' } });
  const [placed] = await order(900 + 2_500);
  expect(placed).toMatchObject({ order: { state: 'confirmed', totalKrw: 3_400 } });
  await api.database.query('UPDATE products SET deleted_at = now() WHERE id = $1', [hot]);
  expect((await get(`/products/${hot}`)).statusCode).toBe(200);
  const [gone] = await order(900 + 2_500);
  expect(gone).toMatchObject({ order: { state: 'rejected', rejectionReason: 'unknown-product' } });
  await refresh();
  expect((await get(`/products/${hot}`)).statusCode).toBe(404);
});

test('without a set everything comes from the database', async () => {
  await api.redis.del(...Object.values(HOT_SET_KEYS));
  expect((await get('/products/5')).headers[CACHE_HEADER]).toBe('miss');
  expect((await get('/products?sort=newest')).json().items).toHaveLength(20);
});
