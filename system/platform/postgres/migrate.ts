// Brings a database to the newest schema: the SQL files of system/migrations, each once, in the order of their numbers.
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Log } from '../diagnostics/log.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Runs what has not run yet, in one transaction; a second process that migrates at the same time waits for the first.
 * @returns the names of the migrations that ran now.
 */
export async function migrate(databaseUrl: string, log: Log): Promise<string[]> {
  const applied = await runner({
    databaseUrl,
    dir: MIGRATIONS_FOLDER,
    migrationsTable: 'migrations',
    direction: 'up',
    advisoryLockMode: 'wait',
    logger: {
      debug: (message) => log.debug(message),
      info: (message) => log.debug(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
  });
  return applied.map((migration) => migration.name);
}
