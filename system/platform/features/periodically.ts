// Something that is done again and again; one that fails is told and done at its next time.
import type { Log } from '../diagnostics/log.ts';
import type { Running } from './feature.ts';

/** The first time is one interval from now. @param what it keeps, for the log. */
export function startPeriodically(
  what: string,
  everyMs: number,
  work: () => Promise<unknown>,
  log: Log,
): Running {
  let working: Promise<void> | null = null;
  const timer = setInterval(() => {
    working ??= work()
      .then(
        () => undefined,
        (error) => log.warn({ err: error }, `${what} could not be brought up to date`),
      )
      .finally(() => {
        working = null;
      });
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
