// One run at a time on a machine, whoever started it: two would measure each other. A file that everybody can read names who
// holds the lock; the lock of a process that has ended is taken over.
import { randomUUID } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { StackError } from './stack-error.ts';

/** Who holds the lock, for what, since when, and until about when (Unix ms; null: until somebody ends it, or nobody knows). */
export type LockHolder = {
  process: ProcessIdentity;
  purpose: string;
  sinceMs: number;
  expectedEndMs: number | null;
};

export type LockOptions = {
  /** Where the lock file lies; default the system's directory for temporary files. */
  directory?: string;
  /** How long it is to be held, about. */
  expectedSeconds?: number;
};

export type Lock = { release(): void };

/** Another run holds the lock; the message is for the person at the terminal. */
export class StackBusyError extends Error {
  override name = 'StackBusyError';
  readonly holder: LockHolder;
  constructor(holder: LockHolder) {
    super(busyText(holder, Date.now()));
    this.holder = holder;
  }
}

/**
 * A file that another account left behind cannot be removed from a shared directory for temporary files. It is passed over:
 * the lock is then the first of these names that can be had.
 */
const NAMES = ['stampede.lock', ...Array.from({ length: 20 }, (_, index) => `stampede.lock.${index + 1}`)];

/**
 * Takes the machine's lock until `release` or this process's end.
 * @throws StackBusyError while another process that runs holds it; StackError where no file can be made.
 */
export function acquireLock(
  purpose: string,
  { directory = tmpdir(), expectedSeconds }: LockOptions = {},
): Lock {
  const sinceMs = Date.now();
  const expectedEndMs = expectedSeconds === undefined ? null : sinceMs + Math.round(expectedSeconds * 1_000);
  const holder: LockHolder = { process: ownIdentity(), purpose, sinceMs, expectedEndMs };
  const path = takeFirst(directory, holder);
  const release = () => {
    process.removeListener('exit', release);
    const current = readHolder(path);
    if (current !== null && sameHolder(current, holder)) rmSync(path, { force: true });
  };
  // Who could remove a file that this account had to pass over may hold another name.
  const other = NAMES.map((name) => readHolder(join(directory, name))).find(
    (found) => found !== null && !sameHolder(found, holder) && holds(found),
  );
  if (other) {
    release();
    throw new StackBusyError(other);
  }
  process.once('exit', release);
  return { release };
}

/** What a second run says. */
export function busyText(holder: LockHolder, nowMs: number): string {
  const { process: held, purpose } = holder;
  return `Another run is under way: ${purpose}, pid ${held.pid}, ${stillText(holder, nowMs)} Add --wait to begin when it is done, or stop it: kill ${held.pid}`;
}

/** Since when and how long still: "since 20:13:05, about 2 min still." */
export function stillText({ sinceMs, expectedEndMs }: LockHolder, nowMs: number): string {
  const since = `since ${new Date(sinceMs).toLocaleTimeString('en-GB')}`;
  if (expectedEndMs === null) return `${since}, how long still is not known.`;
  const leftMs = expectedEndMs - nowMs;
  return leftMs > 0
    ? `${since}, about ${roughly(leftMs)} still.`
    : `${since}, expected to end ${roughly(-leftMs)} ago.`;
}

function roughly(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** The path of the lock file that now names this holder. */
function takeFirst(directory: string, holder: LockHolder): string {
  const mine = writeMine(directory, holder);
  try {
    for (const name of NAMES) {
      const path = join(directory, name);
      for (let mayRemove = true; mayRemove; ) {
        if (linkTo(mine, path)) return path;
        const other = readHolder(path);
        if (other !== null && holds(other)) throw new StackBusyError(other);
        // Taken over at the next turn, or passed over where it cannot be removed.
        mayRemove = removeStale(path, other);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new StackError(
    `The lock of the machine cannot be taken: ${join(directory, 'stampede.lock')} and ${NAMES.length - 1} more were left by other accounts. Remove them.`,
  );
}

/** A file of this process's own with the holder's words; a link makes it the lock, so that they appear whole. */
function writeMine(directory: string, holder: LockHolder): string {
  const mine = join(directory, `stampede.lock.${randomUUID()}`);
  try {
    writeFileSync(mine, JSON.stringify(holder), { flag: 'wx' });
    // Whatever the umask says: other accounts must see who runs.
    chmodSync(mine, 0o644);
  } catch (cause) {
    throw new StackError(
      `The lock of the machine cannot be written: ${(cause as Error).message}. Set TMPDIR to a folder that you may write to.`,
      { cause },
    );
  }
  return mine;
}

/** Gives the file a second name, at one stroke and only where there is none. */
function linkTo(file: string, path: string): boolean {
  try {
    linkSync(file, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes the file away if it still is the one that was judged stale; another process may have been quicker. False where this
 * account may not.
 */
function removeStale(path: string, judged: LockHolder | null): boolean {
  const aside = `${path}.${randomUUID()}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'EPERM' || code === 'EACCES') return false;
    throw error;
  }
  const taken = readHolder(aside);
  if (taken !== null && (judged === null || !sameHolder(taken, judged))) linkTo(aside, path);
  rmSync(aside, { recursive: true, force: true });
  return true;
}

/** Null when there is no such file, it may not be read, or it names nobody (cut off by a full disk, or no file of ours). */
function readHolder(path: string): LockHolder | null {
  try {
    // Anything may lie in a shared directory; reading a pipe would wait for ever.
    if (!lstatSync(path).isFile()) return null;
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockHolder> | null;
    const { process: held, purpose, sinceMs, expectedEndMs } = found ?? {};
    if (typeof held?.pid !== 'number' || typeof held.startedAt !== 'string') return null;
    const end = typeof expectedEndMs === 'number' ? expectedEndMs : null;
    return { process: held, purpose: String(purpose), sinceMs: Number(sinceMs), expectedEndMs: end };
  } catch (error) {
    const isKnown = ['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (error instanceof SyntaxError || isKnown) return null;
    throw error;
  }
}

/** Whether the holder still runs. Where the system hides other accounts' processes, its number alone must do. */
function holds({ process: held }: LockHolder): boolean {
  return isRunning(held) || isHidden(held.pid);
}

function isHidden(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && identify(pid) === null;
  }
}

function sameHolder(a: LockHolder, b: LockHolder): boolean {
  return (
    a.process.pid === b.process.pid && a.process.startedAt === b.process.startedAt && a.sinceMs === b.sinceMs
  );
}
