// A timeline for tests: time stands still until it is moved, so a test of an hour takes milliseconds and always
// comes out the same.
import { createDueHeap } from './due-heap.ts';
import type { Timeline } from './timeline.ts';

export type VirtualTimeline = Timeline & {
  /** Goes from one due callback to the next until `untilMs`, letting promises settle after each. */
  runUntil(untilMs: number): Promise<void>;
  /** Moves the clock without running anything, as a process that is held up would see it. */
  stall(byMs: number): void;
};

/** Starts at `startMs`. */
export function createVirtualTimeline(startMs = 0): VirtualTimeline {
  const heap = createDueHeap();
  let nowMs = startMs;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    nowMs: () => nowMs,
    wakeAt(atMs, wake) {
      let isOn = true;
      heap.push(Math.max(atMs, nowMs), () => {
        if (isOn) wake();
      });
      return () => {
        isOn = false;
      };
    },
    async runUntil(untilMs) {
      await settle();
      while (heap.nextMs() <= untilMs) {
        nowMs = Math.max(nowMs, heap.nextMs());
        heap.pop()();
        await settle();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
    stall(byMs) {
      nowMs += byMs;
    },
  };
}
