// PostgreSQL refuses to run as root. As root we run it as somebody else, who must be able to reach its programs and
// its data: a checkout under a private home is out of that account's reach.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from './stack-error.ts';

/** Who runs PostgreSQL. */
export type Account = { uid: number; gid: number };

const SHARED_ROOT = '/var/lib/stampede';

/**
 * The account that PostgreSQL runs as; null: the one of this process, which is not root. The owner of existing data
 * stays its owner; else `postgres`, else `stampede` (made when missing), else `nobody`.
 */
export function postgresAccount(dataDirectory: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(dataDirectory)) {
    const { uid, gid } = statSync(dataDirectory);
    if (uid !== 0) return { uid, gid };
  }
  const existing = accountNamed('postgres') ?? accountNamed('stampede');
  if (existing !== null) return existing;
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'stampede'];
  spawnSync('useradd', args);
  const account = accountNamed('stampede') ?? accountNamed('nobody');
  if (account !== null) return account;
  throw new StackError(
    'PostgreSQL refuses to run as root and no other account was found (postgres, stampede, nobody). Run as another user, or create one: useradd --system stampede',
  );
}

/** Whether the account can enter this directory. */
export function canEnter(directory: string, account: Account | null): boolean {
  if (account === null) return true;
  return spawnSync('test', ['-x', directory], { ...account, cwd: '/' }).status === 0;
}

/** `wanted` where the account can get there, else a directory of this checkout under /var/lib/stampede. */
export function reachableDirectory(wanted: string, account: Account | null): string {
  mkdirSync(wanted, { recursive: true });
  if (canEnter(wanted, account)) return wanted;
  const directory = join(SHARED_ROOT, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  if (canEnter(directory, account)) return directory;
  throw new StackError(
    `The account that runs PostgreSQL (uid ${account?.uid}) can reach neither ${wanted} nor ${directory}. Open one for it: chmod o+x on the directories above, or set STAMPEDE_HOME to a place that others may enter.`,
  );
}

/**
 * The folder of PostgreSQL's programs (`bin`, `lib`, `share`) that the account can run: the one in node_modules, else a
 * copy under /var/lib/stampede, made once for each version.
 */
export function runnablePrograms(native: string, version: string, account: Account | null): string {
  if (runs(native, account)) return native;
  const copy = join(SHARED_ROOT, `postgres-${version}-${process.arch}`);
  if (!existsSync(copy)) {
    const part = `${copy}.${process.pid}.part`;
    mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    renameSync(part, copy);
  }
  if (runs(copy, account)) return copy;
  rmSync(copy, { recursive: true, force: true });
  throw new StackError(
    `PostgreSQL's programs run neither in ${native} nor as a copy in ${copy} for uid ${account?.uid ?? process.getuid?.()}. Set DATABASE_URL to a PostgreSQL that runs already.`,
  );
}

function runs(native: string, account: Account | null): boolean {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/' }).status === 0;
}

function accountNamed(name: string): Account | null {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}
