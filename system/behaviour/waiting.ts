// Actions that wait because their store is away or refuses its service: told once in the log for each cause and once when it is
// over, and for as long as it lasts in metrics and health.
import type { Log } from '../platform/diagnostics/log.ts';
import { causeOf } from '../platform/postgres/statement-faults.ts';
import type { BehaviourMetrics } from './metrics.ts';

/** Longer than any two attempts of one batch are apart; whoever has not failed since has given up or moved away. */
const FORGOTTEN_AFTER_MS = 30_000;

export type BehaviourWaiting = {
  /** An attempt failed; `lane`: what waits apart from others, such as a partition. */
  failed(lane: string, error: unknown): void;
  succeeded(lane: string): void;
  /** null while nothing waits, else in words for what. */
  reason(): string | null;
};

export function createBehaviourWaiting(deps: {
  metrics: BehaviourMetrics;
  monotonicMs: () => number;
  log: Log;
}): BehaviourWaiting {
  const { metrics, monotonicMs, log } = deps;
  const failedMsOf = new Map<string, number>();
  const causes = new Set<string>();
  let last = '';
  const waiting: BehaviourWaiting = {
    failed(lane, error) {
      const cause = causeOf(error);
      failedMsOf.set(lane, monotonicMs());
      last = `${cause}: ${error instanceof Error ? error.message : String(error)}`;
      metrics.waited(cause);
      if (causes.has(cause)) return;
      causes.add(cause);
      log.warn({ err: error, cause }, 'actions wait for their store; this is tried again and again');
    },
    succeeded(lane) {
      if (!failedMsOf.delete(lane) || failedMsOf.size > 0) return;
      log.info({ causes: [...causes] }, 'actions are stored again');
      causes.clear();
    },
    reason() {
      for (const [lane, failedMs] of failedMsOf)
        if (monotonicMs() - failedMs > FORGOTTEN_AFTER_MS) failedMsOf.delete(lane);
      if (failedMsOf.size > 0) return `actions wait for their store; ${last}`;
      causes.clear();
      return null;
    },
  };
  metrics.watchWaiting(() => waiting.reason() !== null);
  return waiting;
}
