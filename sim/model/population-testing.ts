// A population for tests, without a history: people by the model's shares who signed up along the Bass curve.

import { createRandom, type Random } from './chance/random.ts';
import type { Person } from './person.ts';
import { createPersonDraw, POPULATION, type PopulationShares } from './population.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

export type PopulationInput = {
  seed: number;
  peopleCount: number;
  /** The instant the data set is made for (Date or Unix ms); nothing in it is younger. */
  asOf: Date | number;
  /** Other shares than POPULATION's. */
  shares?: Partial<PopulationShares>;
};

/** The people 1 … peopleCount in order of their sign-up; the same input gives the same people. */
export function generatePopulation(input: PopulationInput): Person[] {
  const shares: PopulationShares = { ...POPULATION, ...input.shares };
  const asOfMs = Number(input.asOf);
  const random = createRandom(input.seed, 'population');
  const drawPerson = createPersonDraw(asOfMs, shares);
  const signUps = signUpTimes(input.peopleCount, asOfMs, shares.bass, createRandom(input.seed, 'sign-ups'));
  return Array.from(signUps, (createdAtMs, index) => drawPerson(index + 1, createdAtMs, random));
}

/**
 * Ascending sign-up instants on the Bass curve F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p)·e^(−(p+q)t)), drawn by inversion
 * from its part up to `weeks`, which ends at `asOfMs`.
 */
function signUpTimes(
  count: number,
  asOfMs: number,
  bass: PopulationShares['bass'],
  random: Random,
): Float64Array {
  const { p, q, weeks } = bass;
  const decay = Math.exp(-(p + q) * weeks);
  const reached = (1 - decay) / (1 + (q / p) * decay);
  const times = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const share = random.uniform() * reached;
    const week = Math.log((1 + (q / p) * share) / (1 - share)) / (p + q);
    times[i] = Math.floor(asOfMs - (weeks - week) * WEEK_MS);
  }
  return times.sort();
}
