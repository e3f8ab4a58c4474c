import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, type QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCatalogue } from '../model/catalogue.ts';
import { generatePopulation } from '../model/population.ts';
import { emailOf, OPERATOR_EMAIL, refreshTokenHash, refreshTokenOf } from './accounts.ts';
import { DatabaseNotReadyError, loadDataSet } from './load-data-set.ts';

const root = join(import.meta.dirname, '../..');
const asOf = new Date('2026-11-20T11:00:00Z');
const size = { seed: 5, peopleCount: 300, productCount: 400, asOf };
const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const run = promisify(execFile);

function databaseUrl(name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function query<Found extends QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Found[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Found>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

describe('loadDataSet', () => {
  const name = `stampede_load_${randomBytes(6).toString('hex')}`;
  const emptyName = `${name}_empty`;
  const url = serverUrl === '' ? '' : databaseUrl(name);
  let loaded: Awaited<ReturnType<typeof loadDataSet>>;
  const progress: string[] = [];

  beforeAll(async () => {
    if (serverUrl === '') throw new Error('STAMPEDE_TEST_DATABASE_URL is not set.');
    await query(serverUrl, `CREATE DATABASE ${name}`);
    await query(serverUrl, `CREATE DATABASE ${emptyName}`);
    await run(process.execPath, [join(root, 'system/main.ts'), 'migrate'], {
      env: { ...process.env, DATABASE_URL: url },
    });
    loaded = await loadDataSet({ ...size, databaseUrl: url, onProgress: (text) => progress.push(text) });
  });

  afterAll(async () => {
    await query(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await query(serverUrl, `DROP DATABASE IF EXISTS ${emptyName} WITH (FORCE)`);
  });

  it('loads every table and says how many rows', async () => {
    expect(loaded).toEqual({
      categories: 19,
      products: 400,
      customers: 301,
      sign_in_identities: 301,
      refresh_tokens: 300,
    });
    expect(progress).toContain('products: 400 rows');
    for (const [table, count] of Object.entries(loaded)) {
      expect(await query(url, `SELECT count(*)::int AS count FROM ${table}`), table).toEqual([{ count }]);
    }
  });

  it('holds the model’s people and products, to the millisecond', async () => {
    const person = generatePopulation(size)[41]!;
    const product = generateCatalogue(size)[41]!;
    const [customer] = await query(url, 'SELECT * FROM customers WHERE id = 42');
    expect(customer).toMatchObject({
      gender: person.gender,
      birth_year: person.birthYear,
      region: person.region,
      email: emailOf(42),
      status: person.status,
      marketing_consent: person.marketingConsent,
      roles: ['customer'],
      created_at: new Date(person.createdAtMs),
    });
    const [row] = await query(url, 'SELECT * FROM products WHERE id = 42');
    expect(row).toMatchObject({
      name: product.name,
      tags: product.tags,
      price_krw: product.priceKrw,
      list_price_krw: product.listPriceKrw,
      stock_count: product.stockCount,
      stocked_count: product.stockCount,
      order_count: product.orderCount,
      registered_at: new Date(product.registeredAtMs),
    });
  });

  it('gives everybody a refresh token that outlives the data set and a password by e-mail', async () => {
    const [token] = await query<{ customer_id: number; expires_at: Date }>(
      url,
      'SELECT customer_id, expires_at FROM refresh_tokens WHERE token_hash = $1',
      [refreshTokenHash(refreshTokenOf(5, 42))],
    );
    expect(token?.customer_id).toBe(42);
    expect(token?.expires_at.getTime()).toBeGreaterThan(asOf.getTime() + 24 * 3_600_000);
    expect(
      await query(url, 'SELECT provider, customer_id FROM sign_in_identities WHERE subject = $1', [
        OPERATOR_EMAIL,
      ]),
    ).toEqual([{ provider: 'password', customer_id: 301 }]);
  });

  it('lets the sequences go on after the loaded ids', async () => {
    const [customer] = await query<{ id: number }>(
      url,
      `INSERT INTO customers (name, nickname, region, email) VALUES ('a', 'b', 'Seoul', 'c@d.example') RETURNING id`,
    );
    expect(customer?.id).toBe(302);
  });

  it('refuses a database that holds people already, and one without tables', async () => {
    await expect(loadDataSet({ ...size, databaseUrl: url })).rejects.toThrow('already holds customers');
    const empty = loadDataSet({ ...size, databaseUrl: databaseUrl(emptyName) });
    await expect(empty).rejects.toThrow(DatabaseNotReadyError);
    await expect(empty).rejects.toThrow('main.ts migrate');
  });

  it('refuses sizes and instants that mean nothing before it connects', async () => {
    const input = { ...size, databaseUrl: 'postgresql://nowhere.invalid/x' };
    await expect(loadDataSet({ ...input, peopleCount: 0 })).rejects.toThrow('peopleCount is 0');
    await expect(loadDataSet({ ...input, asOf: new Date('?') })).rejects.toThrow('asOf');
  });

  it('as a program ends with exit code 3 and all errors at once', async () => {
    const program = run(
      process.execPath,
      [join(root, 'sim/history/load-main.ts'), '--people', 'x', '--as-of', '?'],
      {
        env: { ...process.env, DATABASE_URL: '' },
      },
    );
    await expect(program).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/No database[\s\S]*--as-of is[\s\S]*--people is "x"/),
    });
  });
});
