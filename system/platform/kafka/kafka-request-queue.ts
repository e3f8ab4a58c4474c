// Mends one costly habit of kafkajs 2.2.4: every connection re-arms a timer of 1 ms for ever, even when nothing waits
// (RequestQueue.scheduleCheckPendingRequests, with a delay that is negative). What it costs is told in ../README.md.
import { createRequire } from 'node:module';

const MODULE = 'kafkajs/src/network/requestQueue/index.js';
const CHECK_AFTER_MS = 10;

/** The part of kafkajs's class that the mend relies on. */
export type RequestQueue = {
  pending: unknown[];
  /** Unix ms until which the broker has asked for silence. */
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
};

/**
 * Lets all connections of kafkajs look after waiting requests only while there are some; does so once, however often it
 * is called. A request that waits is also looked after at each answer, as before.
 * @throws Error when this kafkajs has no such class; its version is pinned.
 */
export function calmRequestQueues(): void {
  const prototype = requestQueuePrototype();
  if (typeof prototype?.scheduleCheckPendingRequests !== 'function')
    throw new Error(`${MODULE} has no scheduleCheckPendingRequests; needed kafkajs 2.2.4`);
  prototype.scheduleCheckPendingRequests = scheduleWhilePending;
}

/** For tests too: what every connection's queue inherits. */
export function requestQueuePrototype(): RequestQueue {
  const { prototype } = createRequire(import.meta.url)(MODULE) as { prototype: RequestQueue };
  return prototype;
}

function scheduleWhilePending(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttledMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledMs > 0 ? throttledMs : CHECK_AFTER_MS,
  );
}
