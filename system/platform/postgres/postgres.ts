// Connections to PostgreSQL: the pool, transactions, and who is at fault when a statement fails.
import pg from 'pg';
import type { Health } from '../diagnostics/health.ts';
import type { Log } from '../diagnostics/log.ts';

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

/** The connection was lost during a COMMIT, which may have happened or not. */
export class UnconfirmedCommitError extends Error {
  constructor(cause: unknown) {
    super('a commit was not confirmed', { cause });
    this.name = 'UnconfirmedCommitError';
  }
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

/** Data exceptions and violated constraints: what was sent is at fault, and would be each time. */
const DATA_FAULT = /^2[23]/;
/** The transaction was broken off by what went on beside it: connections, shutdowns, resources, locks. */
const INTERRUPTION = /^(08...|57P0.|57014|40001|40P01|53...|25P03)$/;
/** Lost a race or ran out of time: the session itself is as good as new. */
const RACE = /^(40...|57014|55P03)$/;
const INTERRUPTION_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const INTERRUPTION_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Query read timeout/;

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether the connection or the server gave way under a statement. */
function isInterruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return INTERRUPTION.test(codeOf(error));
  return INTERRUPTION_SYSTEM_CODES.has(codeOf(error)) || INTERRUPTION_MESSAGE.test(error.message);
}

/**
 * Whether the data of a statement are at fault (SQLSTATE classes 22 and 23): the same statement would fail each time,
 * and one with other data would not.
 */
export function isDataFault(error: unknown): boolean {
  return error instanceof pg.DatabaseError && DATA_FAULT.test(codeOf(error));
}

/**
 * Whether the database or the way to it is at fault, so that the same statement works once that is mended: connection
 * lost or refused, no free connection, server starting, stopping or a read-only standby, sign-in refused, right, table
 * or prepared statement missing, statement cancelled, deadlock; also an unconfirmed commit (for statements that may be
 * done twice). Everything that the server answers counts but a data fault.
 */
export function isEnvironmentFault(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isEnvironmentFault)) return true;
  if (error instanceof UnconfirmedCommitError) return true;
  return error instanceof pg.DatabaseError ? !isDataFault(error) : isInterruption(error);
}

/**
 * Whether the session may have been the reason: a read-only one, one that has forgotten its prepared statements. A new
 * one may fare better, and costs little where it does not.
 */
function blamesSession(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !isDataFault(error) && !RACE.test(codeOf(error));
}

/** A short word for the cause of an error, of a small set: SQLSTATE, system error, else the error's name. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof UnconfirmedCommitError) return causeOf(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  if (error instanceof pg.DatabaseError || INTERRUPTION_SYSTEM_CODES.has(codeOf(error))) return codeOf(error);
  return INTERRUPTION_MESSAGE.test(error.message) ? 'connection' : error.name;
}

/** The SQLSTATE of a database error, else null. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** Adds the check `database`: a statement gets its answer. */
export function addDatabaseCheck(health: Health, database: Database): void {
  health.add('database', async () => {
    await database.query('SELECT 1');
    return null;
  });
}
