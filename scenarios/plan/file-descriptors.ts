// Whether this process may open as many files and sockets as a plan needs: asked before anything starts, because a generator
// that runs out of them in mid-load has measured nothing. What it starts inherits the limit.
import { GENERATOR_CONNECTION_COUNT } from '../../sim/engine/protocol/protocol.ts';
import { readProc } from '../data/proc.ts';
import { arrivalKindOf, highestStartsPerSecond } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** Node's own files, the program's modules, its channel to the rehearsal. */
const RESERVE_COUNT = 64;
/** Standard deviations of a Poisson number: a peak so far above the mean is seen once in 30,000 looks. */
const PEAK_DEVIATIONS = 4;

type Plan = Pick<Scenario, 'load' | 'growth'> & Partial<Pick<Scenario, 'generator'>>;

/** Sockets at the peak: those of a standing crowd, or one for each session open at once, by Little's law with room for chance. */
export function peakSockets({ load, growth }: Plan): number {
  const kind = arrivalKindOf(load);
  const standingCount = kind.standingCount?.(load);
  const comingPerSecond = standingCount === undefined ? highestStartsPerSecond(load) : 0;
  const perSecond = comingPerSecond + (growth.model === 'none' ? 0 : 1.5 * growth.signUpsPerSecond);
  const sessionMs = kind.busyMs(load);
  const mean = (perSecond * sessionMs) / 1_000;
  return (standingCount ?? 0) + Math.ceil(mean + PEAK_DEVIATIONS * Math.sqrt(mean));
}

/** How many files a process may open here; null where nobody can say (not Linux) or there is no limit. */
export function descriptorLimit(limits = readProc('/proc/self/limits')): number | null {
  // The soft limit; Node has raised it to the hard one by the time that anybody asks.
  const found = /^Max open files\s+(\d+)/m.exec(limits ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

/** How many files each generator of the plan opens at its peak, and a limit that leaves room. */
export function fileNeed(plan: Plan): { sockets: number; neededCount: number; enoughCount: number } {
  // Of each generator where several divide the plan.
  const sockets = Math.ceil(peakSockets(plan) / (plan.generator?.count ?? 1));
  const neededCount = sockets + GENERATOR_CONNECTION_COUNT + RESERVE_COUNT;
  return { sockets, neededCount, enoughCount: 2 ** Math.ceil(Math.log2(neededCount)) };
}

/** What is wrong with running this plan under this limit, in a line; empty when it can run, or when others run it. */
export function descriptorMistakes(plan: Plan, limitCount = descriptorLimit()): string[] {
  const { sockets, neededCount, enoughCount } = fileNeed(plan);
  const isElsewhere = plan.generator?.kafka !== undefined;
  if (isElsewhere || limitCount === null || limitCount >= neededCount) return [];
  return [
    `A process may open ${limitCount} files here, and the generator of this plan needs ${neededCount} at its peak: ${sockets} sockets of shoppers, ${GENERATOR_CONNECTION_COUNT} connections, ${RESERVE_COUNT} of its own. Raise the limit with \`ulimit -n ${enoughCount}\` in this shell, or lower the rate.`,
  ];
}
