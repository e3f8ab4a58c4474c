// What waits in the broker of our shop, on every topic in use: how much it is, and how it is waited for.
import { setTimeout as wait } from 'node:timers/promises';
import { behindCount } from '../../audit/rule.ts';
import type { RunningTarget } from '../target.ts';
import type { BrokerWatch } from './broker-watch.ts';

const DRAIN_WITHIN_MS = 60_000;
const DRAIN_POLL_MS = 100;

/** The queues that this observer of the broker sees. */
export function topicQueues(
  broker: Pick<BrokerWatch, 'facts'>,
  monotonicMs: () => number,
): Pick<RunningTarget, 'drain'> & { backlogCount(): Promise<number | null> } {
  return {
    // A broker that was killed on purpose cannot say how far behind anybody is; that second has no figure.
    backlogCount: () => broker.facts().then(behindCount, () => null),
    async drain(stop) {
      const deadlineMs = monotonicMs() + DRAIN_WITHIN_MS;
      while (behindCount(await broker.facts()) > 0 && monotonicMs() < deadlineMs) {
        stop.throwIfAborted();
        await wait(DRAIN_POLL_MS);
      }
    },
  };
}
