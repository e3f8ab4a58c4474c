// What an update of all grades costs: of the database DATABASE_URL, as role grade-updater makes it. Serves jobs over IPC, each one
// update; the answer is how long it took and how many grades it changed.
import { readSettings } from '../config.ts';
import { updateGrades } from '../grades/update-grades.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { createDatabase } from '../platform/postgres/postgres.ts';
import { createClock } from '../platform/settings/clock.ts';

/** The shop's time for which grades are made, as an ISO instant. */
type Job = { now: string };
type Updated = { durationMs: number; changedCount: number };

const settings = readSettings(process.env, ['databaseUrl', 'logLevel']);
const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });

async function run({ now }: Job): Promise<Updated> {
  const database = createDatabase({
    url: settings.databaseUrl,
    poolSize: 1,
    applicationName: 'bench',
    log: createLog({ level: settings.logLevel, name: 'bench' }),
  });
  try {
    const startedMs = clock.monotonicMs();
    const updated = await updateGrades(database, new Date(now), () => undefined);
    if (updated === 'another updates') throw new Error('another process updates the grades of this database');
    return { durationMs: clock.monotonicMs() - startedMs, changedCount: updated.changedCount };
  } finally {
    await database.end();
  }
}

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    process.send?.({ id, result: await run(job) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
