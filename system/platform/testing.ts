// Real services for tests: a database and a Redis key prefix of their own for each test file, taken away again when
// its tests are over. A test that leaves a connection open fails. Not used by the shop itself.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import { createLog, type Log } from './diagnostics/log.ts';
import { migrate } from './postgres/migrate.ts';
import { createDatabase, type Database } from './postgres/postgres.ts';
import { createRedis, type Redis } from './redis/redis.ts';
import type { Environment } from './settings/settings.ts';

const LEAK_DEADLINE_MS = 60_000;

const endings: (() => unknown)[] = [];

// Registered while the test file is loaded: Vitest never runs an `afterAll` that is called within a `beforeAll`.
afterAll(async () => {
  const errors: unknown[] = [];
  for (const end of endings.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join('; '));
});

/** Does something when the tests of the file are over, what was asked for last first. It may be called anywhere. */
export function afterTests(end: () => unknown): void {
  endings.push(end);
}

export const testLog: Log = createLog({ level: 'silent', name: 'test' });

function testUrl(variable: string): string {
  const url = process.env[variable];
  if (!url)
    throw new Error(
      `${variable} is not set; integration tests get it from deploy/local/testing/vitest-stack.ts`,
    );
  return url;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Waits until nobody is connected to the database any more; throws when somebody still is after a minute. */
async function waitForNoConnections(client: pg.Client, name: string): Promise<void> {
  const deadline = performance.now() + LEAK_DEADLINE_MS;
  for (;;) {
    const { rows } = await client.query<{ open: number; names: string }>(
      `SELECT count(*)::int AS open, string_agg(application_name, ', ') AS names
         FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    const open = rows[0]?.open ?? 0;
    if (open === 0) return;
    if (performance.now() > deadline) {
      throw new Error(
        `${open} connections to the test's database were left open (${rows[0]?.names}), needed 0`,
      );
    }
    await client.query('SELECT pg_sleep(0.02)');
  }
}

export type TestDatabase = { url: string; database: Database };

/** A new, migrated database and a pool on it. Call it in a test file's top level or in `beforeAll`. */
export async function createTestDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const serverUrl = testUrl('STAMPEDE_TEST_DATABASE_URL');
  const name = `stampede_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const database = createDatabase({
    url: url.href,
    poolSize: options.poolSize ?? 5,
    applicationName: 'test',
    log: testLog,
  });
  afterTests(async () => {
    await database.end();
    await withClient(serverUrl, async (client) => {
      try {
        await waitForNoConnections(client, name);
      } finally {
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    });
  });
  await migrate(url.href, testLog);
  return { url: url.href, database };
}

export type TestRedis = { url: string; keyPrefix: string; redis: Redis };

/** A connection whose keys all have a prefix of their own; they are deleted at the end. */
export function createTestRedis(): TestRedis {
  const url = testUrl('STAMPEDE_TEST_REDIS_URL');
  const keyPrefix = `test-${randomBytes(6).toString('hex')}:`;
  const redis = createRedis({ url, keyPrefix, log: testLog });
  afterTests(async () => {
    const plain = createRedis({ url, keyPrefix: '', log: testLog });
    for await (const keys of plain.scanStream({ match: `${keyPrefix}*`, count: 1_000 })) {
      if (keys.length > 0) await plain.unlink(...(keys as string[]));
    }
    await plain.quit();
    redis.disconnect();
  });
  return { url, keyPrefix, redis };
}

/** A configuration for tests; services that a test does not use point at ports where nothing listens. */
export function testConfig(environment: Environment = {}): Config {
  return readConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    KAFKA_BROKERS: '127.0.0.1:1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...environment,
  });
}
