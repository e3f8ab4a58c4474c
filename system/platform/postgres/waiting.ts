// Work that waits because what the shop needs refuses its service or is away: told once in the log when it begins and
// when it is over, however often it is tried meanwhile, and for as long as it lasts in metrics and health.

import type { Log } from '../diagnostics/log.ts';
import type { Clock } from '../settings/clock.ts';
import { causeOf } from './statement-faults.ts';

/** Longer than any two attempts of one batch are apart; whoever has not failed since has given up or moved away. */
const FORGOTTEN_AFTER_MS = 30_000;

export type WaitingMetrics = {
  /** An attempt failed for a cause outside of the work: an SQLSTATE or the code of a system error. */
  waited(cause: string): void;
  /** Asks `isWaiting` whenever somebody reads the metrics. Call it once. */
  watchWaiting(isWaiting: () => boolean): void;
};

export type Waiting = {
  /** An attempt failed for a cause outside of the work. `lane`: what waits apart from others, a partition for one. */
  failed(lane: string, error: unknown): void;
  /** An attempt succeeded. */
  succeeded(lane: string): void;
  /** null while nothing waits, else in words for what. */
  reason(): string | null;
};

type Episode = { sinceMs: number; attemptCount: number; causes: Set<string>; last: string };

/** @param deps.what waits, in the plural; of the clock only its monotonic time is read. */
export function createWaiting(deps: {
  what: string;
  metrics: WaitingMetrics;
  clock: Clock;
  log: Log;
}): Waiting {
  const { what, metrics, clock, log } = deps;
  const failedMsOf = new Map<string, number>();
  let episode: Episode | null = null;

  function present(): Episode | null {
    for (const [lane, failedMs] of failedMsOf)
      if (clock.monotonicMs() - failedMs > FORGOTTEN_AFTER_MS) failedMsOf.delete(lane);
    if (failedMsOf.size === 0) episode = null;
    return episode;
  }
  const waiting: Waiting = {
    failed(lane, error) {
      const cause = causeOf(error);
      const nowMs = clock.monotonicMs();
      const current = present() ?? { sinceMs: nowMs, attemptCount: 0, causes: new Set<string>(), last: '' };
      episode = current;
      failedMsOf.set(lane, nowMs);
      current.attemptCount += 1;
      current.last = `${cause}: ${error instanceof Error ? error.message : String(error)}`;
      metrics.waited(cause);
      if (current.causes.has(cause)) return;
      current.causes.add(cause);
      log.warn({ err: error, cause }, `${what} wait for what the shop needs; this is tried again and again`);
    },
    succeeded(lane) {
      if (!failedMsOf.delete(lane) || failedMsOf.size > 0 || episode === null) return;
      const { sinceMs, attemptCount, causes } = episode;
      episode = null;
      const waitedMs = Math.round(clock.monotonicMs() - sinceMs);
      log.info({ waitedMs, attemptCount, causes: [...causes] }, `${what} go on`);
    },
    reason: () => {
      const current = present();
      return current === null ? null : `${what} wait after ${current.attemptCount} attempts; ${current.last}`;
    },
  };
  metrics.watchWaiting(() => waiting.reason() !== null);
  return waiting;
}
