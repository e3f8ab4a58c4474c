import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOADED_TABLES } from '../../../system/contract/tables.ts';
import { ImportDatabaseError, importProducts } from '../import/import-products.ts';
import { historyWorld } from '../year/history-world.ts';
import { HistoryDatabaseError } from './history-database.ts';
import { type HistorySettings, loadHistory } from './load-history.ts';

const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const prefix = `stampede_hist_${randomBytes(6).toString('hex')}`;
const run = promisify(execFile);
const untilMs = Date.parse('2026-11-20T11:00:00Z');
const settings: HistorySettings = {
  preset: 'korea',
  seed: 3,
  people: 9_000,
  products: 400,
  days: 120,
  untilMs,
  growth: 'bass',
  orders: null,
  behaviourRatio: 0.2,
};

const urlOf = (name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${prefix}_${name}` }).href;

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Rows and a checksum of each table (but for the transaction that wrote a product), and every index and constraint there is. */
async function fingerprint(url: string): Promise<unknown> {
  const sums: Record<string, unknown> = {};
  for (const table of Object.keys(LOADED_TABLES)) {
    sums[table] = await query(
      url,
      `SELECT count(*)::int, coalesce(sum(hashtextextended((to_jsonb(t) - 'changed_in')::text, 0)::numeric), 0) AS sum FROM ${table} t`,
    );
  }
  // Those of the days of the behaviour log come with its rows.
  sums.indexes = await query(
    url,
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename !~ '^behaviour_actions_\\d+$' ORDER BY 1`,
  );
  sums.constraints = await query(
    url,
    `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text !~ '^behaviour_actions_\\d+$' ORDER BY 1, 2`,
  );
  return sums;
}

const BROKEN: Record<string, string> = {
  'stock that does not add up':
    'SELECT FROM audit.stock WHERE stock_count < 0 OR stock_count + held_count <> stocked_count',
  'wrong sums': `SELECT FROM audit.order_sums s JOIN audit.orders o ON o.id = s.order_id
    WHERE s.line_count = 0 OR s.total_krw <> s.lines_krw + s.adjustments_krw
       OR s.tenders_krw <> CASE WHEN o.state IN ('cancelled', 'refunded') THEN 0 ELSE s.total_krw END`,
  'last orders that are not the newest':
    'SELECT FROM audit.customer_orders WHERE last_ordered_at IS DISTINCT FROM last_confirmed_placed_at',
  'order counts that are not those of the rows': `SELECT FROM products p LEFT JOIN
    (SELECT product_id, count(*) AS n FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE state NOT IN ('cancelled', 'refunded') GROUP BY 1) x ON x.product_id = p.id
    WHERE p.order_count <> coalesce(n, 0)`,
  'orders before the sign-up or after the end': `SELECT FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE o.placed_at < c.created_at OR o.resolved_at >= '2026-11-20T11:00:00Z'`,
  'products sold before they were registered': `SELECT FROM order_lines l JOIN orders o ON o.id = l.order_id
    JOIN products p ON p.id = l.product_id WHERE p.registered_at > o.placed_at`,
  'order ids of another time': `SELECT FROM orders
    WHERE ('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint <> (extract(epoch FROM placed_at) * 1000)::bigint`,
  'grades that the orders do not give': `SELECT FROM customers c LEFT JOIN LATERAL
    (SELECT count(*) AS n, coalesce(sum(total_krw), 0) AS krw FROM orders o WHERE o.customer_id = c.id
        AND state NOT IN ('cancelled', 'refunded') AND placed_at >= '2026-11-20T11:00:00Z'::timestamptz - interval '180 days') x ON true
    WHERE c.grade <> CASE WHEN n >= 15 AND krw >= 3000000 THEN 'VIP' WHEN n >= 8 AND krw >= 1000000 THEN 'GOLD'
                          WHEN n >= 3 AND krw >= 300000 THEN 'SILVER' ELSE 'BRONZE' END`,
  'grades that the changes do not lead to': `SELECT FROM customers c LEFT JOIN LATERAL
    (SELECT to_grade FROM grade_changes g WHERE g.customer_id = c.id ORDER BY changed_at DESC LIMIT 1) g ON true
    WHERE c.grade <> coalesce(to_grade, 'BRONZE')`,
};

describe('loadHistory', () => {
  let whole: unknown;

  beforeAll(async () => {
    if (serverUrl === '') throw new Error('STAMPEDE_TEST_DATABASE_URL is not set.');
    for (const name of ['a', 'b', 'c']) {
      await query(serverUrl, `CREATE DATABASE ${prefix}_${name}`);
      await run(process.execPath, [join(import.meta.dirname, '../../../system/main.ts'), 'migrate'], {
        env: { ...process.env, DATABASE_URL: urlOf(name) },
      });
    }
    const before = (await fingerprint(urlOf('a'))) as { indexes: unknown; constraints: unknown };
    await loadHistory({ databaseUrl: urlOf('a'), settings, workerCount: 2 });
    whole = await fingerprint(urlOf('a'));
    expect(whole).toMatchObject({ indexes: before.indexes, constraints: before.constraints });
  });

  afterAll(async () => {
    for (const name of ['a', 'b', 'c'])
      await query(serverUrl, `DROP DATABASE IF EXISTS ${prefix}_${name} WITH (FORCE)`);
  });

  it.each(Object.entries(BROKEN))('has no %s', async (_, sql) => {
    expect(await query(urlOf('a'), sql)).toHaveLength(0);
  });

  it('makes the same rows with another number of workers, and after being cut off', async () => {
    await loadHistory({ databaseUrl: urlOf('b'), settings, workerCount: 1 });
    expect(await fingerprint(urlOf('b'))).toEqual(whole);
    // As a load stands that was killed after some of its groups: the others are not there, nor is the catalogue.
    await query(urlOf('b'), `UPDATE stampede_history.made SET state = 'loading'`);
    await query(urlOf('b'), 'DELETE FROM stampede_history.chunks WHERE index IN (-1, 1)');
    await query(
      urlOf('b'),
      'ALTER TABLE sign_in_identities DROP CONSTRAINT sign_in_identities_customer_id_fkey',
    );
    await query(urlOf('b'), 'ALTER TABLE refresh_tokens DROP CONSTRAINT refresh_tokens_customer_id_fkey');
    const gone = 'BETWEEN 4097 AND 8192';
    for (const sql of [
      `DELETE FROM order_lines WHERE order_id IN (SELECT id FROM orders WHERE customer_id ${gone})`,
      `DELETE FROM order_adjustments WHERE order_id IN (SELECT id FROM orders WHERE customer_id ${gone})`,
      `DELETE FROM order_tenders WHERE order_id IN (SELECT id FROM orders WHERE customer_id ${gone})`,
      ...['orders', 'grade_changes', 'behaviour_actions', 'refresh_tokens'].map(
        (table) => `DELETE FROM ${table} WHERE customer_id ${gone}`,
      ),
      `DELETE FROM sign_in_identities WHERE customer_id ${gone} OR customer_id = 9001`,
      `DELETE FROM customers WHERE id ${gone} OR id = 9001`,
      'TRUNCATE products, categories CASCADE',
    ]) {
      await query(urlOf('b'), sql);
    }
    const asIs = loadHistory({ databaseUrl: urlOf('b'), settings });
    await expect(asIs).rejects.toThrow('--resume goes on');
    await loadHistory({ databaseUrl: urlOf('b'), settings, resume: true });
    expect(await fingerprint(urlOf('b'))).toEqual(whole);
  });

  it('is known to the generator without a database', async () => {
    const { people, products } = historyWorld(settings);
    const stored = await query(
      urlOf('a'),
      `SELECT id, grade, status, region, created_at, last_ordered_at FROM customers WHERE 'customer' = ANY (roles) ORDER BY id`,
    );
    expect(
      people.map(({ id, grade, status, region, createdAtMs, lastOrderedAtMs }) => ({
        id,
        grade,
        status,
        region,
        created_at: new Date(createdAtMs),
        last_ordered_at: lastOrderedAtMs === null ? null : new Date(lastOrderedAtMs),
      })),
    ).toEqual(stored);
    const stock = await query(
      urlOf('a'),
      'SELECT id, stock_count, order_count, price_krw FROM products ORDER BY id',
    );
    expect(
      products.map((p) => ({
        id: p.id,
        stock_count: p.stockCount,
        order_count: p.orderCount,
        price_krw: p.priceKrw,
      })),
    ).toEqual(stock);
  });

  it('refuses another history and somebody’s data, and replaces only its own', async () => {
    const other = { ...settings, seed: 4, people: 40 };
    await expect(loadHistory({ databaseUrl: urlOf('b'), settings: other })).rejects.toThrow(
      HistoryDatabaseError,
    );
    await loadHistory({ databaseUrl: urlOf('b'), settings: other, replace: true });
    expect(await query(urlOf('b'), 'SELECT count(*)::int AS count FROM customers')).toEqual([{ count: 41 }]);
    await query(urlOf('c'), `INSERT INTO categories (name) VALUES ('mine')`);
    const refused = loadHistory({ databaseUrl: urlOf('c'), settings: other, replace: true });
    await expect(refused).rejects.toThrow("holds somebody's data");
    expect(await query(urlOf('c'), 'SELECT name FROM categories')).toEqual([{ name: 'mine' }]);
  });

  it('replaces no rows that came after it, and empties no table that is not its own', async () => {
    const other = { ...settings, seed: 5, people: 40 };
    await query(urlOf('b'), 'CREATE TABLE letters (text text)');
    await query(urlOf('b'), `INSERT INTO letters VALUES ('mine')`);
    await query(urlOf('b'), `INSERT INTO cart_lines VALUES (1, 1, 2, now())`);
    await query(
      urlOf('b'),
      `INSERT INTO customers (id, name, nickname, region, email) VALUES (90001, 'a', 'b', 'Seoul', 'a@example.com')`,
    );
    await query(
      urlOf('b'),
      `INSERT INTO orders (id, customer_id, state, payment_method, total_krw, placed_at)
       VALUES (gen_random_uuid(), 1, 'reserved', 'card', 5, '2026-11-20T11:00:00Z')`,
    );
    const before = await fingerprint(urlOf('b'));
    await expect(loadHistory({ databaseUrl: urlOf('b'), settings: other, replace: true })).rejects.toThrow(
      'The database holds 1 row in customers, 1 row in orders, 1 row in cart_lines that no history made',
    );
    expect(await fingerprint(urlOf('b'))).toEqual(before);
    await query(urlOf('b'), 'DELETE FROM cart_lines');
    await query(urlOf('b'), 'DELETE FROM customers WHERE id = 90001');
    await query(urlOf('b'), `DELETE FROM orders WHERE state = 'reserved'`);
    await loadHistory({ databaseUrl: urlOf('b'), settings: other, replace: true });
    expect(await query(urlOf('b'), 'SELECT text FROM letters')).toEqual([{ text: 'mine' }]);
  });

  it('does nothing when the history is there already', async () => {
    const again = await loadHistory({ databaseUrl: urlOf('a'), settings });
    expect(again.wasLoaded).toBe(false);
    expect(again.tally.orderCount).toBeGreaterThan(1_000);
  });

  it('imports a catalogue whole or not at all', async () => {
    const folder = join(import.meta.dirname, '../import/testing');
    const input = { databaseUrl: urlOf('b'), dryRun: false, skipRejected: false, nowMs: untilMs };
    const count = async () =>
      (await query<{ n: number }>(urlOf('b'), 'SELECT count(*)::int AS n FROM products'))[0]?.n;
    const before = await count();
    const refused = await importProducts({ ...input, file: join(folder, 'products.csv') });
    expect(refused).toMatchObject({ acceptedCount: 2, rejectedCount: 2, importedCount: 0 });
    expect(await count()).toBe(before);
    const dry = await importProducts({ ...input, file: join(folder, 'products.ndjson'), dryRun: true });
    expect(dry).toMatchObject({
      acceptedCount: 2,
      rejectedCount: 0,
      importedCount: 0,
      newCategories: ['차'],
    });
    // The database refuses the second product: the first and its new category are not kept either.
    await query(urlOf('b'), `ALTER TABLE products ADD CONSTRAINT no_black_tea CHECK (name <> '홍차')`);
    const broken = importProducts({ ...input, file: join(folder, 'products.ndjson') });
    await expect(broken).rejects.toThrow(ImportDatabaseError);
    expect(await count()).toBe(before);
    expect(await query(urlOf('b'), `SELECT name FROM categories WHERE name = '차'`)).toEqual([]);
    await query(urlOf('b'), 'ALTER TABLE products DROP CONSTRAINT no_black_tea');
    const done = await importProducts({ ...input, file: join(folder, 'products.ndjson') });
    expect(done.importedCount).toBe(2);
    expect(await count()).toBe((before ?? 0) + 2);
  });
});

describe('loadHistory of the founders', () => {
  const url = serverUrl === '' ? '' : urlOf('f');
  afterAll(() => query(serverUrl, `DROP DATABASE IF EXISTS ${prefix}_f WITH (FORCE)`));

  it('keeps its stock, sums and last orders right', async () => {
    await query(serverUrl, `CREATE DATABASE ${prefix}_f`);
    await run(process.execPath, [join(import.meta.dirname, '../../../system/main.ts'), 'migrate'], {
      env: { ...process.env, DATABASE_URL: url },
    });
    await loadHistory({ databaseUrl: url, settings: { ...settings, preset: 'founding', orders: 4_000 } });
    for (const [name, sql] of Object.entries(BROKEN)) expect(await query(url, sql), name).toHaveLength(0);
    // Nothing of its own is taken for somebody's.
    await loadHistory({ databaseUrl: url, settings: { ...settings, people: 40 }, replace: true });
  });
});
