// Runs callbacks at their times with one timer: the planned starts (a sorted list) and whatever is due in between
// (think times, in a heap). It never waits busily and never leaves a start out because it is late.
import { createDueHeap } from './due-heap.ts';
import type { Timeline } from './timeline.ts';

/** So many callbacks are run in one go; then answers that came in meanwhile are read before the next ones. */
const MAX_RUN_AT_ONCE = 32;

export type Scheduler = {
  /** Runs `run` at `atMs` of the timeline. */
  at(atMs: number, run: () => void): void;
  /** Runs `start` for each item at its time. Items must be in order of time; one plan per scheduler. */
  plan<T>(items: readonly T[], atMsOf: (item: T) => number, start: (item: T, atMs: number) => void): void;
  /** Planned items not run yet. */
  plannedLeftCount(): number;
  /** Takes the planned items that were not run yet out and returns how many those were. */
  dropPlan(): number;
  /** Ends everything: nothing is run any more. */
  stop(): void;
};

/** `onLateness` hears for each callback when it was intended and how many ms later it began; `failed` of a throw. */
export function createScheduler(deps: {
  timeline: Timeline;
  onLateness: (intendedMs: number, latenessMs: number) => void;
  failed: (error: unknown) => void;
}): Scheduler {
  const { timeline, onLateness, failed } = deps;
  const heap = createDueHeap();
  let plannedMs = new Float64Array(0);
  let startPlanned: (index: number) => void = () => undefined;
  let nextPlanned = 0;
  let armedForMs = Number.POSITIVE_INFINITY;
  let disarm: (() => void) | null = null;
  let isRunning = false;
  let isStopped = false;

  const nextPlannedMs = () => plannedMs[nextPlanned] ?? Number.POSITIVE_INFINITY;

  function arm(atMs: number): void {
    if (isStopped || isRunning || atMs >= armedForMs) return;
    disarm?.();
    armedForMs = atMs;
    disarm = timeline.wakeAt(atMs, runDue);
  }

  function runNext(nowMs: number): void {
    const atMs = Math.min(nextPlannedMs(), heap.nextMs());
    onLateness(atMs, nowMs - atMs);
    if (nextPlannedMs() <= heap.nextMs()) startPlanned(nextPlanned++);
    else heap.pop()();
  }

  function runDue(): void {
    disarm = null;
    armedForMs = Number.POSITIVE_INFINITY;
    isRunning = true;
    try {
      for (let count = 0; count < MAX_RUN_AT_ONCE && !isStopped; count++) {
        const nowMs = timeline.nowMs();
        if (Math.min(nextPlannedMs(), heap.nextMs()) > nowMs) break;
        runNext(nowMs);
      }
    } catch (error) {
      failed(error);
    } finally {
      isRunning = false;
    }
    const nextMs = Math.min(nextPlannedMs(), heap.nextMs());
    if (nextMs < Number.POSITIVE_INFINITY) arm(nextMs);
  }

  return {
    at(atMs, run) {
      if (isStopped) return;
      heap.push(atMs, run);
      arm(atMs);
    },
    plan(items, atMsOf, start) {
      if (plannedMs.length > 0) throw new Error('this scheduler has a plan already');
      const timesMs = Float64Array.from(items, atMsOf);
      const unordered = timesMs.findIndex((atMs, index) => atMs < (timesMs[index - 1] ?? atMs));
      if (unordered >= 0) throw new Error(`planned item ${unordered} comes before the one before it in time`);
      plannedMs = timesMs;
      startPlanned = (index) => start(items[index] as (typeof items)[number], timesMs[index] ?? 0);
      arm(nextPlannedMs());
    },
    plannedLeftCount: () => plannedMs.length - nextPlanned,
    dropPlan() {
      const leftCount = plannedMs.length - nextPlanned;
      nextPlanned = plannedMs.length;
      return leftCount;
    },
    stop() {
      isStopped = true;
      disarm?.();
      heap.clear();
    },
  };
}
