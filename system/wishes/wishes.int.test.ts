import { beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import { MAX_WISHES, type WishList } from '../contract/wishes.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});

type Person = Awaited<ReturnType<TestApi['person']>>;

const send = async (method: 'PUT' | 'DELETE', { headers }: Person, productId: number | string) =>
  (await api.app.inject({ method, url: `/wishes/${productId}`, headers })).statusCode;
const wishes = async ({ headers }: Person): Promise<WishList['items']> =>
  (await api.app.inject({ url: '/wishes', headers })).json().items;
const ids = async (person: Person) => (await wishes(person)).map(({ id }) => id);

test('a wish list shows what was wished last first, once, until it is taken off', async () => {
  const person = await api.person();
  const [soap, kettle] = await api.products({ name: '<i>Soap</i>' }, { stock_count: 0 });
  expect(await send('PUT', person, soap!)).toBe(204);
  const wishedAt = api.clock.now().toISOString();
  api.clock.advance(1_000);
  await send('PUT', person, kettle!);
  expect(await send('PUT', person, soap!)).toBe(204);
  expect(await wishes(person)).toMatchObject([
    { id: kettle, soldOut: true },
    { id: soap, name: '<i>Soap</i>', wishedAt },
  ]);
  expect(await send('DELETE', person, kettle!)).toBe(204);
  expect(await send('DELETE', person, kettle!)).toBe(204);
  expect(await ids(person)).toEqual([soap]);
});

test('nobody sees or changes the wish list of another', async () => {
  const [owner, other] = [await api.person(), await api.person()];
  const [product] = await api.products({});
  await send('PUT', owner, product!);
  await send('DELETE', other, product!);
  expect(await ids(other)).toEqual([]);
  expect(await ids(owner)).toEqual([product]);
});

test('what is not there cannot be wished, and what is deleted later disappears', async () => {
  const person = await api.person();
  const [deleted, later] = await api.products({ deleted_at: '2026-01-01' }, {});
  const statuses = [deleted!, 2_147_483_647, 0, -1, 'x'].map((id) => send('PUT', person, id));
  expect(await Promise.all(statuses)).toEqual([404, 404, 400, 400, 400]);
  await send('PUT', person, later!);
  await api.database.query('UPDATE products SET deleted_at = now() WHERE id = $1', [later]);
  expect(await ids(person)).toEqual([]);
});

test('a wish list is full at its limit, however many requests come at the same time', async () => {
  const person = await api.person();
  const products = await api.products(...Array.from({ length: MAX_WISHES + 5 }, () => ({})));
  const answers = await Promise.all(products.map((product) => send('PUT', person, product)));
  expect(answers.filter((status) => status === 204)).toHaveLength(MAX_WISHES);
  expect(answers.filter((status) => status === 409)).toHaveLength(5);
  expect(await send('PUT', person, products[answers.indexOf(204)]!)).toBe(204);
});

test('a wish list needs a session', async () => {
  for (const [method, url] of [
    ['GET', '/wishes'],
    ['PUT', '/wishes/1'],
    ['DELETE', '/wishes/1'],
  ] as const)
    expect((await api.app.inject({ method, url })).statusCode).toBe(401);
});
