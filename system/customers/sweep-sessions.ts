// Takes expired refresh tokens out of the database now and then: nobody can use them any more, and nobody else would.

import type { Log } from '../platform/diagnostics/log.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { createRefreshTokenStore } from './refresh-token-store.ts';

const SWEEP_EVERY_MS = 60 * 60 * 1_000;
/** Rows of one statement: it holds its locks for milliseconds however long nobody swept. */
const TOKENS_AT_ONCE = 1_000;

export type SessionSweep = {
  /** Ends the sweeping; resolves when a sweep under way has done its last statement. */
  close(): Promise<void>;
};

export type SessionSweepDeps = {
  database: Database;
  /** Tells what has expired; how often is counted in real time. */
  clock: Clock;
  log: Log;
  /** In ms; default one hour. */
  everyMs?: number;
};

/**
 * Sweeps once now and then every hour. Several processes may do so at the same time. A sweep that fails is logged; the
 * next one does its work.
 */
export function startSessionSweep({
  database,
  clock,
  log,
  everyMs = SWEEP_EVERY_MS,
}: SessionSweepDeps): SessionSweep {
  const { removeExpired } = createRefreshTokenStore(database);
  let isClosed = false;
  async function sweep(): Promise<void> {
    const now = clock.now();
    let removedCount = 0;
    let count: number;
    do {
      count = await removeExpired(now, TOKENS_AT_ONCE);
      removedCount += count;
    } while (count === TOKENS_AT_ONCE && !isClosed);
    if (removedCount > 0) log.info({ removedCount }, 'expired refresh tokens are swept');
  }
  let sweeping: Promise<void> | null = null;
  const begin = (): void => {
    sweeping ??= sweep()
      .catch((error) => log.warn({ err: error }, 'expired refresh tokens could not be swept'))
      .finally(() => {
        sweeping = null;
      });
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await sweeping;
    },
  };
}
