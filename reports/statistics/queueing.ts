// Little's law, which any steady window of a run must obey.

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
