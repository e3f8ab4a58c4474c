// Deliveries that are under way. They are no sessions: nobody waits for one, and their end only has to be known.
import type { PlannedDelivery } from '../model/deliveries.ts';
import type { Deliver } from './shop-adapter.ts';

export type Deliveries = {
  /** Begins one that was intended for `intendedMs`. */
  start(delivery: PlannedDelivery, intendedMs: number): void;
  /** Resolves when the fates of all that were begun are known; the adapter's deadline bounds it. */
  whenIdle(): Promise<void>;
};

/** `failed` hears of a broken assumption, never of a failing shop. */
export function createDeliveries(deps: {
  deliver: Deliver | undefined;
  failed: (error: unknown) => void;
}): Deliveries {
  const open = new Set<Promise<void>>();
  const deliver: Deliver =
    deps.deliver ??
    (() => Promise.reject(new Error('the plan has deliveries, which this shop has no way for')));
  return {
    start(delivery, intendedMs) {
      const delivered: Promise<void> = deliver(delivery, intendedMs)
        .catch(deps.failed)
        .finally(() => open.delete(delivered));
      open.add(delivered);
    },
    async whenIdle() {
      await Promise.all(open);
    },
  };
}
