// What one person does, told to the shop by their socket in batches that each wait for the answer of the one before, and the
// lists that come because of it. It knows the socket only by what it sends and hears.
import {
  type BehaviourAnswer,
  type BehaviourReport,
  MAX_BEHAVIOUR_ACTIONS,
} from '../../../system/contract/behaviour.ts';
import type {
  FreshRecommendations,
  RecommendationKind,
  RecommendationList,
  RecommendationStages,
} from '../../../system/contract/recommendations.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import { createSentIds } from './sent-ids.ts';

/** Lists that came for an act. */
export type ShownLists = {
  lists: FreshRecommendations['lists'];
  /** Of the act; null where the shop did not say. */
  stages: RecommendationStages | null;
  /** Ids that the same push answers and that this socket never sent. */
  unknownIds: readonly string[];
};

export type ActHearing = {
  /** The shop's last word on whether it has the act; what may be sent again has been by then. */
  answered(answer: BehaviourAnswer['kind']): void;
  /** Called once. */
  shown(push: ShownLists): void;
};

export type ActsOfSocket = {
  /** Tells of it as soon as the answer before has come. */
  act(report: BehaviourReport, hearing: ActHearing): void;
  forget(actionId: string): void;
  /** When the newest lists came about, in ms of the timeline; null before the first ones. */
  newestMs(): number | null;
  /** Whether everything that was done so far is in lists that were seen. */
  isUpToDate(): boolean;
  /** The newest list of a kind that was pushed, those given again at a connection too; null where none came. */
  newestList(kind: RecommendationKind): RecommendationList | null;
};

/** What the socket tells it. */
export type HeardActs = ActsOfSocket & {
  /** What has no answer goes out again under its ids: the answer to it died with the connection. */
  connected(): void;
  disconnected(): void;
  fresh(push: FreshRecommendations): void;
};

type Told = { report: BehaviourReport; hearing: ActHearing; isAnswered: boolean };

export function createActsOfSocket(deps: {
  timeline: Timeline;
  send: (actions: BehaviourReport[], answer: (answer: BehaviourAnswer) => void) => void;
  /** Called for each push, with how many lists it had. */
  onLists: (count: number) => void;
}): HeardActs {
  const { timeline } = deps;
  const waiting = new Map<string, Told>();
  const sentIds = createSentIds();
  const newest = new Map<RecommendationKind, RecommendationList>();
  let isConnected = false;
  let newestMs: number | null = null;
  /** Of the batch that is under way; an answer to an earlier one is of a connection that is gone. */
  let turn = 0;
  let isUnderWay = false;

  function sendNext(): void {
    if (!isConnected || isUnderWay) return;
    const batch = [...waiting.values()].filter((told) => !told.isAnswered).slice(0, MAX_BEHAVIOUR_ACTIONS);
    if (batch.length === 0) return;
    isUnderWay = true;
    turn += 1;
    const ownTurn = turn;
    for (const { report } of batch) sentIds.add(report.id);
    deps.send(
      batch.map(({ report }) => report),
      (answer) => {
        if (ownTurn === turn && isConnected) hear(answer, batch);
      },
    );
  }

  function hear(answer: BehaviourAnswer, batch: readonly Told[]): void {
    isUnderWay = false;
    if (answer.kind === 'refused' && answer.retryAfterMs !== null) {
      isUnderWay = true;
      const ownTurn = turn;
      timeline.wakeAt(timeline.nowMs() + answer.retryAfterMs, () => {
        if (ownTurn !== turn) return;
        isUnderWay = false;
        sendNext();
      });
      return;
    }
    for (const told of batch) {
      told.isAnswered = true;
      told.hearing.answered(answer.kind);
    }
    sendNext();
  }

  function show(told: Told, push: ShownLists): void {
    waiting.delete(told.report.id);
    told.hearing.shown(push);
  }

  /** Lists given again name no actions: they answer what their newest action is not older than. Ids rise with time. */
  function showGivenAgain(lists: FreshRecommendations['lists']): void {
    const reflected = oldestReflected(lists);
    if (reflected === null) return;
    for (const told of [...waiting.values()])
      if (told.report.id <= reflected) show(told, { lists, stages: null, unknownIds: [] });
  }

  /** Lists given again may have been read before one was pushed that came first. */
  function keep(list: RecommendationList): void {
    const known = newest.get(list.kind);
    if (known === undefined || known.madeAt <= list.madeAt) newest.set(list.kind, list);
  }

  return {
    act(report, hearing) {
      waiting.set(report.id, { report, hearing, isAnswered: false });
      sendNext();
    },
    forget: (actionId) => void waiting.delete(actionId),
    newestMs: () => newestMs,
    isUpToDate: () => waiting.size === 0,
    newestList: (kind) => newest.get(kind) ?? null,
    connected() {
      isConnected = true;
      isUnderWay = false;
      sendNext();
    },
    disconnected() {
      isConnected = false;
      turn += 1;
    },
    fresh({ lists, answersActionIds, stages }) {
      deps.onLists(lists.length);
      for (const list of lists) keep(list);
      newestMs = stages?.at(-1)?.storedMs ?? newestMs ?? timeline.nowMs();
      if (answersActionIds.length === 0) return showGivenAgain(lists);
      const unknownIds = answersActionIds.filter(sentIds.isForeign);
      for (const [index, id] of answersActionIds.entries()) {
        const told = waiting.get(id);
        if (told !== undefined) show(told, { lists, stages: stages?.[index] ?? null, unknownIds });
      }
    },
  };
}

/** The action that all of a customer's own lists take into account; null where they tell of none. */
export function oldestReflected(lists: FreshRecommendations['lists']): string | null {
  const reflected = lists.flatMap(({ reflectsActionId }) => reflectsActionId ?? []);
  return reflected.reduce<string | null>(
    (oldest, id) => (oldest === null || id < oldest ? id : oldest),
    null,
  );
}
