// Keeps the log's days: those to come are made before they begin, those older than the retention go.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Running } from '../platform/features/feature.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { BehaviourStore } from './store/store.ts';

const UPKEEP_EVERY_MS = 10 * 60 * 1_000;

/** Works once now and then every ten minutes. Several processes may do so at the same time; one that fails is tried again. */
export function startUpkeep(deps: {
  store: Pick<BehaviourStore, 'upkeep'>;
  /** Tells which day it is; how often is counted in real time. */
  clock: Clock;
  log: Log;
  /** In ms; default ten minutes. */
  everyMs?: number;
}): Running {
  const { store, clock, log, everyMs = UPKEEP_EVERY_MS } = deps;
  let working: Promise<void> | null = null;
  async function work(): Promise<void> {
    const done = await store.upkeep(clock.now());
    if (done.addedDayCount + done.droppedDayCount > 0) log.info(done, 'the behaviour log has new days');
  }
  const begin = (): void => {
    working ??= work()
      .catch((error) => log.warn({ err: error }, 'the days of the behaviour log could not be kept'))
      .finally(() => {
        working = null;
      });
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
