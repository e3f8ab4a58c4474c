// How many sessions were open over the measured span, and how long their steps took: the two sides of Little's law,
// recorded apart. One side is the area under the number of open sessions, the other is added up step by step.
import type { OccupancySummary } from '../protocol/protocol.ts';
import type { Timeline } from '../timing/timeline.ts';

export type Occupancy = {
  /** So many sessions are open from now on. */
  openCountIs(count: number): void;
  /** A step ended, all in ms of the timeline: the one before it did at `sinceMs`, its request was to leave at `sentMs`. */
  stepEnded(sinceMs: number, sentMs: number, endedMs: number): void;
  /** `openSinceMs`: when the steps began that are still under way. */
  summary(openSinceMs: readonly number[]): OccupancySummary;
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
  let cutMs = 0;

  function openCountIs(count: number): void {
    const nowMs = clipped(timeline.nowMs());
    openMs += openCount * (nowMs - sinceMs);
    openCount = count;
    sinceMs = nowMs;
  }

  return {
    openCountIs,
    stepEnded(stepSinceMs, sentMs, endedMs) {
      if (endedMs < spanFromMs) return;
      if (endedMs >= spanToMs) {
        cutMs += spanToMs - clipped(stepSinceMs);
        return;
      }
      endedStepCount += 1;
      thinkMs += sentMs - stepSinceMs;
      responseMs += endedMs - sentMs;
      cutMs -= Math.max(0, spanFromMs - stepSinceMs);
    },
    summary(openSinceMs) {
      openCountIs(openCount);
      const spanMs = spanToMs - spanFromMs;
      const underWayMs = openSinceMs.reduce((sum, atMs) => sum + spanToMs - clipped(atMs), 0);
      return {
        meanOpenCount: openMs / spanMs,
        stepsPerSecond: (endedStepCount / spanMs) * 1_000,
        meanThinkMs: endedStepCount === 0 ? 0 : thinkMs / endedStepCount,
        meanResponseMs: endedStepCount === 0 ? 0 : responseMs / endedStepCount,
        cutCount: (cutMs + underWayMs) / spanMs,
      };
    },
  };
}
