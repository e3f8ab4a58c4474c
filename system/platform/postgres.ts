// Connections to PostgreSQL: the pool, transactions, and which errors mean "try again" rather than "a bug".
import pg from 'pg';
import type { Health } from './health.ts';
import type { Log } from './log.ts';

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
 * that waits longer than 2 s for a connection gets an error that `isTransient` recognises.
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
 * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. A client whose ROLLBACK
 * fails is thrown away instead of going back to the pool.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const TRANSIENT_SQLSTATE = /^(08...|57P0.|57014|40001|40P01|53...|25P03)$/;
const TRANSIENT_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const TRANSIENT_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Query read timeout/;

/**
 * Whether the same statement may work a moment later: connection lost or refused, server starting or stopping, too many
 * connections, no free connection in the pool, statement cancelled, deadlock, serialisation failure.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isTransient)) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof pg.DatabaseError) return TRANSIENT_SQLSTATE.test(code);
  return TRANSIENT_SYSTEM_CODES.has(code) || TRANSIENT_MESSAGE.test(error.message);
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
