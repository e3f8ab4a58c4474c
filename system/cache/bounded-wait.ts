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

/** A look at the clock for each part of the wait; a part that took longer was spent on something else. */
const PART_COUNT = 5;

/**
 * The answer, unless it is not there after `waitMs` in which this process could have heard it: an event loop that stood still
 * says nothing of Redis, and taking Redis for away then would send everybody to the database when there is least time for it.
 */
function within<T>(answer: Promise<T>, waitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let partsLeft = PART_COUNT;
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    // What has arrived is read after the timers, so each part ends with a look at it.
    const endPart = () => setImmediate(() => nextPart());
    function nextPart(): void {
      if (isOver) return;
      if (partsLeft === 0) {
        isOver = true;
        reject(new Error(`Redis gave no answer within ${waitMs} ms`));
        return;
      }
      partsLeft -= 1;
      timer = setTimeout(endPart, waitMs / PART_COUNT);
    }
    nextPart();
    answer.then(resolve, reject).finally(() => {
      isOver = true;
      clearTimeout(timer);
    });
  });
}
