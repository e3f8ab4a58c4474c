// Closing that may not take for ever: brokers that are away answer nobody.
import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when the work is done, has failed, or has had so many ms. */
export async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const limit = wait(limitMs, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), limit]);
  over.abort();
}
