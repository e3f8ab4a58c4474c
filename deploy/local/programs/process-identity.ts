// Tells one process from another that later got the same number, so that a file may name a process for days without
// anyone ending a stranger. Reads /proc where it exists, else asks `ps`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process for good: its number, and when it started in the words of the system it runs on (boot and clock ticks). */
export type ProcessIdentity = { pid: number; startedAt: string };

const procExists = existsSync('/proc/self/stat');

/** The identity of the process that now has this number; null when none runs (a zombie counts as ended). */
export function identify(pid: number): ProcessIdentity | null {
  const startedAt = procExists ? startFromProc(pid) : startFromPs(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** The identity of the process that calls. */
export function ownIdentity(): ProcessIdentity {
  const own = identify(process.pid);
  if (own === null) throw new Error(`Cannot read the start time of this very process (pid ${process.pid}).`);
  return own;
}

/** Whether the very process that was identified still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** The numbers of a process and all processes it started that still run; only the process itself without /proc. */
export function processTree(pid: number): number[] {
  if (!procExists) return [pid];
  const childrenOf = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const candidate = Number(entry);
    const fields = Number.isInteger(candidate) ? readStat(candidate) : null;
    const parent = Number(fields?.[1]);
    if (fields !== null) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), candidate]);
  }
  const tree = [pid];
  for (const member of tree) tree.push(...(childrenOf.get(member) ?? []));
  return tree;
}

/** The fields of /proc/<pid>/stat from the state on: [state, parent, …]; the name before them may hold any character. */
function readStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function startFromProc(pid: number): string | null {
  const fields = readStat(pid);
  if (fields === null || fields[0] === 'Z' || fields[0] === 'X') return null;
  return `${bootId()}:${fields[19]}`;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  } catch {
    return 'boot';
  }
}

function startFromPs(pid: number): string | null {
  const { stdout, status } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const line = status === 0 ? stdout.trim() : '';
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
}
