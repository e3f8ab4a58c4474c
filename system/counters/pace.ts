// How often a process tells its sockets of changes.
import { COUNTERS_EVERY_MS } from '../contract/counters.ts';

/** What telling may cost: some 20 µs each. */
const MESSAGES_PER_SECOND = 6_000;
/** With the two beats before it, a change is still seen within a second. */
const SLOWEST_EVERY_MS = 700;

/** How long it is quiet after so many messages, in ms: many sockets hear of changes a little later, and of more of them at once. */
export function paceMs(messageCount: number): number {
  const neededMs = (messageCount / MESSAGES_PER_SECOND) * 1_000;
  return Math.min(SLOWEST_EVERY_MS, Math.max(COUNTERS_EVERY_MS, neededMs));
}
