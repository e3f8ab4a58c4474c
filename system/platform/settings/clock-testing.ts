// A clock that tests move by hand.
import type { Clock } from './clock.ts';

/** A clock for tests: stands still at `start` until it is advanced. */
export function fixedClock(start: Date | string): Clock & { advance(ms: number): void } {
  let elapsedMs = 0;
  const startMs = new Date(start).getTime();
  return {
    now: () => new Date(startMs + elapsedMs),
    monotonicMs: () => elapsedMs,
    advance(ms) {
      elapsedMs += ms;
    },
  };
}
