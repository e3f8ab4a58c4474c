// Waiting for a condition with a deadline, for fault tests. Not used by the shop itself.
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** Waits until `probe` gives something, at most `deadlineMs` (default 120,000: on a shared machine it tells what hangs). */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  deadlineMs = 120_000,
): Promise<NonNullable<T>> {
  const startedMs = performance.now();
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() - startedMs > deadlineMs) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await pause(LOOK_EVERY_MS);
  }
}
