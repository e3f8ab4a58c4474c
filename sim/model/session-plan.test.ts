import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatePopulation } from './population-testing.ts';
import {
  expectedOpenSessions,
  NotEnoughPeopleError,
  planSessions,
  type SessionPlanInput,
} from './session-plan.ts';

const people = generatePopulation({ seed: 1, peopleCount: 10_000, asOf: Date.UTC(2026, 10, 20, 11) });
const input: SessionPlanInput = {
  seed: 1,
  people,
  hour: 20,
  sessionsPerSecond: () => 30,
  durationMs: 60_000,
  leadInMs: 10_000,
  expectedSessionMs: 10_000,
};

describe('planSessions', () => {
  const plan = planSessions(input);

  it('orders the sessions by start, numbers them and begins in the lead-in', () => {
    expect(plan.sessions.map((session) => session.index)).toEqual(plan.sessions.map((_, index) => index));
    const starts = plan.sessions.map((session) => session.startMs);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts[0]).toBeLessThan(-9_000);
    expect(Math.abs(plan.sessions.length - 2_100)).toBeLessThan(200);
  });

  it('never plans a person twice at a time, whatever rate, length and burstiness', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 100, max: 11_000 }),
        fc.integer({ min: 0, max: 5 }),
        (seed, rate, expectedSessionMs, dispersion) => {
          const { sessions } = planSessions({
            ...input,
            seed,
            sessionsPerSecond: () => rate,
            durationMs: 20_000,
            expectedSessionMs,
            dispersion,
          });
          const busyUntil = new Map<number, number>();
          return sessions.every(({ personId, startMs }) => {
            const isFree = (busyUntil.get(personId) ?? -Infinity) <= startMs;
            busyUntil.set(personId, startMs + expectedSessionMs);
            return isFree;
          });
        },
      ),
      { numRuns: 25, seed: 1 },
    );
  });

  it('has three candidates for each expected open session, all of them known, and comes from them only', () => {
    expect(expectedOpenSessions(input)).toBe(300);
    expect(plan.candidates).toHaveLength(900);
    const ids = new Set(plan.candidates.map((candidate) => candidate.personId));
    expect(plan.sessions.every((session) => ids.has(session.personId))).toBe(true);
  });

  it('keeps to 200 candidates for a small load', () => {
    expect(planSessions({ ...input, sessionsPerSecond: () => 1 }).candidates).toHaveLength(200);
  });

  it('works with a data set of fewer than 1,000 people', () => {
    const small = planSessions({ ...input, people: people.slice(0, 300), sessionsPerSecond: () => 1 });
    expect(small.candidates).toHaveLength(200);
    expect(small.sessions.length).toBeGreaterThan(40);
  });

  it('is the same for the same seed and another for another', () => {
    expect(planSessions(input)).toEqual(plan);
    expect(planSessions({ ...input, seed: 2 }).sessions).not.toEqual(plan.sessions);
  });

  it('keeps the starts when the people change, for they come from streams of their own', () => {
    const others = planSessions({ ...input, people: people.slice(0, 6_000) });
    expect(others.sessions.map((s) => s.startMs)).toEqual(plan.sessions.map((s) => s.startMs));
  });

  it('says how many people a load needs when the data set has fewer', () => {
    const tooMany = { ...input, sessionsPerSecond: () => 100 };
    expect(() => planSessions(tooMany)).toThrow(NotEnoughPeopleError);
    expect(() => planSessions(tooMany)).toThrow('10000 people who may come; needed are 15000');
  });

  it('refuses fewer candidates than the load needs', () => {
    expect(() => planSessions({ ...input, candidateCount: 100 })).toThrow('need at least 900');
    expect(planSessions({ ...input, candidateCount: 1_500 }).candidates).toHaveLength(1_500);
  });
});
