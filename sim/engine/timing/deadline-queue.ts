// Deadlines that all lie the same time ahead, kept with one timer: they come due in the order they were set.
import type { Timeline } from './timeline.ts';

/** Whoever waits; `missed` is called once when the deadline comes first, `cutOff` when the wait is ended before it. */
export type Waiter = { missed(): void; cutOff(): void };

export type DeadlineQueue = {
  /** Sets a deadline `lengthMs` from now and gives its ticket. */
  add(waiter: Waiter): number;
  /** Calls the deadline of this ticket off; harmless when it has passed. */
  meet(ticket: number): void;
  /** Ends the wait of all who wait now. */
  cutOff(): void;
  close(): void;
};

const FIRST_CAPACITY = 1_024;

/**
 * A ring of numbers, nothing made per deadline: what lives for seconds and dies is the garbage that costs a generator
 * most. Nothing is held on to after a deadline was met.
 */
export function createDeadlineQueue(timeline: Timeline, lengthMs: number): DeadlineQueue {
  let dueMs = new Float64Array(FIRST_CAPACITY);
  let waiters: (Waiter | null)[] = new Array(FIRST_CAPACITY).fill(null);
  // Tickets from head up to tail are open; a ticket's place is its remainder by the capacity, a power of two.
  let head = 0;
  let tail = 0;
  let disarm: (() => void) | null = null;

  const placeOf = (ticket: number): number => ticket & (waiters.length - 1);

  function grow(): void {
    const [oldDueMs, oldWaiters] = [dueMs, waiters];
    const oldMask = oldWaiters.length - 1;
    dueMs = new Float64Array(2 * oldWaiters.length);
    waiters = new Array(2 * oldWaiters.length).fill(null);
    for (let ticket = head; ticket < tail; ticket++) {
      dueMs[placeOf(ticket)] = oldDueMs[ticket & oldMask] ?? 0;
      waiters[placeOf(ticket)] = oldWaiters[ticket & oldMask] ?? null;
    }
  }

  function arm(): void {
    if (head < tail) disarm = timeline.wakeAt(dueMs[placeOf(head)] ?? 0, sweep);
  }

  function sweep(): void {
    disarm = null;
    const nowMs = timeline.nowMs();
    while (head < tail) {
      const place = placeOf(head);
      const waiter = waiters[place] ?? null;
      if (waiter !== null && (dueMs[place] ?? 0) > nowMs) break;
      waiters[place] = null;
      head += 1;
      waiter?.missed();
    }
    arm();
  }

  return {
    add(waiter) {
      if (tail - head === waiters.length) grow();
      const ticket = tail++;
      dueMs[placeOf(ticket)] = timeline.nowMs() + lengthMs;
      waiters[placeOf(ticket)] = waiter;
      if (disarm === null) arm();
      return ticket;
    },
    meet(ticket) {
      if (ticket >= head) waiters[placeOf(ticket)] = null;
    },
    cutOff() {
      const end = tail;
      for (let ticket = head; ticket < end; ticket++) {
        const waiter = waiters[placeOf(ticket)] ?? null;
        waiters[placeOf(ticket)] = null;
        waiter?.cutOff();
      }
    },
    close() {
      disarm?.();
      head = tail;
      waiters.fill(null);
    },
  };
}
