// The processes of PostgreSQL, Redis and Kafka for fault tests: ended, frozen, and started again exactly as they were.
// Reads /proc, so Linux only. Not used by the shop itself.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { until } from './until.ts';

/** How a process was started. */
export type StartedAs = {
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  uid: number;
  gid: number;
};

/** What must be known to start a process again as it is now. */
export function startedAs(pid: number): StartedAs {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  const [, ...args] = read('cmdline').split('\0').slice(0, -1);
  const status = read('status');
  const idOf = (kind: 'Uid' | 'Gid') => Number(new RegExp(`^${kind}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const variables = read('environ').split('\0').filter(Boolean);
  return {
    command: readlinkSync(`/proc/${pid}/exe`),
    args,
    env: Object.fromEntries(
      variables.map((text) => [text.split('=', 1)[0], text.slice(text.indexOf('=') + 1)]),
    ),
    cwd: readlinkSync(`/proc/${pid}/cwd`),
    uid: idOf('Uid'),
    gid: idOf('Gid'),
  };
}

/** Sends a signal that ends a process and waits until it and its children are gone. */
export async function end(pid: number, signal: NodeJS.Signals): Promise<void> {
  const family = [pid, ...childrenOf(pid)];
  process.kill(pid, signal);
  await until(`the end of process ${pid}`, () => family.every((one) => !isAlive(one)));
}

/** Freezes a process with its children: it holds its connections and answers nothing. Gives what lets it go on. */
export function freeze(pid: number): () => void {
  const family = [pid, ...childrenOf(pid)];
  for (const one of family) signal(one, 'SIGSTOP');
  return () => {
    for (const one of family) signal(one, 'SIGCONT');
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, name);
}

function childrenOf(parentPid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => statOf(pid)?.parentPid === parentPid);
}

/** A zombie has ended. */
function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.state !== 'Z' && stat.state !== 'X';
}

function statOf(pid: number): { state: string; parentPid: number } | null {
  try {
    // The name in parentheses may hold anything; what counts comes after it.
    const [state = '', parentPid = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parentPid: Number(parentPid) };
  } catch {
    return null;
  }
}
