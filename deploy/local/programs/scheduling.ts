// How the operating system gives a program its turn, beyond niceness: real time, or a core. Both are Linux's own tools, which may
// be missing or forbidden (a container without CAP_SYS_NICE); then the program goes on as it was.
import { execFileSync } from 'node:child_process';

export const SCHEDULINGS = ['nice', 'real-time', 'own-core'] as const;

/**
 * `real-time`: runs as soon as it wants to, before everything that is not real time (SCHED_RR, the lowest priority of it; the
 * kernel leaves others a twentieth of each second). `own-core`: stays on one core; others may be there too. `nice`: neither.
 */
export type Scheduling = (typeof SCHEDULINGS)[number];

type Tool = (command: string, args: readonly string[]) => void;

const runTool: Tool = (command, args) =>
  void execFileSync(command, args, { stdio: 'ignore', timeout: 5_000 });

/** The command that gives all threads of a process this scheduling, later ones inherit it; null where there is nothing to do. */
export function schedulingCommand(
  scheduling: Scheduling,
  pid: number,
  coreCount: number,
): [command: string, args: string[]] | null {
  if (scheduling === 'real-time') return ['chrt', ['--all-tasks', '--rr', '--pid', '1', String(pid)]];
  if (scheduling === 'own-core')
    return ['taskset', ['--all-tasks', '--cpu-list', '--pid', String(coreCount - 1), String(pid)]];
  return null;
}

/** Whether the process has the scheduling now; false where the tool is missing or refuses. */
export function applyScheduling(
  scheduling: Scheduling,
  pid: number,
  coreCount: number,
  run: Tool = runTool,
): boolean {
  const wanted = schedulingCommand(scheduling, pid, coreCount);
  if (wanted === null) return true;
  try {
    run(...wanted);
    return true;
  } catch {
    return false;
  }
}
