import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onServer } from '../../../deploy/local/commands/shop-database.ts';
import { openShopDatabase } from './shop-database.ts';

const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const shopName = `test${randomBytes(4).toString('hex')}`;
const server = new pg.Client(serverUrl);

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

let fillCount = 0;
const fill = async (url: string): Promise<void> => {
  fillCount += 1;
  await ask(url, 'CREATE TABLE items AS SELECT 5 AS stock');
};

async function databases(): Promise<string[]> {
  const { rows } = await server.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1',
    [`stampede_target_${shopName}`],
  );
  return rows.map(({ datname }) => datname);
}

beforeAll(() => server.connect());
afterAll(async () => {
  for (const name of await databases()) await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
});

it('fills a database once and opens a fresh copy each time', async () => {
  const shop = { serverUrl, shopName, fingerprint: 'a'.repeat(64), fill };
  const first = await openShopDatabase(shop);
  await ask(first, 'UPDATE items SET stock = 0');
  const second = await openShopDatabase(shop);
  expect(await ask(second, 'SELECT stock FROM items')).toEqual([{ stock: 5 }]);
  expect(fillCount).toBe(1);
});

it('leaves a shop alone that somebody has open, and says so', async () => {
  const shop = { serverUrl, shopName, fingerprint: 'a'.repeat(64), fill };
  const inIt = new pg.Client(await openShopDatabase(shop));
  await inIt.connect();
  await expect(openShopDatabase(shop)).rejects.toThrow(`stampede_target_${shopName}: somebody works in it`);
  expect((await inIt.query('SELECT stock FROM items')).rows).toEqual([{ stock: 5 }]);
  await inIt.end();
  await openShopDatabase(shop);
});

it('fills another one, and drops the old, once it is filled with something else', async () => {
  await openShopDatabase({ serverUrl, shopName, fingerprint: 'b'.repeat(64), fill });
  expect(fillCount).toBe(2);
  const name = `stampede_target_${shopName}`;
  expect(await databases()).toEqual([name, `${name}_filled_bbbbbbbbbbbb`]);
});

it('takes nothing half filled for a filled database', async () => {
  const shop = { serverUrl, shopName, fingerprint: 'c'.repeat(64) };
  const broken = async (url: string): Promise<void> => {
    await fill(url);
    throw new Error('the seed ended with 1');
  };
  await expect(openShopDatabase({ ...shop, fill: broken })).rejects.toThrow('the seed ended with 1');
  const url = await openShopDatabase({ ...shop, fill });
  expect(await ask(url, 'SELECT stock FROM items')).toEqual([{ stock: 5 }]);
  expect(url).toBe(onServer(serverUrl, `stampede_target_${shopName}`));
});
