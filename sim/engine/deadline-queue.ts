// Deadlines that all lie the same time ahead, kept with one timer: they come due in the order they were set.
import type { Timeline } from './timeline.ts';

export type Deadline = {
  readonly isOver: boolean;
  /** Calls the deadline off. */
  meet(): void;
};

export type DeadlineQueue = {
  /** `missed` is called `lengthMs` from now unless the deadline is met before; then `isOver` is true already. */
  add(missed: () => void): Deadline;
  close(): void;
};

/** Holds on to nothing of a deadline that was met: answers kept until then would all grow old for the collector. */
export function createDeadlineQueue(timeline: Timeline, lengthMs: number): DeadlineQueue {
  let queue: { dueMs: number; missed: (() => void) | null }[] = [];
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
      if (next.missed !== null && next.dueMs > nowMs) break;
      head += 1;
      const { missed } = next;
      next.missed = null;
      missed?.();
    }
    if (head > 1024) {
      queue = queue.slice(head);
      head = 0;
    }
    arm();
  }

  return {
    add(missed) {
      const entry: { dueMs: number; missed: (() => void) | null } = {
        dueMs: timeline.nowMs() + lengthMs,
        missed,
      };
      queue.push(entry);
      if (disarm === null) arm();
      return {
        get isOver() {
          return entry.missed === null;
        },
        meet() {
          entry.missed = null;
        },
      };
    },
    close() {
      disarm?.();
      queue = [];
      head = 0;
    },
  };
}
