// Whether the program itself opens a shop whose accounts anybody can use.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { emailOf } from '../../sim/history/rows/accounts.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createTestDatabase, createTestRedis } from '../platform/testing.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const redis = createTestRedis();
let database: Database;
let databaseUrl: string;

beforeAll(async () => {
  ({ database, url: databaseUrl } = await createTestDatabase());
});

async function register(email: string): Promise<void> {
  await database.query('TRUNCATE customers CASCADE');
  await database.query(
    `WITH person AS (INSERT INTO customers (name, nickname, region, email) VALUES ('Kim', 'kim', 'Seoul', $1) RETURNING id)
     INSERT INTO sign_in_identities (customer_id, provider, subject, secret_hash) SELECT id, 'password', $1, 'x' FROM person`,
    [email],
  );
}

/** Starts a shop; gives how it ended, or null when it opened. What it said comes beside. */
async function open(environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.keyPrefix,
      ORDERS_TRANSPORT: 'direct',
      SHOP_ROLES: 'api',
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const exited = once(child, 'exit');
  const opened = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes('the shop is open')) resolve();
      });
  });
  const [code = null] = (await Promise.race([exited, opened])) ?? [];
  child.kill('SIGKILL');
  await exited;
  return { code, said };
}

test('accounts of a data set are served on loopback, and elsewhere only when that is allowed by name', async () => {
  await register(emailOf(1));
  const refused = await open({ HOST: '0.0.0.0' });
  expect(refused.code).toBe(3);
  expect(refused.said).toMatch(/found person-1@.*HOST=0\.0\.0\.0; needed .*Next: HOST=127\.0\.0\.1/);
  expect(refused.said).toContain('SHOP_ALLOW_SEEDED_ACCOUNTS=1');
  expect(refused.said).not.toMatch(/^ +at /m);
  expect(await open({ HOST: '127.0.0.1' })).toMatchObject({ code: null });
  expect(await open({ HOST: '0.0.0.0', SHOP_ALLOW_SEEDED_ACCOUNTS: '1' })).toMatchObject({ code: null });
  expect(await open({ HOST: '0.0.0.0', SHOP_ALLOW_SEEDED_ACCOUNTS: 'yes' })).toMatchObject({
    code: 3,
    said: expect.stringContaining('SHOP_ALLOW_SEEDED_ACCOUNTS: found "yes"'),
  });
});

test('a shop with accounts of its own is served anywhere', async () => {
  await register('kim@shop.kr');
  expect(await open({ HOST: '0.0.0.0' })).toMatchObject({ code: null });
});
