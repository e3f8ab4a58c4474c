// A history that breaks off for a real reason (a lost connection, a full disk) tells it once and goes on afterwards.
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvChecksums, databaseChecksums } from './checksums.ts';
import { HistoryCutOffError } from './cut-off.ts';
import { HistoryDatabaseError } from './history-database.ts';
import { type HistorySettings, loadHistory } from './load-history.ts';
import { writeCsv } from './write-csv.ts';

const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const prefix = `stampede_off_${randomBytes(6).toString('hex')}`;
const run = promisify(execFile);
const settings: HistorySettings = {
  preset: 'korea',
  seed: 5,
  people: 6_000,
  products: 400,
  days: 90,
  untilMs: Date.parse('2026-11-20T15:00:00Z'),
  growth: 'bass',
  orders: null,
  behaviourRatio: 0.1,
};
const urlOf = (name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${prefix}_${name}` }).href;

async function query<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function createShop(name: string, place = ''): Promise<string> {
  await query(serverUrl, `CREATE DATABASE ${prefix}_${name} ${place}`);
  const env = { ...process.env, DATABASE_URL: urlOf(name) };
  await run(process.execPath, [join(import.meta.dirname, '../../../system/main.ts'), 'migrate'], { env });
  return urlOf(name);
}

const dropShop = (name: string) => query(serverUrl, `DROP DATABASE IF EXISTS ${prefix}_${name} WITH (FORCE)`);

/** The error that `work` must end with. */
async function errorOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => expect.fail('found no error, needed one'),
    (error: Error) => error,
  );
}

/** A small disk of its own; null where this account may not mount one. */
function mountSmallDisk(folder: string, size: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
}

const enlarge = (folder: string) => run('mount', ['-o', 'remount,size=500m', folder]);

describe('a history that breaks off', { timeout: 600_000 }, () => {
  let whole: Awaited<ReturnType<typeof databaseChecksums>>;

  beforeAll(async () => {
    if (serverUrl === '') throw new Error('STAMPEDE_TEST_DATABASE_URL is not set.');
    const url = await createShop('whole');
    await loadHistory({ databaseUrl: url, settings, workerCount: 2 });
    whole = await databaseChecksums(url);
    expect(whole.find(({ table }) => table === 'orders')?.rowCount).toBeGreaterThan(5_000);
  });

  afterAll(() => dropShop('whole'));

  it('tells a lost connection in mid-load and goes on to the same rows', async ({ onTestFinished }) => {
    onTestFinished(() => dropShop('lost').then(() => undefined));
    const databaseUrl = await createShop('lost');
    let killing: Promise<unknown> | null = null;
    const broken = loadHistory({
      databaseUrl,
      settings,
      workerCount: 2,
      onProgress: ({ rowCount }) => {
        if (rowCount === 0 || killing !== null) return;
        killing = query(
          serverUrl,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = $1 AND application_name = 'stampede-history'`,
          [`${prefix}_lost`],
        );
      },
    });
    const error = await errorOf(broken);
    await killing;
    expect(error).toBeInstanceOf(HistoryCutOffError);
    expect(error.message).toContain('the connection to PostgreSQL was lost');
    expect(error.message).toContain('Next: bring it back, then the same command with --resume.');
    const undecided = await errorOf(loadHistory({ databaseUrl, settings }));
    expect(undecided).toBeInstanceOf(HistoryDatabaseError);
    await loadHistory({ databaseUrl, settings, resume: true });
    expect(await databaseChecksums(databaseUrl)).toEqual(whole);
  });

  it('tells PostgreSQL’s full disk and goes on when there is room', async ({ skip, onTestFinished }) => {
    const [found] = await query<{ directory: string }>(
      serverUrl,
      `SELECT current_setting('data_directory') AS directory`,
    );
    const account = statSync(found?.directory ?? '', { throwIfNoEntry: false });
    if (account === undefined) skip('The server’s files are not on this machine.');
    const disk = join(tmpdir(), `${prefix}-disk`);
    // Mounted where the server sees it too: its tablespace has 40 MB.
    if (!mountSmallDisk(disk, '40m')) skip('This account may not mount a small disk (needs root).');
    onTestFinished(async () => {
      await dropShop('full');
      await query(serverUrl, `DROP TABLESPACE IF EXISTS ${prefix}`);
      await run('umount', [disk]);
      rmSync(disk, { recursive: true });
    });
    const folder = join(disk, 'tables');
    mkdirSync(folder);
    chownSync(folder, account?.uid ?? 0, account?.gid ?? 0);
    await query(serverUrl, `CREATE TABLESPACE ${prefix} LOCATION '${folder}'`);
    const databaseUrl = await createShop('full', `TABLESPACE ${prefix}`);
    // What is free is filled but for a little, so that the disk is full in mid-load whatever a new database takes.
    await run('sh', [
      '-c',
      'dd if=/dev/zero of="$1/filler" bs=1k count=$(($(df -k --output=avail "$1" | tail -1) - 2500))',
      'sh',
      disk,
    ]);
    const error = await errorOf(loadHistory({ databaseUrl, settings, workerCount: 2 }));
    expect(error).toBeInstanceOf(HistoryCutOffError);
    expect(error.message).toContain('the disk of PostgreSQL is full');
    expect(error.message).toContain('Next: make room, then the same command with --resume.');
    await enlarge(disk);
    await loadHistory({ databaseUrl, settings, resume: true });
    expect(await databaseChecksums(databaseUrl)).toEqual(whole);
  });

  it('never says that an emptied database is whole', async ({ onTestFinished }) => {
    onTestFinished(() => dropShop('emptied').then(() => undefined));
    const databaseUrl = await createShop('emptied');
    const small = { ...settings, people: 40 };
    await loadHistory({ databaseUrl, settings: small });
    // Waits for a reader of the mark, so the load that replaces the history is cut off after its emptying.
    const reader = new Client({ connectionString: databaseUrl });
    await reader.connect();
    await reader.query('BEGIN; LOCK TABLE stampede_history.made IN ACCESS SHARE MODE');
    const broken = errorOf(loadHistory({ databaseUrl, settings: small, replace: true }));
    await expect
      .poll(
        () =>
          query(
            serverUrl,
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = $1 AND application_name = 'stampede-history'
                AND wait_event_type = 'Lock' AND query LIKE 'DROP SCHEMA%'`,
            [`${prefix}_emptied`],
          ).then((rows) => rows.length),
        { timeout: 120_000 },
      )
      .toBe(1);
    expect((await broken).message).toContain('Next: bring it back, then the same command again.');
    await reader.end();
    expect(await query(databaseUrl, 'SELECT state FROM stampede_history.made')).toEqual([
      { state: 'loading' },
    ]);
    await loadHistory({ databaseUrl, settings: small, replace: true });
    expect(await query(databaseUrl, 'SELECT count(*)::int AS count FROM customers')).toEqual([{ count: 41 }]);
  });

  it('leaves another program’s tables of the same names alone', async ({ onTestFinished }) => {
    onTestFinished(() => dropShop('theirs').then(() => undefined));
    await query(serverUrl, `CREATE DATABASE ${prefix}_theirs`);
    const databaseUrl = urlOf('theirs');
    await query(databaseUrl, 'CREATE TABLE customers (id integer, shoe_size integer)');
    const error = await errorOf(loadHistory({ databaseUrl, settings, replace: true }));
    expect(error).toBeInstanceOf(HistoryDatabaseError);
    expect(error.message).toContain('column customers.email');
    expect(error.message).toContain('table orders');
  });
});

describe('CSV files', { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-csv-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are cut off by a full disk and go on to the same bytes', async ({ skip, onTestFinished }) => {
    const disk = join(folder, 'disk');
    if (!mountSmallDisk(disk, '4m')) skip('This account may not mount a small disk (needs root).');
    onTestFinished(() => run('umount', [disk]).then(() => undefined));
    const whole = join(folder, 'whole');
    await writeCsv({ folder: whole, settings, workerCount: 2 });
    const out = join(disk, 'year');
    const error = await errorOf(writeCsv({ folder: out, settings, workerCount: 2 }));
    expect(error).toBeInstanceOf(HistoryCutOffError);
    expect(error.message).toContain(`the disk of ${out} is full (ENOSPC`);
    await enlarge(disk);
    await expect(writeCsv({ folder: out, settings })).rejects.toThrow('--resume goes on');
    await writeCsv({ folder: out, settings, resume: true });
    expect(await csvChecksums(out)).toEqual(await csvChecksums(whole));
  });
});
