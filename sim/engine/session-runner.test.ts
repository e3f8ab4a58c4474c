import { describe, expect, it } from 'vitest';
import type { Newcomer } from '../model/newcomers.ts';
import type { PlannedStep, StepResult } from '../shopper/state/steps.ts';
import { createFreePeople } from './free-people.ts';
import { noMeasures } from './measuring/measures.ts';
import { createOccupancy } from './measuring/occupancy.ts';
import { createWhereabouts } from './measuring/whereabouts.ts';
import { createSessionRunner } from './session-runner.ts';
import { createScheduler } from './timing/scheduler.ts';
import { createVirtualTimeline } from './timing/virtual-timeline.ts';

const STEPS: PlannedStep[] = [
  { step: { kind: 'arrive', signIn: 'session' }, thinkMs: 0 },
  { step: { kind: 'home' }, thinkMs: 0 },
  { step: { kind: 'view-product', productId: 3 }, thinkMs: 1_000 },
  { step: { kind: 'leave', because: 'browsed' }, thinkMs: 500 },
];

const NEWCOMER = { index: 0, startMs: 0, email: 'n@example.org' } as Newcomer;

/** A shop that gives newcomers the id `newcomersId`; null: no account. `failing` steps fail, whoever takes them. */
function runnerOn(
  timeline = createVirtualTimeline(),
  serviceMs = 70,
  newcomersId: number | null = 77,
  { steps = STEPS, failing = [] as string[] } = {},
) {
  const counted: string[] = [];
  const performed: [number, string, number][] = [];
  const abandoned: number[] = [];
  const created: [number, number, Newcomer | undefined][] = [];
  const results: (StepResult | null)[] = [];
  const errors: unknown[] = [];
  const failed = (error: unknown) => errors.push(error);
  const scheduler = createScheduler({ timeline, onLateness: () => undefined, failed });
  const occupancy = createOccupancy({ timeline, spanFromMs: 0, spanToMs: 1_000 });
  const whereabouts = createWhereabouts();
  const runner = createSessionRunner({
    timeline,
    scheduler,
    measures: { ...noMeasures, count: (name) => void counted.push(name) },
    occupancy,
    whereabouts,
    thinkTimeCompression: 10,
    cutOff: () => undefined,
    failed,
    people: createFreePeople({ seed: 1, candidates: [{ personId: 2, score: 1 }] }),
    async signUp() {
      await new Promise<void>((resolve) => timeline.wakeAt(timeline.nowMs() + serviceMs, resolve));
      return newcomersId;
    },
    createShopper(personId, sessionIndex, newcomer) {
      created.push([personId, sessionIndex, newcomer]);
      const left = [...steps];
      return {
        next(last) {
          results.push(last);
          return left.shift()!;
        },
      };
    },
    openVisit: (personId) => ({
      async perform(step, intendedMs) {
        performed.push([personId, step.kind, intendedMs]);
        await new Promise<void>((resolve) => timeline.wakeAt(timeline.nowMs() + serviceMs, resolve));
        if (failing.includes(step.kind)) return { outcome: 'failed' };
        return step.kind === 'home' ? { outcome: 'refused', reason: null } : { outcome: 'ok' };
      },
      abandon: async () => void abandoned.push(personId),
    }),
  });
  return {
    timeline,
    scheduler,
    runner,
    occupancy,
    whereabouts,
    performed,
    counted,
    abandoned,
    created,
    results,
    errors,
  };
}

describe('a session', () => {
  it('intends each step for the completion of the one before plus the compressed think time', async () => {
    const { timeline, runner, performed, results } = runnerOn();
    expect(runner.start({ index: 0, startMs: 0, personId: 1 }, 0)).toBe('started');
    await timeline.runUntil(1_000);
    expect(performed).toEqual([
      [1, 'arrive', 0],
      [1, 'home', 70],
      [1, 'view-product', 240],
      [1, 'leave', 360],
    ]);
    expect(results).toEqual([
      null,
      { outcome: 'ok' },
      { outcome: 'refused', reason: null },
      { outcome: 'ok' },
    ]);
    expect(runner.activeCount()).toBe(0);
    await runner.whenIdle();
  });

  it('that starts late keeps its intended start', async () => {
    const { timeline, runner, performed } = runnerOn();
    timeline.stall(30);
    runner.start({ index: 0, startMs: 0, personId: 1 }, 0);
    await timeline.runUntil(50);
    expect(performed[0]).toEqual([1, 'arrive', 0]);
  });

  it('of a person who is still busy goes to somebody else, and to nobody when nobody is free', async () => {
    const { timeline, runner, performed } = runnerOn();
    runner.start({ index: 0, startMs: 0, personId: 1 }, 0);
    expect(runner.start({ index: 1, startMs: 5, personId: 1 }, 5)).toBe('started');
    expect(runner.start({ index: 2, startMs: 6, personId: 1 }, 6)).toBe('no-free-person');
    await timeline.runUntil(10);
    expect(performed.map(([personId]) => personId)).toEqual([1, 2]);
    await timeline.runUntil(1_000);
    expect(runner.start({ index: 3, startMs: 1_000, personId: 1 }, 1_000)).toBe('started');
  });

  it('is open for just as long as its steps take together', async () => {
    const { timeline, runner, occupancy } = runnerOn();
    runner.start({ index: 0, startMs: 0, personId: 1 }, 0);
    await timeline.runUntil(1_000);
    const { meanOpenCount, stepsPerSecond, meanThinkMs, meanResponseMs } = occupancy.summary([]);
    expect(meanOpenCount).toBeCloseTo(0.43);
    expect(stepsPerSecond).toBe(4);
    expect({ meanThinkMs, meanResponseMs }).toEqual({ meanThinkMs: 37.5, meanResponseMs: 70 });
  });

  it('is in the room of its last step until it leaves, or is abandoned', async () => {
    const { timeline, runner, whereabouts } = runnerOn();
    runner.start({ index: 0, startMs: 0, personId: 1 }, 0);
    runner.start({ index: 1, startMs: 0, personId: 2 }, 200);
    await timeline.runUntil(250);
    expect(whereabouts.take().inside).toMatchObject({ home: 1, product: 1 });
    await timeline.runUntil(500);
    expect(whereabouts.take()).toMatchObject({ inside: { home: 0, product: 1 } });
    await runner.abandonAll();
    await timeline.runUntil(2_000);
    expect(Object.values(whereabouts.take().inside).every((count) => count === 0)).toBe(true);
  });

  it('counts what is tried again after a failure, and who gave up for one', async () => {
    const [arrive, home] = STEPS as [PlannedStep, PlannedStep];
    const gaveUp: PlannedStep = { step: { kind: 'leave', because: 'gave-up' }, thinkMs: 0 };
    const countedBy = async (steps: PlannedStep[], failing: string[]) => {
      const { timeline, runner, counted } = runnerOn(undefined, 70, 77, { steps, failing });
      runner.start({ index: 0, startMs: 0, personId: 1 }, 0);
      await timeline.runUntil(1_000);
      return counted.filter((name) => !/^sessions(?:Started|Completed)$/.test(name));
    };
    const again = { ...arrive, thinkMs: 20 };
    expect(await countedBy([arrive, again, gaveUp], ['arrive'])).toEqual([
      'stepsTriedAgain',
      'sessionsGivenUp',
    ]);
    // Taken a second time of one's own accord, or left for a no of the shop.
    expect(await countedBy([arrive, home, home, gaveUp], [])).toEqual([]);
  });

  it('that is abandoned takes no further step', async () => {
    const { timeline, runner, performed, abandoned } = runnerOn();
    runner.start({ index: 0, startMs: 0, personId: 1 }, 0);
    await timeline.runUntil(100);
    await runner.abandonAll();
    await timeline.runUntil(1_000);
    expect(abandoned).toEqual([1]);
    expect(performed.map(([, kind]) => kind)).toEqual(['arrive', 'home']);
  });
});

describe('a newcomer', () => {
  it('goes shopping under the id of the new account as soon as the shop has confirmed it', async () => {
    const { timeline, runner, performed, created } = runnerOn();
    runner.startNewcomer(NEWCOMER, 0);
    expect(runner.activeCount()).toBe(1);
    await timeline.runUntil(1_000);
    expect(created).toEqual([[77, 0, NEWCOMER]]);
    expect(performed.slice(0, 2)).toEqual([
      [77, 'arrive', 70],
      [77, 'home', 140],
    ]);
    expect(performed.at(-1)?.[1]).toBe('leave');
    expect(runner.activeCount()).toBe(0);
  });

  it('who gets no account goes away', async () => {
    const { timeline, runner, performed, errors } = runnerOn(createVirtualTimeline(), 70, null);
    runner.startNewcomer(NEWCOMER, 0);
    await timeline.runUntil(1_000);
    expect(runner.activeCount()).toBe(0);
    expect(performed).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('who is still signing up at the end is waited for, and starts nothing any more', async () => {
    const { timeline, runner, performed, abandoned } = runnerOn();
    runner.startNewcomer(NEWCOMER, 0);
    await timeline.runUntil(10);
    let isOver = false;
    const ended = runner.abandonAll().then(() => {
      isOver = true;
    });
    await timeline.runUntil(60);
    expect(isOver).toBe(false);
    await timeline.runUntil(1_000);
    await ended;
    expect(performed).toEqual([]);
    expect(abandoned).toEqual([]);
  });
});
