// Runs sessions, partly open: a session starts when the plan says; inside it, a step is intended for the completion of
// the step before plus the time to think, whether or not the generator can keep to that.
import type { PlannedSession } from '../model/session-plan.ts';
import type { Shopper } from '../shopper/steps.ts';
import type { FreePeople } from './free-people.ts';
import type { Measures } from './measures.ts';
import type { Occupancy } from './occupancy.ts';
import type { Scheduler } from './scheduler.ts';
import type { Timeline } from './timeline.ts';
import type { OpenVisit, Visit } from './visit.ts';

export type SessionRunner = {
  /** Starts a planned session that was intended for `intendedMs`; `no-free-person` when nobody could come. */
  start(planned: PlannedSession, intendedMs: number): 'started' | 'no-free-person';
  activeCount(): number;
  /** Resolves as soon as no session is open. */
  whenIdle(): Promise<void>;
  /** Ends all open sessions; resolves when the fates of their orders have been asked for. */
  abandonAll(): Promise<void>;
};

type OpenSession = { visit: Visit; isAbandoned: boolean };

/** `thinkTimeCompression` divides think times. `failed` hears of a broken assumption, never of a failing shop. */
export function createSessionRunner(deps: {
  timeline: Timeline;
  scheduler: Scheduler;
  openVisit: OpenVisit;
  createShopper: (personId: number, sessionIndex: number) => Shopper;
  people: FreePeople;
  measures: Measures;
  occupancy: Occupancy;
  thinkTimeCompression: number;
  failed: (error: unknown) => void;
}): SessionRunner {
  const { timeline, scheduler, people, measures, occupancy } = deps;
  const open = new Set<OpenSession>();
  let idleWaiters: (() => void)[] = [];

  /** Comes back at `atMs`: at once when that has come already. */
  const until = (atMs: number): Promise<void> | null =>
    atMs <= timeline.nowMs() ? null : new Promise((resolve) => scheduler.at(atMs, resolve));

  async function run(session: OpenSession, shopper: Shopper, startMs: number): Promise<void> {
    let planned = shopper.next(null);
    let intendedMs = startMs + planned.thinkMs / deps.thinkTimeCompression;
    let sinceMs = timeline.nowMs();
    for (;;) {
      const wait = until(intendedMs);
      if (wait !== null) await wait;
      if (session.isAbandoned) return;
      const sentMs = timeline.nowMs();
      const result = await session.visit.perform(planned.step, intendedMs);
      const endedMs = timeline.nowMs();
      occupancy.stepEnded({ thinkMs: sentMs - sinceMs, responseMs: endedMs - sentMs });
      sinceMs = endedMs;
      if (planned.step.kind === 'leave' || session.isAbandoned) return;
      planned = shopper.next(result);
      intendedMs = endedMs + planned.thinkMs / deps.thinkTimeCompression;
    }
  }

  function close(session: OpenSession, personId: number): void {
    people.release(personId);
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
      const session = { visit: deps.openVisit(personId), isAbandoned: false };
      open.add(session);
      occupancy.openCountIs(open.size);
      measures.count('sessionsStarted');
      const shopper = deps.createShopper(personId, planned.index);
      run(session, shopper, intendedMs).then(
        () => close(session, personId),
        (error) => {
          deps.failed(error);
          close(session, personId);
        },
      );
      return 'started';
    },
    activeCount: () => open.size,
    whenIdle: () =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
    async abandonAll() {
      const sessions = [...open];
      for (const session of sessions) session.isAbandoned = true;
      await Promise.all(sessions.map((session) => session.visit.abandon()));
    },
  };
}
