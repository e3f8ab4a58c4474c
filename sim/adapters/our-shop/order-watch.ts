// One order from the shopper's action to its known fate: what the HTTP answer said, what the socket brought, and how
// long each stage took. It does no I/O of its own.
import type { OrderOutcome, OrderStages, OrderState, OrderView } from '../../../system/contract/orders.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import { atLeastMsOf, endedMsOf, isServed } from '../../engine/measuring/request-report.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { OrderAttempt } from './attempts.ts';
import { answerOf, isSuccess, problemCode } from './request-verdict.ts';

export type OrderWatch = {
  attempt: OrderAttempt;
  /** Resolves when the order's fate is known, was refused, or its deadline passed and it was asked for once. */
  settled: Promise<void>;
  /** The HTTP request ended; called again when the shopper sent the same order again after an unknown end. */
  answered(result: HttpResult): void;
  /** The socket brought the outcome. */
  seen(outcome: OrderOutcome): void;
  /** Stops waiting for the socket and asks the shop; at the deadline this happens by itself. */
  ask(): Promise<void>;
};

/** `confirmed` or `rejected` when the state says that the order was decided, else null. */
export function outcomeOf(state: OrderState): 'confirmed' | 'rejected' | null {
  switch (state) {
    case 'rejected':
      return 'rejected';
    case 'confirmed':
    case 'shipped':
    case 'delivered':
    case 'cancelled':
    case 'refunded':
      return 'confirmed';
    case 'reserved':
    case 'approved':
      return null;
  }
}

/**
 * Reports where an order spent its time between the send and the socket message; the stages add up to just that. Without
 * a broker the way up to the start of work counts as `stage.http`.
 */
export function reportStages(
  measures: Measures,
  order: { intendedMs: number; sentMs: number; seenMs: number; stages: OrderStages },
): void {
  const { intendedMs, sentMs, seenMs, stages } = order;
  const { receivedMs, consumedMs, startedMs, committedMs } = stages;
  if (consumedMs === null) {
    measures.sample('stage.http', intendedMs, startedMs - sentMs);
  } else {
    measures.sample('stage.http', intendedMs, receivedMs - sentMs);
    measures.sample('stage.broker', intendedMs, consumedMs - receivedMs);
    measures.sample('stage.consumer', intendedMs, startedMs - consumedMs);
  }
  measures.sample('stage.commit', intendedMs, committedMs - startedMs);
  measures.sample('stage.push', intendedMs, seenMs - committedMs);
}

/**
 * Begins to watch an order that is about to be sent. `retrieve` reads the order from the shop, null when the shop does
 * not know it or does not answer. An order without an outcome `outcomeDeadlineMs` after its intended time is censored there; one
 * that is asked for earlier, because the run is over, at the time that it has waited.
 */
export function watchOrder(
  deps: {
    timeline: Timeline;
    measures: Measures;
    httpDeadlineMs: number;
    outcomeDeadlineMs: number;
    retrieve: (orderId: string) => Promise<Pick<OrderView, 'state' | 'totalKrw' | 'rejectionReason'> | null>;
  },
  attempt: OrderAttempt,
  intendedMs: number,
): OrderWatch {
  const { timeline, measures } = deps;
  let sentMs: number | null = null;
  let seenByStages: { seenMs: number; stages: OrderStages } | null = null;
  let isAnswered = false;
  let isUnsure = false;
  let isDecided = false;
  let asking: Promise<void> | null = null;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();

  // The deadline is over when its timer says so, even where the clock is read a moment before it.
  const callOffDeadline = timeline.wakeAt(
    intendedMs + deps.outcomeDeadlineMs,
    () => void askAfter(deps.outcomeDeadlineMs),
  );

  function decide(
    outcome: 'confirmed' | 'rejected',
    by: 'socket' | 'retrieved',
    told: Pick<OrderOutcome, 'totalKrw' | 'rejectionReason'>,
  ): void {
    attempt.outcome = outcome;
    attempt.refusedBecause = told.rejectionReason;
    attempt.outcomeSeenBy = by;
    attempt.outcomeAfterMs = timeline.nowMs() - intendedMs;
    attempt.totalKrw = told.totalKrw;
    measures.count(outcome === 'confirmed' ? 'ordersConfirmed' : 'ordersRejected');
  }

  function stopWaiting(): boolean {
    if (isDecided) return false;
    isDecided = true;
    callOffDeadline();
    return true;
  }

  function reportStagesIfKnown(): void {
    if (sentMs === null || seenByStages === null) return;
    reportStages(measures, { intendedMs, sentMs, ...seenByStages });
  }

  async function askOnce(waitedMs: number): Promise<void> {
    if (stopWaiting()) {
      measures.censored('order.confirmed', intendedMs, waitedMs);
      const order = await deps.retrieve(attempt.orderId);
      const outcome = order === null ? null : outcomeOf(order.state);
      if (order !== null && outcome !== null) decide(outcome, 'retrieved', order);
    }
    settle();
  }

  function askAfter(waitedMs: number): Promise<void> {
    asking ??= askOnce(waitedMs);
    return asking;
  }

  return {
    attempt,
    settled,
    answered(result) {
      const isStarved = result.kind === 'no-answer' && result.reason === 'starved';
      if (!isAnswered && !isStarved) {
        isAnswered = true;
        if (isServed(result)) measures.sample('order.accepted', intendedMs, endedMsOf(result) - intendedMs);
        else {
          const atLeastMs = atLeastMsOf(result, intendedMs, deps.httpDeadlineMs);
          measures.censored('order.accepted', intendedMs, atLeastMs);
        }
      }
      // Stages count from the first time that the order went out.
      sentMs ??= result.sentMs;
      // A later no does not undo an earlier request that may have been heard.
      if (!isUnsure || isSuccess(result)) attempt.answer = answerOf(result);
      isUnsure = attempt.answer === 'unknown';
      attempt.httpStatus = result.kind === 'answer' ? result.status : null;
      if (attempt.answer === 'accepted') measures.count('ordersAccepted');
      if (attempt.answer === 'refused') attempt.refusedBecause = problemCode(result);
      reportStagesIfKnown();
      if (attempt.answer === 'refused' && stopWaiting()) {
        if (!isStarved) measures.censored('order.confirmed', intendedMs, deps.outcomeDeadlineMs);
        settle();
      }
    },
    seen(outcome) {
      const result = outcomeOf(outcome.state);
      if (result === null || !stopWaiting()) return;
      const seenMs = timeline.nowMs();
      measures.sample('order.confirmed', intendedMs, seenMs - intendedMs);
      if (outcome.stages !== null) seenByStages = { seenMs, stages: outcome.stages };
      decide(result, 'socket', outcome);
      reportStagesIfKnown();
      settle();
    },
    ask: () => askAfter(Math.min(deps.outcomeDeadlineMs, timeline.nowMs() - intendedMs)),
  };
}
