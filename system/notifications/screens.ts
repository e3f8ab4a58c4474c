// What screens and the shop say to each other beside the push: whoever connects is given what no screen has shown yet, and a
// screen that is about to show something learns whether another one does already. Many come at once, as after an instance of the
// API has ended: those of the same moment go in one statement.
import { Compile } from 'typebox/compile';
import { NotificationsShown } from '../contract/notifications.ts';
import type { SocketGreeting } from '../platform/features/feature.ts';
import { createGatherer } from '../platform/gathering/gather.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { NotificationMetrics } from './metrics.ts';
import type { AddressedNotification, Claim, NotificationStore } from './store.ts';

/** What was missed can wait a little longer than what just happens. */
const GREETING_LIMITS = { gatherMs: 200, batchMax: 200, queueMax: 50_000, timeoutMs: 30_000 } as const;
const CLAIM_LIMITS = { gatherMs: 20, batchMax: 200, queueMax: 50_000, timeoutMs: 5_000 } as const;

const shownRequest = Compile(NotificationsShown);

export type Screens = {
  greet: SocketGreeting;
  /** Answers `notifications:shown`; rejects where it is not known, so that the screen asks again. */
  shown(customerId: number, payload: unknown): Promise<string[]>;
  close(): Promise<void>;
};

export function createScreens(deps: {
  store: Pick<NotificationStore, 'pendingOf' | 'claim'>;
  clock: Clock;
  metrics: NotificationMetrics;
}): Screens {
  const { store, clock, metrics } = deps;
  const greetings = createGatherer<number, AddressedNotification[]>({
    prepare: async () => undefined,
    async send(customerIds) {
      const pending = await store.pendingOf([...new Set(customerIds)]);
      const byCustomer = Map.groupBy(pending, ({ customerId }) => customerId);
      return customerIds.map((customerId) => byCustomer.get(customerId) ?? []);
    },
    ...GREETING_LIMITS,
  });
  const claims = createGatherer<Claim[], string[]>({
    prepare: async () => undefined,
    async send(asked) {
      const granted = await store.claim(asked.flat(), clock.now());
      const screensOf = new Map(granted.map(({ id, screenId }) => [id, screenId]));
      return asked.map((claim) =>
        claim.filter(({ id, screenId }) => screensOf.get(id) === screenId).map(({ id }) => id),
      );
    },
    ...CLAIM_LIMITS,
  });
  return {
    async greet(customerId, tell) {
      const answer = await greetings.submit(customerId);
      // Not read: they stay pending for the next connection.
      if (answer.kind !== 'sent') return;
      for (const { notification } of answer.result) tell('notification', notification);
      metrics.givenAgain(answer.result.length);
    },
    async shown(customerId, payload) {
      if (!shownRequest.Check(payload)) return [];
      const { screenId, ids } = payload;
      const answer = await claims.submit([...new Set(ids)].map((id) => ({ customerId, screenId, id })));
      if (answer.kind !== 'sent') throw new Error('what screens show could not be stored');
      metrics.shown(answer.result.length);
      return answer.result;
    },
    async close() {
      await greetings.close();
      await claims.close();
    },
  };
}
