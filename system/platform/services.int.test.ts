import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from './postgres/migrate.ts';
import { createDatabase, inTransaction } from './postgres/postgres.ts';
import { isEnvironmentFault, UnconfirmedCommitError } from './postgres/statement-faults.ts';
import { createRedis, isRedisOutage } from './redis/redis.ts';
import { createTestDatabase, createTestRedis, type TestDatabase, testLog } from './testing.ts';

describe('the database', () => {
  let test1: TestDatabase;
  beforeAll(async () => {
    test1 = await createTestDatabase();
  });

  test('is migrated once', async () => {
    expect(await migrate(test1.url, testLog)).toEqual([]);
  });

  test('commits what a transaction did, and nothing of one that throws', async () => {
    const { database } = test1;
    const insert = 'INSERT INTO categories (name) VALUES ($1)';
    await inTransaction(database, (client) => client.query(insert, ['kept']));
    const failing = inTransaction(database, async (client) => {
      await client.query(insert, ['lost']);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    const { rows } = await database.query('SELECT name FROM categories');
    expect(rows).toEqual([{ name: 'kept' }]);
  });

  test('commits a transaction together with its last statement, or rolls all of it back', async () => {
    const { database } = test1;
    const text = 'INSERT INTO categories (id, name) VALUES ($1, $2)';
    const insertTwo = (first: [number, string], second: [number, string]) =>
      inTransaction(database, async (client, commitWith) => {
        await client.query(text, first);
        await commitWith({ text, values: second });
      });
    await insertTwo([301, 'one'], [302, 'two']);
    await expect(insertTwo([303, 'three'], [302, 'two again'])).rejects.toThrow(/duplicate key/);
    const { rows } = await database.query(
      'SELECT id FROM categories WHERE id BETWEEN 300 AND 400 ORDER BY id',
    );
    expect(rows).toEqual([{ id: 301 }, { id: 302 }]);
  });

  test('goes on with a connection whose last transaction the server refused', async () => {
    const pool = createDatabase({ url: test1.url, poolSize: 1, applicationName: 'one', log: testLog });
    const refused = inTransaction(pool, async (_client, commitWith) => commitWith({ text: 'SELECT 1 / 0' }));
    await expect(refused).rejects.toThrow(/division by zero/);
    const { rows } = await inTransaction(pool, (client) => client.query('SELECT 1 AS one'));
    await pool.end();
    expect(rows).toEqual([{ one: 1 }]);
  });

  test('says that a commit is unconfirmed when the connection is lost under it', async () => {
    const { database } = test1;
    const lost = inTransaction(database, async (client, commitWith) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const committing = commitWith({ text: 'SELECT pg_sleep(60)' });
      // Handled below; this only keeps it from counting as unhandled meanwhile.
      committing.catch(() => undefined);
      client.connection.stream.destroy();
      await database.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await committing;
    });
    await expect(lost).rejects.toThrow(UnconfirmedCommitError);
  });

  test('is sure that nothing was committed when the server ended the connection in the last statement', async () => {
    const { database } = test1;
    const ended = inTransaction(database, async (client, commitWith) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const committing = commitWith({ text: 'SELECT pg_sleep(60)' });
      // Handled below; this only keeps it from counting as unhandled meanwhile.
      committing.catch(() => undefined);
      const sleeping = `SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND query LIKE '%pg_sleep%'`;
      const look = async () => (await database.query(sleeping, [rows[0]?.pid])).rowCount;
      await expect.poll(look).toBe(1);
      await database.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await committing;
    });
    const error = await ended.catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(UnconfirmedCommitError);
    expect(isEnvironmentFault(error)).toBe(true);
  });

  test('goes on with the next id after rows with given ids were loaded', async () => {
    const { database } = test1;
    await database.query(`INSERT INTO categories (id, name) VALUES (700, 'loaded')`);
    await database.query('SELECT shop_reset_sequences()');
    const { rows } = await database.query(`INSERT INTO categories (name) VALUES ('next') RETURNING id`);
    expect(rows).toEqual([{ id: 701 }]);
  });

  test('gives int8 as exact numbers and refuses what a number cannot hold', async () => {
    const { database } = test1;
    const { rows } = await database.query('SELECT 9007199254740991::int8 AS largest');
    expect(rows).toEqual([{ largest: Number.MAX_SAFE_INTEGER }]);
    await expect(database.query('SELECT 9007199254740992::int8')).rejects.toThrow(/outside the exact range/);
  });

  test('ends a connection that was cut with an error worth another try', async () => {
    const { database } = test1;
    const error = await database
      .query('SELECT pg_terminate_backend(pg_backend_pid())')
      .catch((caught: unknown) => caught);
    expect(isEnvironmentFault(error)).toBe(true);
    expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  test('ends a transaction whose connection is cut between two statements with such an error, and nothing else', async () => {
    const { database } = test1;
    const cut = inTransaction(database, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
      await database.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await lost;
      await client.query('SELECT 1');
    });
    expect(isEnvironmentFault(await cut.catch((caught: unknown) => caught))).toBe(true);
  });

  test('says the same when no connection is free in time', async () => {
    const pool = createDatabase({ url: test1.url, poolSize: 1, applicationName: 'full', log: testLog });
    const client = await pool.connect();
    const error = await pool.query('SELECT 1').catch((caught: unknown) => caught);
    client.release();
    await pool.end();
    expect(isEnvironmentFault(error)).toBe(true);
  });
});

describe('Redis', () => {
  test('keeps keys under its prefix', async () => {
    const { redis, keyPrefix, url } = createTestRedis();
    await redis.set('colour', 'red');
    const plain = createRedis({ url, keyPrefix: '', log: testLog });
    expect(await plain.get(`${keyPrefix}colour`)).toBe('red');
    await plain.quit();
  });

  let silent: Server;
  afterAll(() => new Promise((resolve) => silent.close(resolve)));

  test('that is away or silent fails a command with a recognisable error instead of keeping it waiting', async () => {
    silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const silentPort = typeof address === 'object' && address ? address.port : 0;
    for (const port of [1, silentPort]) {
      const redis = createRedis({ url: `redis://127.0.0.1:${port}`, keyPrefix: 't:', log: testLog });
      const error = await redis.get('colour').catch((caught: unknown) => caught);
      redis.disconnect();
      expect(isRedisOutage(error), String(error)).toBe(true);
    }
  });

  test('that refuses a wrong command is not away', async () => {
    const { redis } = createTestRedis();
    await redis.set('text', 'x');
    const error = await redis.incr('text').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(isRedisOutage(error)).toBe(false);
  });
});
