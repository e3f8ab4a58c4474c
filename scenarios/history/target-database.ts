// The database that a history goes into: the one in DATABASE_URL, or one of the stack's own. Brings its schema up to date.

import { createProgressDisplay } from '../../deploy/local/commands/progress-display.ts';
import { migrateShop } from '../../deploy/local/commands/shop-programs.ts';
import { lockOrWait } from '../../deploy/local/programs/wait-for-lock.ts';
import { judgePostgres } from '../../deploy/local/services/judging/judge-postgres.ts';
import { type Judgement, ServiceProblem } from '../../deploy/local/services/judging/service-problem.ts';
import { bringUpStack } from '../../deploy/local/services/stack.ts';
import { withClient, withDatabase } from '../data/databases.ts';

const DATABASE = 'stampede_history';

export type TargetDatabase = {
  databaseUrl: string;
  /** What a person reads: the database's name and server, without a password. */
  name: string;
  close(): Promise<void>;
};

/**
 * Opens the target; without a URL, PostgreSQL is found or started and keeps the database `stampede_history`.
 * @param wait for another run that is under way; it is an error otherwise
 */
export async function openTarget(
  databaseUrl: string | undefined,
  log: (line: string) => void,
  stop: AbortSignal,
  wait = false,
): Promise<TargetDatabase> {
  if (databaseUrl !== undefined && databaseUrl !== '') {
    if (!URL.canParse(databaseUrl)) {
      throw new Error(
        'DATABASE_URL is no URL; needed is one like postgresql://user:password@host:5432/database. Next: set it so, or leave it out.',
      );
    }
    const { url, notes } = await judged(databaseUrl);
    for (const note of notes) log(note);
    await migrateIfEmptyOrOurs(url, stop);
    return { databaseUrl: url, name: nameOf(url), close: async () => undefined };
  }
  await using opened = new AsyncDisposableStack();
  opened.defer((await lockOrWait('history', { wait, signal: stop })).release);
  const display = createProgressDisplay(process.stdout);
  const stack = await bringUpStack({ ...display, signal: stop }).finally(() => display.close());
  opened.defer(stack.stop);
  await withClient(stack.postgresUrl, async (admin) => {
    const found = await admin.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${DATABASE}`);
  });
  const url = withDatabase(stack.postgresUrl, DATABASE);
  await migrateIfEmptyOrOurs(url, stop);
  log(`Into database ${DATABASE}; \`npm run stack -- up\` keeps its server running.`);
  const kept = opened.move();
  return { databaseUrl: url, name: nameOf(url), close: () => kept.disposeAsync() };
}

/** A load holds few connections and creates no database. */
function judged(databaseUrl: string): Promise<Judgement> {
  return judgePostgres(databaseUrl, { shopConnections: 0, createsDatabases: false }).catch((cause: Error) => {
    const what =
      cause instanceof ServiceProblem ? 'cannot be used' : 'does not answer; needed is a database to fill';
    throw new Error(
      `PostgreSQL at ${nameOf(databaseUrl)} ${what} (${cause.message}). Next: check DATABASE_URL, or leave it out.`,
      { cause },
    );
  });
}

function nameOf(databaseUrl: string): string {
  const { pathname, host } = new URL(databaseUrl);
  return `database ${pathname.slice(1)} on ${host}`;
}

/** Migrates a database that holds nothing at all, or that this tool filled; anybody else's schema is left as it is. */
async function migrateIfEmptyOrOurs(databaseUrl: string, stop: AbortSignal | undefined): Promise<void> {
  const isOurs = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ tables: number; made: boolean }>(
      `SELECT count(*)::int AS tables, to_regclass('stampede_history.made') IS NOT NULL AS made
         FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    return rows[0]?.tables === 0 || rows[0]?.made === true;
  }).catch((cause: Error) => {
    throw new Error(
      `PostgreSQL does not answer at ${nameOf(databaseUrl)} (${cause.message}); needed is a database to fill. Next: check DATABASE_URL, or leave it out.`,
      { cause },
    );
  });
  if (isOurs) await migrateShop(databaseUrl, stop);
}
