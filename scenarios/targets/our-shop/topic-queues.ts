// What waits in the broker of our shop, on every topic in use: how much it is, and how it is waited for.
import { setTimeout as wait } from 'node:timers/promises';
import { type BrokerFacts, behindCount } from '../../audit/rules/rule.ts';
import type { RunningTarget } from '../target.ts';
import type { BrokerWatch } from './broker-watch.ts';

const WITHIN_MS = 60_000;
const POLL_MS = 100;

export type TopicQueues = Pick<RunningTarget, 'drain'> & {
  /** Null when the broker cannot say at the moment, as after a kill. */
  backlogCount(): Promise<number | null>;
  /** As the broker's; one that has not elected yet who keeps the offsets is asked again. */
  facts(): Promise<BrokerFacts>;
};

/** The queues that this observer of the broker sees. */
export function topicQueues(broker: Pick<BrokerWatch, 'facts'>, monotonicMs: () => number): TopicQueues {
  async function factsUntil(deadlineMs: number, stop?: AbortSignal): Promise<BrokerFacts> {
    for (;;) {
      try {
        return await broker.facts();
      } catch (error) {
        if (!isRetriable(error) || monotonicMs() >= deadlineMs) throw error;
        await pause(stop);
      }
    }
  }
  return {
    backlogCount: () => broker.facts().then(behindCount, () => null),
    facts: () => factsUntil(monotonicMs() + WITHIN_MS),
    async drain(stop) {
      const deadlineMs = monotonicMs() + WITHIN_MS;
      while (behindCount(await factsUntil(deadlineMs, stop)) > 0 && monotonicMs() < deadlineMs)
        await pause(stop);
    },
  };
}

async function pause(stop?: AbortSignal): Promise<void> {
  stop?.throwIfAborted();
  await wait(POLL_MS);
}

function isRetriable(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === true;
}
