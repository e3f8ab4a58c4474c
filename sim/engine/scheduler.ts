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
  let planned: { atMs: number; run: () => void }[] = [];
  let nextPlanned = 0;
  let armedForMs = Number.POSITIVE_INFINITY;
  let disarm: (() => void) | null = null;
  let isRunning = false;
  let isStopped = false;

  const nextPlannedMs = () => planned[nextPlanned]?.atMs ?? Number.POSITIVE_INFINITY;

  function arm(atMs: number): void {
    if (isStopped || isRunning || atMs >= armedForMs) return;
    disarm?.();
    armedForMs = atMs;
    disarm = timeline.wakeAt(atMs, runDue);
  }

  function takeNext(): { atMs: number; run: () => void } {
    const item = planned[nextPlanned];
    if (item !== undefined && item.atMs <= heap.nextMs()) {
      nextPlanned += 1;
      return item;
    }
    return { atMs: heap.nextMs(), run: heap.pop() };
  }

  function runDue(): void {
    disarm = null;
    armedForMs = Number.POSITIVE_INFINITY;
    isRunning = true;
    try {
      for (let count = 0; count < MAX_RUN_AT_ONCE && !isStopped; count++) {
        const nowMs = timeline.nowMs();
        if (Math.min(nextPlannedMs(), heap.nextMs()) > nowMs) break;
        const { atMs, run } = takeNext();
        onLateness(atMs, nowMs - atMs);
        run();
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
      if (planned.length > 0) throw new Error('this scheduler has a plan already');
      planned = items.map((item) => {
        const atMs = atMsOf(item);
        return { atMs, run: () => start(item, atMs) };
      });
      const unordered = planned.findIndex(
        (item, index) => item.atMs < (planned[index - 1]?.atMs ?? item.atMs),
      );
      if (unordered >= 0) throw new Error(`planned item ${unordered} comes before the one before it in time`);
      arm(nextPlannedMs());
    },
    plannedLeftCount: () => planned.length - nextPlanned,
    dropPlan() {
      const leftCount = planned.length - nextPlanned;
      nextPlanned = planned.length;
      return leftCount;
    },
    stop() {
      isStopped = true;
      disarm?.();
      heap.clear();
    },
  };
}
