// The mark that everything of a rehearsal carries in its name: databases, topics, consumer groups, Redis keys. Whoever finds
// it can tell, without asking anybody, whether its owner may still be using it. Nothing without a mark is ever dropped.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { identify, ownIdentity } from '../../deploy/local/programs/process-identity.ts';

export const RUN_PREFIX = 'stampede_run_';

/** Who looks: where process numbers mean the same as in the mark, and which of them live. */
export type MarkObserver = {
  nowMs: number;
  /** Stands for a host, its boot, a process namespace and a user. */
  space: string;
  /** Stands for the start of the process that has this number now; null when none has. */
  startOf: (pid: number) => string | null;
};

/**
 * A mark: `m1_<space>_<pid>_<start>_<lease>_<chance>_<check>`, all lower case and without anything that a name of
 * PostgreSQL, Kafka or Redis would not take; 38 characters at most (PostgreSQL cuts names at 63 bytes). `lease` is when, in minutes since 1970, its owner is
 * through with it for certain.
 */
const MARK = /m1_([0-9a-f]{6})_([0-9a-z]{1,5})_([0-9a-f]{6})_([0-9a-z]{5})_([0-9a-f]{4})_([0-9a-f]{4})/;
const PATTERN = { database: anchored(RUN_PREFIX), topic: anchored('stampede-'), bare: anchored('') };
const MINUTE_MS = 60_000;

function anchored(prefix: string): RegExp {
  return new RegExp(`^${prefix}(?:bench_)?(${MARK.source})(?![0-9a-z])`);
}

/** A new mark of this process for something that it uses for at most `leaseMs`. */
export function newMark(nowMs: number, leaseMs: number): string {
  const { pid, startedAt } = ownIdentity();
  const lease = Math.ceil((nowMs + leaseMs) / MINUTE_MS).toString(36);
  const words = [
    'm1',
    ownSpace(),
    pid.toString(36),
    digest(startedAt, 6),
    lease,
    randomBytes(2).toString('hex'),
  ];
  const body = words.join('_');
  return `${body}_${digest(body, 4)}`;
}

/** The mark in the name of a database, of a topic or consumer group, or bare as the list in Redis holds it; else null. */
export function markIn(kind: keyof typeof PATTERN, name: string): string | null {
  const mark = PATTERN[kind].exec(name)?.[1];
  if (mark === undefined) return null;
  const body = mark.slice(0, mark.lastIndexOf('_'));
  return mark.endsWith(`_${digest(body, 4)}`) ? mark : null;
}

/**
 * Whether nobody uses any more what carries this mark. Where its process can be seen, that decides; elsewhere (another
 * host, container or user, or this host before it was started anew) only the end of the lease does.
 */
export function isAbandoned(mark: string, observer: MarkObserver): boolean {
  const [, space, pid, start, lease] = MARK.exec(mark) ?? [];
  if (space === undefined || pid === undefined || lease === undefined) return false;
  if (space === observer.space) return observer.startOf(parseInt(pid, 36)) !== start;
  return observer.nowMs > parseInt(lease, 36) * MINUTE_MS;
}

/** This process as an observer. */
export function markObserver(nowMs: number): MarkObserver {
  return {
    nowMs,
    space: ownSpace(),
    startOf(pid) {
      const found = identify(pid);
      return found === null ? null : digest(found.startedAt, 6);
    },
  };
}

/** Another user's processes may be invisible, another container's have numbers of their own. */
function ownSpace(): string {
  const boot = quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const processes = quietly(() => readlinkSync('/proc/self/ns/pid'));
  const user = process.getuid?.() ?? userInfo().username;
  return digest([hostname(), boot, processes, user].join('\n'), 6);
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
