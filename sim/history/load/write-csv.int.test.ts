import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOADED_TABLES, type LoadedTable } from '../../../system/contract/tables.ts';
import type { HistorySettings } from '../year/settings.ts';
import { loadHistory } from './load-history.ts';
import { writeCsv } from './write-csv.ts';

const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const prefix = `stampede_csv_${randomBytes(6).toString('hex')}`;
const settings: HistorySettings = {
  preset: 'korea',
  seed: 5,
  people: 2_100,
  products: 300,
  days: 60,
  untilMs: Date.parse('2026-11-20T11:00:00Z'),
  growth: 'bass',
  orders: null,
  behaviourRatio: 0.3,
};
const TABLES = Object.keys(LOADED_TABLES) as LoadedTable[];
const urlOf = (name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${prefix}_${name}` }).href;
let folder: string;

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Number and checksum of each table's rows, but for the transaction that wrote a product. */
function checksums(url: string): Promise<Record<string, unknown>> {
  return withClient(url, async (client) => {
    const found: Record<string, unknown> = {};
    for (const table of TABLES) {
      const { rows } = await client.query(
        `SELECT count(*)::int, coalesce(sum(hashtextextended((to_jsonb(t) - 'changed_in')::text, 0)::numeric), 0) AS sum FROM ${table} t`,
      );
      found[table] = rows[0];
    }
    return found;
  });
}

beforeAll(async () => {
  if (serverUrl === '') throw new Error('STAMPEDE_TEST_DATABASE_URL is not set.');
  folder = await mkdtemp(join(tmpdir(), 'stampede-csv-'));
  for (const name of ['loaded', 'read']) {
    await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${prefix}_${name}`));
    await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, '../../../system/main.ts'), 'migrate'],
      {
        env: { ...process.env, DATABASE_URL: urlOf(name) },
      },
    );
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  for (const name of ['loaded', 'read'])
    await withClient(serverUrl, (client) =>
      client.query(`DROP DATABASE IF EXISTS ${prefix}_${name} WITH (FORCE)`),
    );
});

it('writes the same bytes with any number of workers', async () => {
  for (const workerCount of [1, 3])
    await writeCsv({ folder: join(folder, String(workerCount)), settings, workerCount });
  for (const table of TABLES) {
    const [one, three] = await Promise.all(
      [1, 3].map((workerCount) => readFile(join(folder, String(workerCount), `${table}.csv`))),
    );
    expect(one?.length, table).toBeGreaterThan(100);
    expect(three?.equals(one ?? Buffer.alloc(0)), table).toBe(true);
  }
});

it('writes just the rows that a load puts into the database', async () => {
  await loadHistory({ databaseUrl: urlOf('loaded'), settings, workerCount: 2 });
  await writeCsv({ folder: join(folder, 'whole'), settings });
  await withClient(urlOf('read'), async (client) => {
    await client.query('SELECT behaviour_create_days($1, $2)', ['2026-09-20', '2026-11-21']);
    for (const table of TABLES) {
      const target = copyFrom(
        `COPY ${table} (${LOADED_TABLES[table].join(', ')}) FROM STDIN WITH (FORMAT csv, HEADER match)`,
      );
      await pipeline(createReadStream(join(folder, 'whole', `${table}.csv`)), client.query(target));
    }
  });
  const loaded = await checksums(urlOf('loaded'));
  expect(loaded.orders).toMatchObject({ count: expect.toSatisfy((count: number) => count > 1_000) });
  expect(await checksums(urlOf('read'))).toEqual(loaded);
});
