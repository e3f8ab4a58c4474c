// CPU and memory of named processes, and the CPU time that the hypervisor took, once a second from Linux's /proc. Elsewhere
// nothing is measured and the page says so. It reads into one buffer and only what it watches: a sampler that costs CPU
// would show up in its own figures.
import { listProc, readProc } from '../data/proc.ts';

/** Process trees by name: each with the pids of its roots (PostgreSQL's backends are children of one). */
export type WatchedProcesses = Record<string, readonly number[]>;

export type ProcessSample = {
  /** Share of one core since the sample before. */
  cpuRatios: Record<string, number>;
  memoryBytes: Record<string, number>;
  stealRatio: number;
};

/** Linux reports process times in these, on every architecture Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** `endedTicks`: of children that ended and were waited for. */
type ProcessStat = { ticks: number; endedTicks: number; residentPages: number };
type CpuTimes = { total: number; steal: number };

/** Parses /proc/PID/stat. The name in parentheses may hold anything, so fields are counted from the last one. */
export function parseProcessStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => Number(fields[index] ?? 0);
  // User and system time of the process itself; those of children that ended are in cutime and cstime.
  return { ticks: at(11) + at(12), endedTicks: at(13) + at(14), residentPages: at(21) };
}

/** Parses the first line of /proc/stat: user nice system idle iowait irq softirq steal. */
export function parseCpuTimes(text: string): CpuTimes {
  const times = text.slice(0, text.indexOf('\n')).trim().split(/\s+/).slice(1, 9).map(Number);
  return { total: times.reduce((sum, time) => sum + time, 0), steal: times[7] ?? 0 };
}

/** Returns a function that samples the watched trees; the first call only sets the base line (all ratios 0). */
export function createProcessSampler(monotonicMs: () => number): {
  sample(watched: WatchedProcesses): ProcessSample;
} {
  let lastAtMs: number | null = null;
  let lastTicks: Record<string, number> = {};
  let lastCpu: CpuTimes = { total: 0, steal: 0 };
  // Whose children are watched by names of their own: what these used is told already, and must not be told again when they end.
  const parentsOfWatched = new Set<number>();
  return {
    sample(watched) {
      const nowMs = monotonicMs();
      const elapsedSeconds = lastAtMs === null ? 0 : (nowMs - lastAtMs) / 1_000;
      const sample: ProcessSample = { cpuRatios: {}, memoryBytes: {}, stealRatio: 0 };
      const ticks: Record<string, number> = {};
      const allRoots = new Set(Object.values(watched).flat());
      for (const [name, roots] of Object.entries(watched)) {
        const tree = treeOf(roots, allRoots, parentsOfWatched);
        ticks[name] = tree.reduce((sum, stat) => sum + stat.ticks, 0);
        sample.memoryBytes[name] = tree.reduce((sum, stat) => sum + stat.residentPages, 0) * PAGE_BYTES;
        // A process of the tree that ended may leave the sum smaller than before.
        const spent = Math.max(0, ticks[name] - (lastTicks[name] ?? ticks[name])) / TICKS_PER_SECOND;
        sample.cpuRatios[name] = elapsedSeconds > 0 ? spent / elapsedSeconds : 0;
      }
      const cpu = parseCpuTimes(readProc('/proc/stat') ?? '\n');
      if (lastAtMs !== null && cpu.total > lastCpu.total) {
        sample.stealRatio = (cpu.steal - lastCpu.steal) / (cpu.total - lastCpu.total);
      }
      lastAtMs = nowMs;
      lastTicks = ticks;
      lastCpu = cpu;
      return sample;
    },
  };
}

/** The processes that still run, with all their descendants but those that are watched under a name of their own. */
function treeOf(
  roots: readonly number[],
  allRoots: ReadonlySet<number>,
  parentsOfWatched: Set<number>,
): Pick<ProcessStat, 'ticks' | 'residentPages'>[] {
  const stats: Pick<ProcessStat, 'ticks' | 'residentPages'>[] = [];
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const text = readProc(`/proc/${pid}/stat`);
    if (text === null) continue;
    const children = childrenOf(pid);
    if (children.some((child) => allRoots.has(child))) parentsOfWatched.add(pid);
    const { ticks, endedTicks, residentPages } = parseProcessStat(text);
    stats.push({ ticks: ticks + (parentsOfWatched.has(pid) ? 0 : endedTicks), residentPages });
    open.push(...children.filter((child) => !allRoots.has(child)));
  }
  return stats;
}

/** Linux lists a process's children by the thread that made them. */
function childrenOf(pid: number): number[] {
  return listProc(`/proc/${pid}/task`).flatMap((thread) =>
    (readProc(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  );
}
