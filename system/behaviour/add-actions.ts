// Gives actions to the store in statements of a bounded size, and measures it.
import type { BehaviourMetrics } from './metrics.ts';
import type { LoggedAction } from './rules.ts';
import type { BehaviourStore } from './store/store.ts';

/** Stores actions; when it rejects, some may be stored, and doing the same again stores the rest. */
export type AddActions = (actions: readonly LoggedAction[]) => Promise<void>;

export function createAddActions(deps: {
  store: Pick<BehaviourStore, 'add'>;
  /** Actions in one statement. */
  batchMax: number;
  metrics: BehaviourMetrics;
  monotonicMs: () => number;
}): AddActions {
  const { store, batchMax, metrics, monotonicMs } = deps;
  return async (actions) => {
    for (let start = 0; start < actions.length; start += batchMax) {
      const some = actions.slice(start, start + batchMax);
      const startedMs = monotonicMs();
      await store.add(some);
      metrics.stored(some.length, monotonicMs() - startedMs);
    }
  };
}
