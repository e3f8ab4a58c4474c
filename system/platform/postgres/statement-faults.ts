// Who is at fault when a statement fails: its data, the database or the way to it, or the session.
import pg from 'pg';

/** The connection was lost during a COMMIT, which may have happened or not. */
export class UnconfirmedCommitError extends Error {
  constructor(cause: unknown) {
    super('a commit was not confirmed', { cause });
    this.name = 'UnconfirmedCommitError';
  }
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
export function isInterruption(error: unknown): boolean {
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
export function blamesSession(error: unknown): boolean {
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
