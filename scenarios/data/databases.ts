// The databases of rehearsals: templates that hold a data set, built once, and one clone of a template for each run.
// Only databases that a rehearsal made are ever dropped; they are known by the prefixes of their names, and those of other
// runs by their marks (run-mark.ts).
import { setTimeout as wait } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import type { StackService } from '../../deploy/local/services/stack.ts';
import { RUN_PREFIX } from './run-mark.ts';

export { RUN_PREFIX } from './run-mark.ts';
export const TEMPLATE_PREFIX = 'stampede_data_';
/** Older templates make room for new ones; each takes some tens of megabytes. */
const KEPT_TEMPLATE_COUNT = 3;

/** Whether PostgreSQL is one that Stampede started, so that leftovers on it may be tidied up. */
export function isOurServer(services: readonly Pick<StackService, 'name' | 'origin'>[]): boolean {
  return services.every(({ name, origin }) => name !== 'postgres' || origin !== 'environment');
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/**
 * Opens a connection for the length of `work`; a server that starts or recovers from a crash is waited for. A connection
 * that is lost while nothing is asked of it is told by what `work` asks next.
 */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectOnceOpen(url);
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost ??= error;
  });
  try {
    return await work(client);
  } catch (cause) {
    if (lost === undefined) throw cause;
    throw new Error(
      `The connection to PostgreSQL was lost: ${wordsOf(lost)}. Look at its log, and at who ends idle connections there.`,
      { cause },
    );
  } finally {
    // What is lost needs no farewell, and must not hide what `work` came to.
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL's own code for "starting up", "shutting down" and "in recovery mode". */
const CANNOT_CONNECT_NOW = '57P03';
const OPEN_WITHIN_MS = 120_000;
const OPEN_POLL_MS = 200;

async function connectOnceOpen(url: string): Promise<Client> {
  const deadlineMs = performance.now() + OPEN_WITHIN_MS;
  for (;;) {
    const client = new Client({ connectionString: url });
    // Without a listener a connection that is lost while nothing is asked of it would end the whole program.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if ((error as { code?: unknown }).code !== CANNOT_CONNECT_NOW) throw error;
      if (performance.now() > deadlineMs)
        throw new Error(
          `PostgreSQL has answered "${(error as Error).message}" for ${OPEN_WITHIN_MS / 1_000} s. Look at its log (\`npm run stack -- logs postgres\`); needed: a server that accepts connections.`,
          { cause: error },
        );
      await wait(OPEN_POLL_MS);
    }
  }
}

/** Whether a finished template of this name is there. */
export async function templateExists(client: Client, template: string): Promise<boolean> {
  const found = await client.query('SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn', [
    template,
  ]);
  return found.rowCount === 1;
}

/** Holds a lock on a name for the length of `work`, so that two machines do not build the same template at once. */
export async function whileLocked<T>(client: Client, name: string, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
  try {
    return await work();
  } finally {
    // It ends with its connection at the latest.
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined);
  }
}

/** Creates an empty database, dropping a half-built one of the same name that a killed run left behind. */
export async function createEmptyDatabase(client: Client, database: string): Promise<void> {
  await dropDatabase(client, database);
  await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
}

/** Makes a loaded database a template: nobody connects to it any more, so it can be cloned at any time. */
export async function sealTemplate(client: Client, database: string): Promise<void> {
  await client.query(`ALTER DATABASE ${escapeIdentifier(database)} WITH ALLOW_CONNECTIONS false`);
}

/** Drops all but the newest finished templates. Only on an own server: elsewhere another machine may be cloning one. */
export async function dropOldTemplates(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND NOT datallowconn
     ORDER BY oid::bigint DESC OFFSET $2`,
    [TEMPLATE_PREFIX, KEPT_TEMPLATE_COUNT],
  );
  for (const { datname } of rows) await dropDatabase(client, datname);
}

/**
 * A fresh copy of the template. On our own server by copying files, which is quicker than going through the log but makes
 * the whole server write a checkpoint; on a server that others use too, through the log.
 */
export async function cloneTemplate(
  client: Client,
  template: string,
  database: string,
  serverIsOurs: boolean,
): Promise<void> {
  const strategy = serverIsOurs ? 'file_copy' : 'wal_log';
  await client.query(
    `CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE ${escapeIdentifier(template)} STRATEGY ${strategy}`,
  );
}

/** PostgreSQL's code for "being accessed by other users": what it says when a connection did not end within five seconds. */
const OBJECT_IN_USE = '55006';
/** A connection ends once its process gets a turn, which takes long where a shop at full load has just been ended. */
const ENDED_WITHIN_MS = 60_000;

/** Drops a database of a rehearsal, ending connections to it. Any other name is refused. */
export async function dropDatabase(client: Client, database: string): Promise<void> {
  if (!database.startsWith(TEMPLATE_PREFIX) && !database.startsWith(RUN_PREFIX)) {
    throw new Error(
      `Database ${database} was not made by a rehearsal and is not dropped; its name starts neither with ${TEMPLATE_PREFIX} nor with ${RUN_PREFIX}.`,
    );
  }
  const deadlineMs = performance.now() + ENDED_WITHIN_MS;
  for (;;) {
    try {
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== OBJECT_IN_USE || performance.now() > deadlineMs) throw error;
    }
  }
}
