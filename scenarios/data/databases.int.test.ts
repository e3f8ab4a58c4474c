// Connections of a rehearsal to PostgreSQL that somebody else ends, and those that are slow to end.
import type { Client } from 'pg';
import { expect, it } from 'vitest';
import { dropDatabase, RUN_PREFIX, whileLocked, withClient, withDatabase } from './databases.ts';

const server = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';

/** Ends the connection as an administrator, a proxy or a restart would, and waits until this side has seen it. */
async function cut(client: Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const seen = new Promise((resolve) => client.once('end', resolve));
  await withClient(server, (admin) => admin.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]));
  await seen;
}

it('tells of a connection that was lost while nothing was asked of it', async () => {
  const asked = withClient(server, async (client) => {
    await cut(client);
    await client.query('SELECT 1');
  });
  await expect(asked).rejects.toThrow(
    'The connection to PostgreSQL was lost: terminating connection due to administrator command.',
  );
});

it('keeps what the work came to when its connection is lost in the end', async () => {
  const made = withClient(server, (client) =>
    whileLocked(client, 'a name of this test', async () => {
      await cut(client);
      return 'the data set';
    }),
  );
  expect(await made).toBe('the data set');
});

it('tells the work’s own error where the connection holds', async () => {
  await expect(withClient(server, (client) => client.query('SELECT 1/0'))).rejects.toThrow(
    'division by zero',
  );
});

/** PostgreSQL itself gives up on dropping after five seconds. */
const SLOW_TO_END_MS = 7_000;

it('drops a database whose connections take longer to end than PostgreSQL waits for them', async ({
  skip,
}) => {
  const database = `${RUN_PREFIX}of_a_test_${process.pid}`;
  await withClient(server, (admin) => admin.query(`CREATE DATABASE ${database}`));
  const slow = await withClient(withDatabase(server, database), async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const pid = rows[0]?.pid ?? 0;
    try {
      process.kill(pid, 'SIGSTOP');
    } catch {
      skip('the server runs as somebody else or elsewhere');
    }
    setTimeout(() => process.kill(pid, 'SIGCONT'), SLOW_TO_END_MS);
    return withClient(server, (admin) => dropDatabase(admin, database)).then(() => 'dropped', String);
  });
  expect(slow).toBe('dropped');
});
