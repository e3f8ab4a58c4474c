// Who runs the services that Stampede starts. Started by root they run as somebody else: PostgreSQL insists on it, and Redis
// and Kafka answer whoever reaches their port. That account must be able to reach programs and data: a checkout under a
// private home, or one made with a umask of 077, is out of its reach.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../programs/stack-error.ts';

/** Who runs a service. */
export type Account = { uid: number; gid: number };

const SHARED_ROOT = '/var/lib/stampede';

/**
 * The account that services run as; null: the one of this process, which is not root. The owner of existing data stays its
 * owner; else `postgres`, else `stampede` (made when missing), else `nobody`.
 */
export function serviceAccount(dataDirectory: string): Account | null {
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
    'Services are not run as root and no other account was found (postgres, stampede, nobody). Run as another user, or create one: useradd --system stampede',
  );
}

/** Whether the account can enter this directory. */
export function canEnter(directory: string, account: Account | null): boolean {
  return account === null || runsAs(account, 'test', ['-x', directory]);
}

/** `wanted` where the account can get there, else a directory of this checkout under /var/lib/stampede. */
export function reachableDirectory(wanted: string, account: Account | null): string {
  mkdirSync(wanted, { recursive: true });
  if (canEnter(wanted, account)) return wanted;
  const directory = sharedDirectory(wanted);
  sharedRoot();
  makeOpen(directory);
  if (canEnter(directory, account)) return directory;
  throw new StackError(
    `The account that runs services (uid ${account?.uid}) can reach neither ${wanted} nor ${directory}. Open one for it: chmod o+x on the directories above, or set STAMPEDE_HOME to a place that others may enter.`,
  );
}

/** Where data lie that an account cannot reach at `wanted`. */
export function sharedDirectory(wanted: string): string {
  return join(SHARED_ROOT, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
}

/** Makes an empty directory of the account's own, which nobody else may read. What was there is removed. */
export function emptyOwnDirectory(directory: string, account: Account | null): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  giveTo(account, directory);
}

/** Makes the account the owner of files that this process made. */
export function giveTo(account: Account | null, ...paths: readonly string[]): void {
  if (account === null) return;
  for (const path of paths) chownSync(path, account.uid, account.gid);
}

/**
 * `folder` where `works` says that the account can use it, else a copy, made once: under /var/lib/stampede where this process
 * is root, else in the state directory.
 * @throws StackError with `advice` where the copy does not work either
 */
export function usableFolder(options: {
  folder: string;
  /** Of the copy; tells one version from another. */
  name: string;
  home: string;
  works: (folder: string) => boolean;
  advice: string;
}): string {
  const { folder, name, home, works, advice } = options;
  if (works(folder)) return folder;
  const copy = join(process.getuid?.() === 0 ? sharedRoot() : join(home, 'copies'), name);
  if (!existsSync(copy)) {
    const part = `${copy}.${process.pid}.part`;
    cpSync(folder, part, { recursive: true, verbatimSymlinks: true });
    openToAll(part);
    renameSync(part, copy);
  }
  if (works(copy)) return copy;
  rmSync(copy, { recursive: true, force: true });
  throw new StackError(advice);
}

/** Whether a program of this account ends with 0. */
export function runsAs(account: Account | null, command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function sharedRoot(): string {
  makeOpen(SHARED_ROOT);
  return SHARED_ROOT;
}

/** A directory that others may enter, whatever the umask says. */
function makeOpen(directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
}

/** What the owner may read or run, everybody may: a copy of programs that came under a umask of 077. */
function openToAll(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  const ownerMay = found.mode & 0o500;
  chmodSync(path, (found.mode & 0o777) | 0o200 | (ownerMay >> 3) | (ownerMay >> 6));
  if (found.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry));
}

/** Whether the machine knows a name for who runs services; in containers often not. */
export function hasName(account: Account | null): boolean {
  const uid = account?.uid ?? process.getuid?.();
  return uid === undefined || spawnSync('id', ['-un', String(uid)], { stdio: 'ignore' }).status === 0;
}

/** The account of this name; null where the machine has none. */
export function accountNamed(name: string): Account | null {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}
