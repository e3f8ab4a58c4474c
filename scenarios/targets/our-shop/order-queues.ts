// What waits in the broker of our shop: how much it is, and how it is waited for.
import { setTimeout as wait } from 'node:timers/promises';
import type { TargetQueues } from '../target.ts';
import type { BrokerWatch } from './broker-watch.ts';

const DRAIN_WITHIN_MS = 60_000;
const DRAIN_POLL_MS = 100;

/** The queues that this observer of the broker sees. */
export function orderQueues(broker: Pick<BrokerWatch, 'facts'>, monotonicMs: () => number): TargetQueues {
  return {
    // A broker that was killed on purpose cannot say how far behind anybody is; that second has no figure.
    backlogCount: () => lagOf(broker).catch(() => null),
    async drain(stop) {
      const deadlineMs = monotonicMs() + DRAIN_WITHIN_MS;
      while ((await lagOf(broker)) > 0 && monotonicMs() < deadlineMs) {
        stop.throwIfAborted();
        await wait(DRAIN_POLL_MS);
      }
    },
  };
}

async function lagOf(broker: Pick<BrokerWatch, 'facts'>): Promise<number> {
  const { publishedCount, committedCount } = await broker.facts();
  return Math.max(0, publishedCount - committedCount);
}
