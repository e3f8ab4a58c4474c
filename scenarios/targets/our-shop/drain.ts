// Brings a run to rest before it is audited: nothing is left on any topic in use, and the shop has stopped.
import { setTimeout as wait } from 'node:timers/promises';
import { type BrokerFacts, behindCount } from '../../audit/rule.ts';

const DRAIN_WITHIN_MS = 60_000;
const DRAIN_POLL_MS = 100;

/**
 * Waits until the consumers have committed everything, then stops the shop, so that the audit looks at a world at rest.
 * A queue that does not drain in time is not an error here: the audit finds it.
 */
export async function drainShop(deps: {
  broker: { facts(): Promise<BrokerFacts> };
  shop: { stop(): Promise<void> };
  /** Aborted when the run is to end at once. */
  stop: AbortSignal;
  monotonicMs: () => number;
}): Promise<BrokerFacts> {
  const { broker, shop, stop, monotonicMs } = deps;
  const deadlineMs = monotonicMs() + DRAIN_WITHIN_MS;
  while (behindCount(await broker.facts()) > 0 && monotonicMs() < deadlineMs) {
    stop.throwIfAborted();
    await wait(DRAIN_POLL_MS);
  }
  await shop.stop();
  return broker.facts();
}
