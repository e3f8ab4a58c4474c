// Connections to PostgreSQL: the pool and transactions. Who is at fault when a statement fails says statement-faults.ts.
import pg from 'pg';
import type { Health } from '../diagnostics/health.ts';
import type { Log } from '../diagnostics/log.ts';
import { blamesSession, isInterruption, UnconfirmedCommitError } from './statement-faults.ts';

export type Database = pg.Pool;

/** What single statements need: the pool itself or a client inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;

/** int8 comes as text from pg; counts and sums of won fit a double exactly up to 9 × 10¹⁵. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`int8 ${text} is outside the exact range of a number`);
  return value;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 && format !== 'binary'
      ? parseInt8
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/**
 * A pool that opens connections when they are needed. A statement that runs longer than 10 s is cancelled, a caller
 * that waits longer than 2 s for a connection gets an error that `isEnvironmentFault` recognises.
 */
export function createDatabase(options: {
  url: string;
  poolSize: number;
  applicationName: string;
  log: Log;
}): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    // Statements leave without waiting for the answers of those before: see inTransaction.
    pipeline: true,
    types,
  });
  // The pool has already dropped the client; without a listener the process would end.
  pool.on('error', (error) => options.log.warn({ err: error }, 'an idle database connection was lost'));
  // The same for a client in use that is lost between two statements; its next statement fails with the reason.
  pool.on('connect', (client) => {
    client.on('error', (error) => options.log.debug({ err: error }, 'a database connection was lost'));
  });
  return pool;
}

/**
 * Runs a transaction's last statement and commits in one round trip, which is one less while rows are locked. Throws the
 * statement's own error when the server refuses it; nothing has happened then.
 */
export type CommitWith = (last: pg.QueryConfig) => Promise<void>;

/**
 * Runs `work` in one transaction: committed when it resolves, if `commitWith` has not done so before, and rolled back
 * when it throws. BEGIN leaves together with the first statement. Throws UnconfirmedCommitError when the connection was
 * lost during the commit; after any other error nothing has happened. A client whose ROLLBACK fails, or whose session
 * may be the reason of the error, is thrown away instead of going back to the pool.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, commitWith: CommitWith) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  let isOver = false;
  try {
    sendAsOne(client);
    const begun = client.query('BEGIN');
    // Told below; until then the statement behind it tells of a lost connection.
    begun.catch(() => undefined);
    const result = await work(client, async (last) => {
      await begun;
      isOver = true;
      await commit(client, last);
    });
    await begun;
    if (!isOver) await commit(client);
    return result;
  } catch (error) {
    broken = blamesSession(error);
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit(client: pg.PoolClient, last?: pg.QueryConfig): Promise<void> {
  sendAsOne(client);
  const [done, committed] = await Promise.allSettled([last && client.query(last), client.query('COMMIT')]);
  // Refused by the server, which then takes the COMMIT behind it as a ROLLBACK.
  if (done.status === 'rejected' && done.reason instanceof pg.DatabaseError) throw done.reason;
  if (committed.status === 'rejected')
    throw isInterruption(committed.reason) ? new UnconfirmedCommitError(committed.reason) : committed.reason;
  if (done.status === 'rejected') throw done.reason;
}

/** What is sent in this turn of the event loop leaves in one write: a system call costs more than a statement's text. */
function sendAsOne({ connection: { stream } }: pg.PoolClient): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Adds the check `database`: a statement gets its answer. */
export function addDatabaseCheck(health: Health, database: Database): void {
  health.add('database', async () => {
    await database.query('SELECT 1');
    return null;
  });
}
