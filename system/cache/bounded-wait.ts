// Waits for Redis no longer than it is worth. After a failure nobody asks for a while, so that an outage costs one wait a second
// and not one for each request.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Clock } from '../platform/settings/clock.ts';

const REST_MS = 1_000;

/** The command's answer, or `away` when there was none in time, it failed, or Redis is left alone just now. */
export type BoundedWait = <T>(command: () => Promise<T>) => Promise<T | 'away'>;

/** `onFailure` hears of every command that failed or came too late; the log tells an outage and its end once. */
export function createBoundedWait(deps: {
  waitMs: number;
  clock: Pick<Clock, 'monotonicMs'>;
  log: Log;
  onFailure: () => void;
}): BoundedWait {
  const { waitMs, clock, log, onFailure } = deps;
  let restUntilMs = Number.NEGATIVE_INFINITY;
  let isAway = false;
  return async (command) => {
    const nowMs = clock.monotonicMs();
    if (nowMs < restUntilMs) return 'away';
    // The first to ask after a rest asks alone.
    if (isAway) restUntilMs = nowMs + REST_MS;
    try {
      const answer = await within(command(), waitMs);
      if (isAway) log.info('the cache answers again');
      isAway = false;
      restUntilMs = Number.NEGATIVE_INFINITY;
      return answer;
    } catch (error) {
      onFailure();
      if (!isAway) log.warn({ err: error }, 'the cache does not answer; the database is asked instead');
      isAway = true;
      restUntilMs = clock.monotonicMs() + REST_MS;
      return 'away';
    }
  };
}

function within<T>(answer: Promise<T>, waitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Redis gave no answer within ${waitMs} ms`)), waitMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
