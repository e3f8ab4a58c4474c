// One act from its intended moment to the lists that reflect it: whether the shop took it in, when the lists were on the screen,
// and how long each stage took. It does no I/O of its own.
import type { BehaviourAnswer } from '../../../system/contract/behaviour.ts';
import type { RecommendationStages } from '../../../system/contract/recommendations.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import { oldestReflected, type ShownLists } from './acts-of-socket.ts';
import type { ActAttempt } from './attempts.ts';

export type ActWatch = {
  attempt: ActAttempt;
  /** Resolves when the lists were seen, the shop refused the act, or the deadline passed. */
  settled: Promise<void>;
  answered(answer: BehaviourAnswer['kind']): void;
  shown(push: ShownLists): void;
  /** Stops waiting: the run is over. */
  giveUp(): void;
};

/** An act without lists `deadlineMs` after its intended time is censored there; one that is given up, at the time that it has waited. */
export function watchAct(
  deps: { timeline: Timeline; measures: Measures; deadlineMs: number; sentMs: number },
  attempt: ActAttempt,
  intendedMs: number,
): ActWatch {
  const { timeline, measures, deadlineMs } = deps;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  let isOver = false;
  const callOff = timeline.wakeAt(intendedMs + deadlineMs, () => end(deadlineMs));

  /** False where it was over already. */
  function over(): boolean {
    if (isOver) return false;
    isOver = true;
    callOff();
    settle();
    return true;
  }

  function end(waitedMs: number): void {
    if (!over()) return;
    measures.count('actsUnanswered');
    measures.censored('recommendation.shown', intendedMs, waitedMs);
  }

  return {
    attempt,
    settled,
    answered(answer) {
      attempt.answer = answer;
      if (answer === 'accepted') measures.count('actsAccepted');
      else end(deadlineMs);
    },
    shown({ lists, stages, unknownIds }) {
      if (!over()) return;
      const seenMs = timeline.nowMs();
      measures.sample('recommendation.shown', intendedMs, seenMs - intendedMs);
      measures.count('actsShown');
      if (stages !== null) reportStages(measures, { intendedMs, sentMs: deps.sentMs, seenMs, stages });
      attempt.shownAfterMs = seenMs - intendedMs;
      attempt.reflectedId = oldestReflected(lists);
      attempt.unknownIds = [...unknownIds];
      const category = lists.find(({ kind }) => kind === 'category');
      if (category === undefined) return;
      attempt.categoryReflectedId = category.reflectsActionId;
      attempt.categoryFirstProductId = category.productIds[0] ?? null;
    },
    giveUp: () => end(Math.min(deadlineMs, timeline.nowMs() - intendedMs)),
  };
}

/** The stages add up to the time between the send and the message. */
function reportStages(
  measures: Measures,
  act: { intendedMs: number; sentMs: number; seenMs: number; stages: RecommendationStages },
): void {
  const { intendedMs, sentMs, seenMs, stages } = act;
  const { receivedMs, consumedMs, startedMs, storedMs } = stages;
  measures.sample('stage.actIntake', intendedMs, receivedMs - sentMs);
  measures.sample('stage.actBroker', intendedMs, consumedMs - receivedMs);
  measures.sample('stage.actWait', intendedMs, startedMs - consumedMs);
  measures.sample('stage.lists', intendedMs, storedMs - startedMs);
  measures.sample('stage.listsPush', intendedMs, seenMs - storedMs);
}
