// How often a process tells its sockets of changes.
import { COUNTERS_EVERY_MS } from '../contract/counters.ts';

/** What telling may cost: some 30 µs each. */
const MESSAGES_PER_SECOND = 4_000;
/** A change is seen within a second, also by the last of thousands on a busy machine. */
const SLOWEST_EVERY_MS = 500;

/** How long it is quiet after so many messages, in ms: many sockets hear of changes a little later, and of more of them at once. */
export function paceMs(messageCount: number): number {
  const neededMs = (messageCount / MESSAGES_PER_SECOND) * 1_000;
  return Math.min(SLOWEST_EVERY_MS, Math.max(COUNTERS_EVERY_MS, neededMs));
}
