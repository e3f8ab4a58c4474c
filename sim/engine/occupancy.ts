// How many sessions were open over the measured span, and how long their steps took: the two sides of Little's law,
// recorded apart. One side is the area under the number of open sessions, the other is added up step by step.
import type { Timeline } from './timeline.ts';

export type OccupancySummary = {
  /** Time-average of the sessions open in the span. */
  meanOpenCount: number;
  /** Steps that ended in the span, and their means: thinking (any lateness with it), then the shop's answer. */
  stepsPerSecond: number;
  meanThinkMs: number;
  meanResponseMs: number;
  /**
   * By how much the two sides may differ by chance (SD, as a share of the open sessions), because steps are cut by both ends
   * of the span. A step that is cut has an age with mean square E[S³] / 3E[S], by renewal theory (Cox 1962, ch. 5).
   */
  edgeNoiseRatio: number;
};

export type Occupancy = {
  /** So many sessions are open from now on. */
  openCountIs(count: number): void;
  /** A step ended now. */
  stepEnded(step: { thinkMs: number; responseMs: number }): void;
  summary(): OccupancySummary;
};

/** The span is of the timeline, `spanToMs` exclusive; what lies outside is not counted. */
export function createOccupancy(deps: {
  timeline: Timeline;
  spanFromMs: number;
  spanToMs: number;
}): Occupancy {
  const { timeline, spanFromMs, spanToMs } = deps;
  const clipped = (atMs: number) => Math.min(spanToMs, Math.max(spanFromMs, atMs));
  let openCount = 0;
  let sinceMs = spanFromMs;
  let openMs = 0;
  let endedStepCount = 0;
  let thinkMs = 0;
  let responseMs = 0;
  let cubedMs3 = 0;

  function openCountIs(count: number): void {
    const nowMs = clipped(timeline.nowMs());
    openMs += openCount * (nowMs - sinceMs);
    openCount = count;
    sinceMs = nowMs;
  }

  /** The ages cut off at one end, less those at the other, over all the time that sessions were open. */
  function edgeNoiseRatio(spanMs: number): number {
    const stepsMs = thinkMs + responseMs;
    if (openMs === 0 || stepsMs === 0) return 0;
    const meanSquareAgeMs2 = cubedMs3 / (3 * stepsMs);
    return Math.sqrt((2 * meanSquareAgeMs2 * openMs) / spanMs) / openMs;
  }

  return {
    openCountIs,
    stepEnded(step) {
      const nowMs = timeline.nowMs();
      if (nowMs < spanFromMs || nowMs >= spanToMs) return;
      endedStepCount += 1;
      thinkMs += step.thinkMs;
      responseMs += step.responseMs;
      cubedMs3 += (step.thinkMs + step.responseMs) ** 3;
    },
    summary() {
      openCountIs(openCount);
      const spanMs = spanToMs - spanFromMs;
      return {
        meanOpenCount: openMs / spanMs,
        stepsPerSecond: (endedStepCount / spanMs) * 1_000,
        meanThinkMs: endedStepCount === 0 ? 0 : thinkMs / endedStepCount,
        meanResponseMs: endedStepCount === 0 ? 0 : responseMs / endedStepCount,
        edgeNoiseRatio: edgeNoiseRatio(spanMs),
      };
    },
  };
}
