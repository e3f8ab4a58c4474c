// People who sign up while a run goes on: when each of them comes, and who they are. What they are called and how they
// sign in is left to sim/history, as it is for the data set's people.

import { createRandom } from './chance/random.ts';
import { type GrowthPlan, planSignUps } from './growth.ts';
import type { Person } from './person.ts';
import { createPersonDraw, POPULATION, type PopulationShares } from './population.ts';

/** Somebody who is nobody yet: the shop gives the id when they sign up. */
export type Stranger = Omit<Person, 'id'>;

export type PlannedSignUp = {
  /** From 0, in order of time. */
  index: number;
  /** Offset from the start of the measured span at which the person means to send the form. */
  startMs: number;
  person: Stranger;
};

/** A sign-up with all that goes into the form but the password. */
export type Newcomer = PlannedSignUp & { email: string; name: string; nickname: string };

/** The shares of all people, but a newcomer is active and has not ordered yet, so has no grade above BRONZE. */
const NEWCOMERS: PopulationShares = {
  ...POPULATION,
  statuses: { ACTIVE: 100, DORMANT: 0, WITHDRAWN: 0 },
  orderedBeforeRatio: 0,
};

/**
 * Plans who signs up when. Each person comes from a stream of their own, so that one sign-up more changes nobody else.
 * `asOfMs` is the shop's time (Unix ms) at offset 0.
 */
export function planNewcomers(input: { seed: number; asOfMs: number; growth: GrowthPlan }): PlannedSignUp[] {
  const { seed, asOfMs, growth } = input;
  const drawPerson = createPersonDraw(asOfMs, NEWCOMERS);
  return planSignUps(growth, createRandom(seed, 'sign-up-times')).map((startMs, index) => {
    const { id: _, ...person } = drawPerson(0, asOfMs + startMs, createRandom(seed, 'newcomer', index));
    return { index, startMs, person };
  });
}
