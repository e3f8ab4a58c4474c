// Two laws that a run can be held against: Little's law, which any steady window must obey, and Erlang C, which says
// how often work must wait for one of several equal servers. The scalability law has its own file.

/** A steady window should close to within this. */
export const LARGEST_LITTLE_RESIDUAL_RATIO = 0.02;

export interface SteadyWindow {
  /** Mean number of people (or requests) inside, over the window. */
  meanCount: number;
  throughputPerSecond: number;
  meanResponseMs: number;
  /** Mean think time between two requests of the same person; 0 when only requests are counted. */
  meanThinkMs: number;
}

/**
 * Little's law, N = X·(R + Z): what is missing or too much on the right, as a share of N, and whether it is within 2 %.
 * A larger residual means that the window was not steady or that something was counted wrongly.
 */
export function littleResidual(window: SteadyWindow): { residualRatio: number; holds: boolean } {
  const { meanCount, throughputPerSecond, meanResponseMs, meanThinkMs } = window;
  if (!(meanCount > 0)) throw new RangeError(`meanCount is ${meanCount}; Little's law needs someone inside`);
  const explainedCount = (throughputPerSecond * (meanResponseMs + meanThinkMs)) / 1000;
  const residualRatio = (explainedCount - meanCount) / meanCount;
  return { residualRatio, holds: Math.abs(residualRatio) <= LARGEST_LITTLE_RESIDUAL_RATIO };
}

/**
 * Erlang C: the chance (0–1) that an arrival at an M/M/c queue finds all servers busy. `utilizationRatio` is ρ = λ/(cμ);
 * from 1 on everyone waits. Computed through Erlang B's recursion, which does not overflow.
 */
export function waitProbability(serverCount: number, utilizationRatio: number): number {
  if (!Number.isInteger(serverCount) || serverCount < 1) {
    throw new RangeError(`serverCount is ${serverCount}; need a whole number ≥ 1`);
  }
  if (!(utilizationRatio >= 0)) throw new RangeError(`utilizationRatio is ${utilizationRatio}; need ≥ 0`);
  if (utilizationRatio >= 1) return 1;
  const offeredLoad = serverCount * utilizationRatio;
  let blocking = 1;
  for (let servers = 1; servers <= serverCount; servers++) {
    blocking = (offeredLoad * blocking) / (servers + offeredLoad * blocking);
  }
  return blocking / (1 - utilizationRatio * (1 - blocking));
}
