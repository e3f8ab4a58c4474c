// Two laws that a run can be held against: Little's law, which any steady window must obey, and Erlang C, which says
// how often work must wait for one of several equal servers. The scalability law has its own file.

/** A window should close to within this. */
export const LARGEST_LITTLE_RESIDUAL_RATIO = 0.02;

export interface Window {
  /** Mean number of people (or requests) inside, over the window. */
  meanCount: number;
  throughputPerSecond: number;
  meanResponseMs: number;
  /** Mean think time between two requests of the same person; 0 when only requests are counted. */
  meanThinkMs: number;
  /** People whose step an end of the window cut: those at its end less those at its beginning. 0 in a steady window. */
  cutCount?: number;
}

/**
 * Little's law, N = X·(R + Z), with the people whom the ends of a short window cut on the right (Kim & Whitt 2013 on what they do
 * to it): what is missing or too much there, as a share of N, and whether it is within 2 %. A larger residual means that
 * something was counted wrongly, or, where the cut is not given, that the window was not steady.
 */
export function littleResidual(window: Window): { residualRatio: number; holds: boolean } {
  const { meanCount, throughputPerSecond, meanResponseMs, meanThinkMs, cutCount = 0 } = window;
  if (!(meanCount > 0)) throw new RangeError(`meanCount is ${meanCount}; Little's law needs someone inside`);
  const explainedCount = (throughputPerSecond * (meanResponseMs + meanThinkMs)) / 1000 + cutCount;
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
