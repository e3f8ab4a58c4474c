// Questions to the log that nobody waits long for: whoever asks goes on with what is known where it is away or slow.
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MOST_MS = 1_000;
/** A log that failed is left alone for so long. */
const TRY_AGAIN_MS = 5_000;

/** Gives what asks: it resolves with the answer or after a second, and at once while the log is left alone. */
export function createAskBriefly(deps: {
  monotonicMs: () => number;
  /** Told of each question that failed or took too long. */
  onFailure: (error: unknown) => void;
}): (ask: () => Promise<void>) => Promise<void> {
  let failedMs = Number.NEGATIVE_INFINITY;
  return async (ask) => {
    if (deps.monotonicMs() - failedMs < TRY_AGAIN_MS) return;
    const giveUp = new AbortController();
    const slow = sleep(WAIT_MOST_MS, 'slow', { ref: false, signal: giveUp.signal });
    slow.catch(() => undefined);
    try {
      const end = await Promise.race([ask(), slow]);
      if (end === 'slow') throw new Error(`the behaviour log did not answer within ${WAIT_MOST_MS} ms`);
    } catch (error) {
      failedMs = deps.monotonicMs();
      deps.onFailure(error);
    } finally {
      giveUp.abort();
    }
  };
}
