// Gives a customer who connects the newest lists again, because what was pushed while they were away was lost. Many come at once
// after an instance of the API has ended: those of the same moment are read together.

import type { RecommendationList } from '../contract/recommendations.ts';
import type { SocketGreeting } from '../platform/features/feature.ts';
import { createGatherer } from '../platform/gathering/gather.ts';
import { EVERYBODY, type RecommendationStore } from './store.ts';

const GATHER_LIMITS = { gatherMs: 20, batchMax: 100, queueMax: 20_000, timeoutMs: 30_000 } as const;

export function createGreeting(store: Pick<RecommendationStore, 'newestOf'>): {
  greet: SocketGreeting;
  close(): Promise<void>;
} {
  const gatherer = createGatherer<number, RecommendationList[]>({
    prepare: async () => undefined,
    async send(customerIds) {
      const stored = await store.newestOf([...new Set([...customerIds, EVERYBODY])]);
      const byCustomer = Map.groupBy(stored, ({ customerId }) => customerId);
      const listsOf = (customerId: number) => (byCustomer.get(customerId) ?? []).map(({ list }) => list);
      return customerIds.map((customerId) => {
        const own = listsOf(customerId);
        return own.length === 0 ? [] : [...own, ...listsOf(EVERYBODY)];
      });
    },
    ...GATHER_LIMITS,
  });
  return {
    async greet(customerId, tell) {
      const answer = await gatherer.submit(customerId);
      // Not read: the next action brings lists.
      if (answer.kind !== 'sent' || answer.result.length === 0) return;
      tell('recommendations:fresh', { lists: answer.result, answersActionIds: [] });
    },
    close: gatherer.close,
  };
}
