// Deadlines that all lie the same time ahead, kept with one timer: they come due in the order they were set.
import type { Timeline } from './timeline.ts';

export type Deadline = { dueMs: number; isMet: boolean; missed: () => void };

export type DeadlineQueue = {
  /** `missed` is called once `lengthMs` from now unless `isMet` is set on the returned deadline before. */
  add(missed: () => void): Deadline;
  close(): void;
};

/** Entries that were met stay in the queue until they come due; that is a few bytes each. */
export function createDeadlineQueue(timeline: Timeline, lengthMs: number): DeadlineQueue {
  let queue: Deadline[] = [];
  let head = 0;
  let disarm: (() => void) | null = null;

  function arm(): void {
    const next = queue[head];
    if (next !== undefined) disarm = timeline.wakeAt(next.dueMs, sweep);
  }

  function sweep(): void {
    disarm = null;
    const nowMs = timeline.nowMs();
    for (let next = queue[head]; next !== undefined; next = queue[head]) {
      if (!next.isMet && next.dueMs > nowMs) break;
      head += 1;
      if (!next.isMet) {
        next.isMet = true;
        next.missed();
      }
    }
    if (head > 1024) {
      queue = queue.slice(head);
      head = 0;
    }
    arm();
  }

  return {
    add(missed) {
      const deadline = { dueMs: timeline.nowMs() + lengthMs, isMet: false, missed };
      queue.push(deadline);
      if (disarm === null) arm();
      return deadline;
    },
    close() {
      disarm?.();
      queue = [];
      head = 0;
    },
  };
}
