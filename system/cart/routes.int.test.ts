import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import { MAX_CART_LINES } from '../contract/cart.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});

type Person = Awaited<ReturnType<TestApi['person']>>;

const put = ({ headers }: Person, productId: number, quantity: number) =>
  api.app.inject({ method: 'PUT', url: `/cart/items/${productId}`, headers, payload: { quantity } });
const remove = ({ headers }: Person, path: string) =>
  api.app.inject({ method: 'DELETE', url: path, headers });
const cart = async ({ headers }: Person) => (await api.app.inject({ url: '/cart', headers })).json();

test('a cart shows its lines in the order they were added, with today’s prices', async () => {
  const person = await api.person();
  const [soap, kettle] = await api.products(
    { name: 'Soap', price_krw: 3_000 },
    { name: 'Kettle', price_krw: 20_000, stock_count: 0 },
  );
  expect((await put(person, kettle!, 1)).statusCode).toBe(204);
  api.clock.advance(1_000);
  await put(person, soap!, 1);
  await put(person, soap!, 3);
  expect(await cart(person)).toEqual({
    lines: [
      { productId: kettle, name: 'Kettle', quantity: 1, unitPriceKrw: 20_000, soldOut: true, image: '' },
      { productId: soap, name: 'Soap', quantity: 3, unitPriceKrw: 3_000, soldOut: false, image: '' },
    ],
    itemsTotalKrw: 29_000,
  });
});

test('lines are taken out one by one or all together', async () => {
  const person = await api.person();
  const [a, b, c] = await api.products({}, {}, {});
  for (const product of [a, b, c]) await put(person, product!, 1);
  expect((await remove(person, `/cart/items/${b}`)).statusCode).toBe(204);
  expect((await cart(person)).lines).toHaveLength(2);
  expect((await remove(person, '/cart')).statusCode).toBe(204);
  expect(await cart(person)).toEqual({ lines: [], itemsTotalKrw: 0 });
});

test('nobody sees or changes the cart of another', async () => {
  const [owner, other] = [await api.person(), await api.person()];
  const [product] = await api.products({});
  await put(owner, product!, 2);
  await remove(other, `/cart/items/${product}`);
  await remove(other, '/cart');
  expect((await cart(other)).lines).toEqual([]);
  expect((await cart(owner)).lines).toHaveLength(1);
});

test('unknown and deleted products cannot be added, and a product deleted later disappears', async () => {
  const person = await api.person();
  const [deleted, later] = await api.products({ deleted_at: '2026-01-01' }, {});
  expect((await put(person, deleted!, 1)).statusCode).toBe(404);
  expect((await put(person, 2_147_483_647, 1)).statusCode).toBe(404);
  await put(person, later!, 1);
  await api.database.query('UPDATE products SET deleted_at = now() WHERE id = $1', [later]);
  expect((await cart(person)).lines).toEqual([]);
});

test('a cart is full at its limit, however many requests come at the same time', async () => {
  const person = await api.person();
  const products = await api.products(...Array.from({ length: MAX_CART_LINES + 5 }, () => ({})));
  const answers = await Promise.all(products.map((product) => put(person, product, 1)));
  expect(answers.filter((answer) => answer.statusCode === 204)).toHaveLength(MAX_CART_LINES);
  const refused = answers.filter((answer) => answer.statusCode !== 204);
  expect(refused.map((answer) => answer.json().code)).toEqual(Array(5).fill('cart-full'));
  const inCart = products[answers.findIndex((answer) => answer.statusCode === 204)];
  expect((await put(person, inCart!, 9)).statusCode).toBe(204);
});

test('a quantity is from 1 to 99 and a whole number', async () => {
  const person = await api.person();
  const [product] = await api.products({});
  for (const quantity of [0, 100, 1.5, '3', null]) {
    expect((await put(person, product!, quantity as number)).statusCode, String(quantity)).toBe(400);
  }
});

test('a cart needs a session', async () => {
  expect((await api.app.inject('/cart')).statusCode).toBe(401);
  expect((await api.app.inject({ method: 'DELETE', url: '/cart' })).statusCode).toBe(401);
  expect((await api.app.inject({ method: 'PUT', url: '/cart/items/1' })).statusCode).toBe(401);
});

describe('a cart that is nobody’s', () => {
  const quote = (lines: unknown) =>
    api.app.inject({ method: 'POST', url: '/cart/quotes', payload: { lines } as object });

  test('is priced in one request, without what is not sold, and nothing is kept of it', async () => {
    const [soap, kettle, deleted] = await api.products(
      { name: 'Soap', price_krw: 3_000 },
      { name: 'Kettle', price_krw: 20_000, stock_count: 0 },
      { deleted_at: '2026-01-01' },
    );
    const lines = [kettle, deleted, 2_147_483_647, soap].map((productId) => ({ productId, quantity: 2 }));
    expect((await quote(lines)).json()).toEqual({
      lines: [
        { productId: kettle, name: 'Kettle', quantity: 2, unitPriceKrw: 20_000, soldOut: true, image: '' },
        { productId: soap, name: 'Soap', quantity: 2, unitPriceKrw: 3_000, soldOut: false, image: '' },
      ],
      itemsTotalKrw: 46_000,
    });
    const { rows } = await api.database.query('SELECT count(*)::int FROM cart_lines WHERE product_id = $1', [
      soap,
    ]);
    expect(rows).toEqual([{ count: 0 }]);
  });

  test('is refused where it is none, or larger than a cart may be', async () => {
    const [product] = await api.products({});
    const line = { productId: product, quantity: 1 };
    const tooMany = Array.from({ length: MAX_CART_LINES + 1 }, (_, index) => ({
      ...line,
      productId: index + 1,
    }));
    for (const lines of [
      [],
      null,
      [line, line],
      tooMany,
      ...[0, -1, 100, 1.5, '1', 1e12].map((quantity) => [{ ...line, quantity }]),
      ...[0, -1, 2_147_483_648, '1 OR 1=1', null].map((productId) => [{ ...line, productId }]),
    ])
      expect((await quote(lines)).statusCode, JSON.stringify(lines)).toBe(400);
  });
});
