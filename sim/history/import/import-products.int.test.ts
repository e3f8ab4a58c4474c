import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importProducts } from './import-products.ts';

const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const name = `stampede_import_${randomBytes(6).toString('hex')}`;
const databaseUrl = serverUrl === '' ? '' : Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
const folder = mkdtempSync(join(tmpdir(), 'stampede-import-'));
const HEADER = 'sku,name,category,price,stock\n';

async function query<Row extends object>(sql: string, url = databaseUrl): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const shop = () =>
  query<{ name: string }>(
    'SELECT name, price_krw, stock_count, stocked_count, sold_out FROM products ORDER BY id',
  );

function importing(file: string, rows: string, options: { update?: boolean; skipRejected?: boolean } = {}) {
  const path = join(folder, file);
  writeFileSync(path, HEADER + rows);
  return importProducts({
    file: path,
    databaseUrl,
    dryRun: false,
    skipRejected: false,
    nowMs: 0,
    ...options,
  });
}

beforeAll(async () => {
  await query(`CREATE DATABASE ${name}`, serverUrl);
  await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../../../system/main.ts'), 'migrate'],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl },
    },
  );
});
afterAll(async () => {
  await query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, serverUrl);
  rmSync(folder, { recursive: true, force: true });
});

it('tells a key that is twice in a file, and one that the shop has, each with both lines', async () => {
  const twice = await importing('twice.csv', 'J1,Pen,office,50000,5\nJ1,Pen,office,51000,6\n');
  expect(twice).toMatchObject({ acceptedCount: 1, rejectedCount: 1, importedCount: 0 });
  expect(twice.rejected).toEqual([
    { line: 3, reasons: [expect.stringContaining('sku is "J1", as on line 2')] },
  ]);
  const first = await importing('first.csv', '\nJ1,Pen,office,50000,5\nJ2,Cup,kitchen,8000,0\n');
  expect(first).toMatchObject({ importedCount: 2, newCategories: ['office', 'kitchen'] });
  const again = await importing('again.csv', 'J3,Mat,office,9000,1\nJ1,Pen,office,50000,5\n');
  expect(again).toMatchObject({ acceptedCount: 1, rejectedCount: 1, importedCount: 0 });
  expect(again.rejected).toEqual([
    { line: 3, reasons: [expect.stringMatching(/^key is "J1", which is product 1 .*line 3 of first\.csv/)] },
  ]);
  expect((await shop()).map((one) => one.name)).toEqual(['Pen', 'Cup']);
  const skipped = await importing('again.csv', 'J3,Mat,office,9000,1\nJ1,Pen,office,50000,5\n', {
    skipRejected: true,
  });
  expect(skipped).toMatchObject({ acceptedCount: 1, importedCount: 1 });
});

it('replaces by key when it is told to, keeps the last row of a file and what orders hold', async () => {
  // Two pieces of the pen are held by orders.
  await query(`UPDATE products SET stock_count = 3 WHERE name = 'Pen'`);
  const rows = 'J1,Pen,office,51000,6\nJ4,Bag,travel,70000,2\nJ1,Blue pen,desk,52000,7\n,Hat,travel,9000,1\n';
  const updated = await importing('update.csv', rows, { update: true });
  expect(updated).toMatchObject({ acceptedCount: 4, rejectedCount: 0, importedCount: 2, updatedCount: 1 });
  expect(updated.replaced).toEqual([{ line: 2, byLine: 4, key: 'J1' }]);
  expect(await shop()).toMatchObject([
    { name: 'Blue pen', price_krw: 52_000, stock_count: 7, stocked_count: 9, sold_out: false },
    { name: 'Cup', sold_out: true },
    { name: 'Mat' },
    { name: 'Bag' },
    { name: 'Hat' },
  ]);
  expect(await query("SELECT file, line FROM product_keys WHERE key = 'J1'")).toEqual([
    { file: 'update.csv', line: 4 },
  ]);
});

it('is not held up by the limits of the role that it signs in as', async () => {
  const role = `${name}_slow`;
  await query(`CREATE ROLE ${role} LOGIN PASSWORD 'x' IN ROLE pg_read_all_data, pg_write_all_data`);
  await query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role};
    GRANT TEMPORARY ON DATABASE ${name} TO ${role}`);
  await query(`ALTER ROLE ${role} SET statement_timeout = '20ms'`);
  const path = join(folder, 'slow.csv');
  writeFileSync(
    path,
    HEADER + Array.from({ length: 20_000 }, (_, n) => `S${n},Tea,office,9000,1\n`).join(''),
  );
  const url = Object.assign(new URL(databaseUrl), { username: role, password: 'x' }).href;
  try {
    const report = await importProducts({
      file: path,
      databaseUrl: url,
      dryRun: true,
      skipRejected: false,
      nowMs: 0,
    });
    expect(report).toMatchObject({ acceptedCount: 20_000, rejectedCount: 0 });
  } finally {
    await query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});
