// An act of a visit: told by the person's socket, waited for, and reported when its lists were seen or not.
import type { BehaviourReport } from '../../../system/contract/behaviour.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { Step, StepResult } from '../../shopper/state/steps.ts';
import { watchAct } from './act-watch.ts';
import type { ActAttempt, OurShopHooks } from './attempts.ts';
import { packActions } from './packed-actions.ts';
import type { ShopSocket } from './sockets.ts';

export type ActsOfVisit = {
  /** Resolves when the lists were seen, or when nobody waits for them any more. */
  act(step: Step & { kind: 'act' }, intendedMs: number): Promise<StepResult>;
  /** Stops waiting for what is open. */
  giveUp(): void;
};

export function createActsOfVisit(
  deps: Pick<OurShopHooks, 'measures' | 'attemptedAt' | 'onAttempt'> & {
    timeline: Timeline;
    outcomeDeadlineMs: number;
    newActionId: () => string;
    personId: number;
    socket: () => ShopSocket | null;
  },
): ActsOfVisit {
  const { timeline, measures } = deps;
  const open = new Set<{ giveUp(): void }>();

  /** The page that is left with this act: how old its lists were, and whether they knew what was done before. */
  function leavePage(socket: ShopSocket, intendedMs: number): void {
    const newestMs = socket.acts.newestMs();
    if (newestMs === null) return;
    measures.sample('recommendation.age', intendedMs, Math.max(0, intendedMs - newestMs));
    measures.count('listPagesShown');
    if (!socket.acts.isUpToDate()) measures.count('listPagesBehind');
  }

  return {
    async act({ action, productId }, intendedMs) {
      const socket = deps.socket();
      if (socket === null) return { outcome: 'failed' };
      leavePage(socket, intendedMs);
      const id = deps.newActionId();
      const attempt: ActAttempt = {
        kind: 'act',
        actionId: id,
        customerId: deps.personId,
        ...deps.attemptedAt(intendedMs),
        action,
        productId,
        answer: 'unknown',
        shownAfterMs: null,
        reflectedId: null,
        categoryReflectedId: null,
        categoryFirstProductId: null,
        unknownIds: [],
      };
      const { outcomeDeadlineMs: deadlineMs } = deps;
      const watch = watchAct(
        { timeline, measures, deadlineMs, sentMs: timeline.nowMs() },
        attempt,
        intendedMs,
      );
      open.add(watch);
      measures.count('actsMade');
      const report: BehaviourReport = { id, action, target: { type: 'product', id: productId } };
      socket.acts.act(report, watch);
      await watch.settled;
      open.delete(watch);
      socket.acts.forget(id);
      deps.onAttempt(attempt);
      deps.onAttempt({
        kind: 'actions',
        customerId: deps.personId,
        attemptedAtMs: attempt.attemptedAtMs,
        answer: attempt.answer,
        packed: packActions([report]),
      });
      return { outcome: attempt.shownAfterMs === null ? 'failed' : 'ok' };
    },
    giveUp() {
      for (const watch of open) watch.giveUp();
    },
  };
}
