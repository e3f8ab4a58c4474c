// One run at a time on a machine: two would measure each other. A file names who holds the lock; the lock of a process
// that has ended is taken over.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** Who holds the lock, for what, and since when (Unix ms). */
export type LockHolder = { process: ProcessIdentity; purpose: string; sinceMs: number };

export type Lock = { release(): void };

/** Another run holds the lock; the message is for the person at the terminal. */
export class StackBusyError extends Error {
  override name = 'StackBusyError';
  readonly holder: LockHolder;
  constructor(holder: LockHolder) {
    super(busyText(holder));
    this.holder = holder;
  }
}

/**
 * Takes the machine's lock until `release` or this process's end. `directory` is where the lock file lies; default the
 * system's directory for temporary files.
 * @throws StackBusyError while another process that runs holds it.
 */
export function acquireLock(purpose: string, directory = tmpdir()): Lock {
  const path = join(directory, `stampede-${process.getuid?.() ?? userInfo().username}.lock`);
  const holder: LockHolder = { process: ownIdentity(), purpose, sinceMs: Date.now() };
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 });
  try {
    while (!linkTo(mine, path)) {
      const other = readHolder(path);
      if (other !== null && isRunning(other.process)) throw new StackBusyError(other);
      removeStale(path, other);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const release = () => {
    process.removeListener('exit', release);
    const current = readHolder(path);
    if (current !== null && sameHolder(current, holder)) rmSync(path, { force: true });
  };
  process.once('exit', release);
  return { release };
}

/** What a second run says. */
export function busyText({ process: holder, purpose, sinceMs }: LockHolder): string {
  const since = new Date(sinceMs).toLocaleTimeString('en-GB');
  return `Another run is under way: ${purpose}, pid ${holder.pid}, since ${since}. Wait for it or stop it.`;
}

/** Gives the file a second name, at one stroke and only where there is none: the holder's words appear whole. */
function linkTo(file: string, path: string): boolean {
  try {
    linkSync(file, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes the file away if it still is the one that was judged stale; another process may have been quicker. */
function removeStale(path: string, judged: LockHolder | null): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = readHolder(aside);
  if (taken !== null && (judged === null || !sameHolder(taken, judged))) linkTo(aside, path);
  rmSync(aside, { force: true });
}

/** Null when there is no such file, or it names nobody (cut off by a full disk). */
function readHolder(path: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function sameHolder(a: LockHolder, b: LockHolder): boolean {
  return (
    a.process.pid === b.process.pid && a.process.startedAt === b.process.startedAt && a.sinceMs === b.sinceMs
  );
}
