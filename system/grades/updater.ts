// Updates all grades when it starts and then at its interval; several may run, of which one updates at a time.
import type { GradeChanged } from '../contract/sockets.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Running } from '../platform/features/feature.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { GradeMetrics } from './metrics.ts';
import { updateGrades } from './update-grades.ts';

export type GradeUpdaterDeps = {
  database: Database;
  clock: Clock;
  log: Log;
  metrics: GradeMetrics;
  push: (customerId: number, event: 'grade:changed', change: GradeChanged) => void;
  everyMs: number;
};

export type GradeUpdater = Running & {
  /** Why the last update failed, or null. */
  check(): string | null;
};

/** `close` waits for an update under way. */
export function startGradeUpdater(deps: GradeUpdaterDeps): GradeUpdater {
  const { database, clock, log, metrics, push, everyMs } = deps;
  let failure: string | null = null;
  async function update(): Promise<void> {
    const startedMs = clock.monotonicMs();
    const now = clock.now();
    const changedAt = now.toISOString();
    const result = await updateGrades(database, now, (changes) => {
      metrics.changed(changes);
      for (const { customerId, fromGrade, toGrade } of changes)
        push(customerId, 'grade:changed', { fromGrade, toGrade, changedAt });
    });
    const durationMs = clock.monotonicMs() - startedMs;
    metrics.updated(result === 'another updates' ? 'left' : 'ok', durationMs);
    if (failure !== null) log.info('grades are updated again');
    failure = null;
    if (result !== 'another updates') log.info({ ...result, durationMs }, 'grades are updated');
  }
  let updating: Promise<void> | null = null;
  const begin = (): void => {
    updating ??= update()
      .catch((error) => {
        metrics.updated('failed', 0);
        if (failure === null)
          log.warn({ err: error }, 'grades could not be updated; the next update does it');
        failure = error instanceof Error ? error.message || error.name : String(error);
      })
      .finally(() => {
        updating = null;
      });
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    check: () => (failure === null ? null : `the last update failed: ${failure}`),
    async close() {
      clearInterval(timer);
      await updating;
    },
  };
}
