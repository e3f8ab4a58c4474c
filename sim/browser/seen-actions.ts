// The actions that the storefront in a browser's window tells the shop by itself, by request or by socket, as the window's own
// traffic tells them: whatever is in the behaviour log afterwards is then known to have been done.
import type { BehaviourReport } from '../../system/contract/behaviour.ts';
import type { ActionsAttempt } from '../adapters/our-shop/attempts.ts';
import { packActions } from '../adapters/our-shop/packed-actions.ts';
import {
  type Answered,
  type Asked,
  eventOf,
  isObject,
  listOf,
  socketAnswerOf,
  verdictOf,
} from './traffic.ts';

const PATH = '/behaviour';
const EVENT = 'behaviour:actions';

export type SeenActions = {
  asked(request: Asked): void;
  answered(request: Answered): void;
  /** Text messages of the socket, from the window and to it. */
  sent(frame: string): void;
  heard(frame: string): void;
};

/**
 * @param deps.tell takes an action under its id, as it is known by now; again when more is known, never once it was taken in
 * @param deps.sinceSpanMs the present moment, in ms from the start of the measured span
 */
export function createSeenActions(deps: {
  customerId: number;
  sinceSpanMs: () => number;
  tell: (id: string, action: ActionsAttempt) => void;
}): SeenActions {
  const known = new Map<string, { attempt: ActionsAttempt; sentCount: number }>();
  /** Batches by socket that are not answered yet, by the number of their event. */
  const open = new Map<string, BehaviourReport[]>();

  function know(report: BehaviourReport, answer: ActionsAttempt['answer'], sentMore: number): void {
    const before = known.get(report.id);
    // What was taken in once is in the log, whatever becomes of its being sent again.
    if (before?.attempt.answer === 'accepted') return;
    const sentCount = (before?.sentCount ?? 0) + sentMore;
    // A no to a second sending says nothing of the first one.
    const isDoubtful = answer === 'refused' && sentCount > 1;
    const attempt: ActionsAttempt = {
      kind: 'actions',
      customerId: deps.customerId,
      attemptedAtMs: before?.attempt.attemptedAtMs ?? deps.sinceSpanMs(),
      answer: isDoubtful ? 'unknown' : answer,
      packed: packActions([report]),
    };
    known.set(report.id, { attempt, sentCount });
    deps.tell(report.id, attempt);
  }

  const knowAll = (reports: readonly BehaviourReport[], answer: ActionsAttempt['answer'], sentMore = 0) => {
    for (const report of reports) know(report, answer, sentMore);
  };
  return {
    asked({ method, path, body }) {
      if (method === 'POST' && path === PATH) knowAll(reportsOf(body), 'unknown', 1);
    },
    answered(request) {
      if (request.method === 'POST' && request.path === PATH)
        knowAll(reportsOf(request.body), verdictOf(request));
    },
    sent(frame) {
      const event = eventOf(frame);
      if (event === null) return;
      // Each page's socket counts from the start: what is answered under this number from now on is this event.
      if (event.number !== null) open.delete(event.number);
      if (event.name !== EVENT) return;
      const reports = reportsOf({ actions: event.told });
      if (event.number !== null) open.set(event.number, reports);
      knowAll(reports, 'unknown', 1);
    },
    heard(frame) {
      const answer = socketAnswerOf(frame);
      const reports = answer === null ? undefined : open.get(answer.number);
      if (answer === null || reports === undefined) return;
      open.delete(answer.number);
      const kind = isObject(answer.given) ? answer.given.kind : null;
      // As with a request, a shop that cannot say whether it took something in refuses nothing.
      knowAll(reports, kind === 'accepted' ? 'accepted' : 'unknown');
    },
  };
}

const reportsOf = (value: unknown): BehaviourReport[] =>
  isObject(value) ? listOf(value.actions).filter(isReport) : [];

/** The storefront makes them by the shop's contract; what is none at all is passed by. */
function isReport(value: unknown): value is BehaviourReport {
  return isObject(value) && typeof value.id === 'string' && isObject(value.target);
}
