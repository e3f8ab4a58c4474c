// Runs sessions, partly open: a session starts when the plan says; inside it, a step is intended for the completion of
// the step before plus the time to think, whether or not the generator can keep to that.
import type { Newcomer } from '../model/newcomers.ts';
import type { PlannedSession } from '../model/session-plan.ts';
import { type Room, roomOf } from '../shopper/state/rooms.ts';
import type { Shopper, Step } from '../shopper/state/steps.ts';
import type { FreePeople } from './free-people.ts';
import type { Measures } from './measuring/measures.ts';
import type { Occupancy } from './measuring/occupancy.ts';
import type { WhereaboutsCounter } from './measuring/whereabouts.ts';
import type { OpenShop, Visit } from './shop-adapter.ts';
import type { Scheduler } from './timing/scheduler.ts';
import type { Timeline } from './timing/timeline.ts';

/** `newcomer` is given for the session of somebody who has just signed up, whom the data set does not hold. */
export type CreateShopper = (personId: number, sessionIndex: number, newcomer?: Newcomer) => Shopper;

export type SessionRunner = {
  /** Starts a planned session that was intended for `intendedMs`; `no-free-person` when nobody could come. */
  start(planned: PlannedSession, intendedMs: number): 'started' | 'no-free-person';
  /**
   * Starts the session of somebody who meant to sign up at `intendedMs`. Once they have an account they go shopping, as
   * if the sign-up had been their first step; without one they go away.
   */
  startNewcomer(newcomer: Newcomer, intendedMs: number): void;
  activeCount(): number;
  /** When the present steps of the open sessions began. */
  openSinceMs(): number[];
  /** Resolves as soon as no session is open. */
  whenIdle(): Promise<void>;
  /** Ends all open sessions and their requests; resolves when the fates of their orders have been asked for. */
  abandonAll(): Promise<void>;
};

type OpenSession = {
  /** Null while a newcomer has no account yet. */
  visit: Visit | null;
  signingUp: Promise<number | null> | null;
  isAbandoned: boolean;
  /** When its present step began. */
  sinceMs: number;
  /** Null before the first step and after the last. */
  room: Room | null;
};

/** `thinkTimeCompression` divides think times. `failed` hears of a broken assumption, never of a failing shop. */
export function createSessionRunner(
  deps: OpenShop & {
    timeline: Timeline;
    scheduler: Scheduler;
    createShopper: CreateShopper;
    people: FreePeople;
    measures: Measures;
    occupancy: Occupancy;
    whereabouts: Pick<WhereaboutsCounter, 'moved'>;
    thinkTimeCompression: number;
    /** Ends all requests that are under way. */
    cutOff: () => void;
    failed: (error: unknown) => void;
  },
): SessionRunner {
  const { timeline, scheduler, people, measures, occupancy } = deps;
  const open = new Set<OpenSession>();
  let idleWaiters: (() => void)[] = [];

  function goTo(session: OpenSession, room: Room | null): void {
    deps.whereabouts.moved(session.room, room);
    session.room = room;
  }

  /** What somebody does whose step failed: the same once more, or away. */
  function countFailure(failed: Step, next: Step): void {
    if (next === failed) measures.count('stepsTriedAgain');
    else if (next.kind === 'leave' && next.because === 'gave-up') measures.count('sessionsGivenUp');
  }

  /** Comes back at `atMs`: at once when that has come already. */
  const until = (atMs: number): Promise<void> | null =>
    atMs <= timeline.nowMs() ? null : new Promise((resolve) => scheduler.at(atMs, resolve));

  async function run(session: OpenSession, visit: Visit, shopper: Shopper, startMs: number): Promise<void> {
    let planned = shopper.next(null);
    let intendedMs = startMs + planned.thinkMs / deps.thinkTimeCompression;
    session.sinceMs = timeline.nowMs();
    for (;;) {
      const wait = until(intendedMs);
      if (wait !== null) await wait;
      if (session.isAbandoned) return;
      goTo(session, roomOf(planned.step, session.room));
      const sentMs = timeline.nowMs();
      const result = await visit.perform(planned.step, intendedMs);
      const endedMs = timeline.nowMs();
      occupancy.stepEnded(session.sinceMs, sentMs, endedMs);
      session.sinceMs = endedMs;
      if (planned.step.kind === 'leave' || session.isAbandoned) return;
      const next = shopper.next(result);
      if (result.outcome === 'failed') countFailure(planned.step, next.step);
      planned = next;
      intendedMs = endedMs + planned.thinkMs / deps.thinkTimeCompression;
    }
  }

  async function runNewcomer(
    session: OpenSession,
    newcomer: Newcomer,
    signingUp: Promise<number | null>,
  ): Promise<void> {
    const sentMs = timeline.nowMs();
    const personId = await signingUp;
    const endedMs = timeline.nowMs();
    occupancy.stepEnded(sentMs, sentMs, endedMs);
    session.sinceMs = endedMs;
    if (personId === null || session.isAbandoned) return;
    const visit = deps.openVisit(personId);
    session.visit = visit;
    await run(session, visit, deps.createShopper(personId, newcomer.index, newcomer), timeline.nowMs());
  }

  function close(session: OpenSession, personId: number | null): void {
    goTo(session, null);
    if (personId !== null) people.release(personId);
    open.delete(session);
    occupancy.openCountIs(open.size);
    if (!session.isAbandoned) measures.count('sessionsCompleted');
    if (open.size > 0) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  }

  return {
    start(planned, intendedMs) {
      const personId = people.take(planned.personId);
      if (personId === null) return 'no-free-person';
      const visit = deps.openVisit(personId);
      const session = {
        visit,
        signingUp: null,
        isAbandoned: false,
        sinceMs: timeline.nowMs(),
        room: null,
      };
      open.add(session);
      occupancy.openCountIs(open.size);
      measures.count('sessionsStarted');
      const shopper = deps.createShopper(personId, planned.index);
      run(session, visit, shopper, intendedMs).then(
        () => close(session, personId),
        (error) => {
          deps.failed(error);
          close(session, personId);
        },
      );
      return 'started';
    },
    startNewcomer(newcomer, intendedMs) {
      const signingUp = deps.signUp(newcomer, intendedMs);
      const session = {
        visit: null,
        signingUp,
        isAbandoned: false,
        sinceMs: timeline.nowMs(),
        room: null,
      };
      open.add(session);
      occupancy.openCountIs(open.size);
      measures.count('sessionsStarted');
      runNewcomer(session, newcomer, signingUp)
        .catch(deps.failed)
        .finally(() => close(session, null));
    },
    activeCount: () => open.size,
    openSinceMs: () => [...open].map(({ sinceMs }) => sinceMs),
    whenIdle: () =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
    async abandonAll() {
      const sessions = [...open];
      for (const session of sessions) session.isAbandoned = true;
      deps.cutOff();
      // The end of a sign-up under way is waited for: an account that it may have made must not go unreported.
      await Promise.all(sessions.map(({ visit, signingUp }) => visit?.abandon() ?? signingUp));
    },
  };
}
