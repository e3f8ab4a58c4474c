// Runs shoppers in the model's shop, which answers at once, for the tests that calibrate them.

import { candidateChoice, chooseCandidates, hotPool } from '../model/candidates.ts';
import { type CatalogueInput, generateCatalogue, type Product } from '../model/catalogue/catalogue.ts';
import { createDemand } from '../model/catalogue/demand.ts';
import { createRandom } from '../model/chance/random.ts';
import { draw } from '../model/chance/weighted-choice.ts';
import { generatePopulation } from '../model/population-testing.ts';
import { createModelShop, type Recommend } from './model-shop.ts';
import { createShopper, type ShopperInput } from './shopper.ts';
import { BEHAVIOUR, type Behaviour } from './state/behaviour.ts';
import type { PlannedStep, Step, StepResult } from './state/steps.ts';

/** Longest session before a simulation takes it for endless. */
const MOST_STEPS = 1_000;

export type SimulatedSession = {
  steps: PlannedStep[];
  /** Sum of the think times, uncompressed. */
  lengthMs: number;
  because: Extract<Step, { kind: 'leave' }>['because'];
};

/** Plays one session to its end. `answer` gives each step's result. */
export function simulateSession(input: ShopperInput, answer: (step: Step) => StepResult): SimulatedSession {
  const shopper = createShopper(input);
  const steps: PlannedStep[] = [];
  let lengthMs = 0;
  let planned = shopper.next(null);
  for (let count = 1; count <= MOST_STEPS; count += 1) {
    steps.push(planned);
    lengthMs += planned.thinkMs;
    if (planned.step.kind === 'leave') return { steps, lengthMs, because: planned.step.because };
    planned = shopper.next(answer(planned.step));
  }
  throw new Error(`A session has not ended after ${MOST_STEPS} steps.`);
}

export type SimulationInput = {
  seed: number;
  sessionCount: number;
  peopleCount?: number;
  productCount?: number;
  /** Hour of the shop's clock, 0–23; default 20. */
  hour?: number;
  behaviour?: Behaviour;
  figures?: CatalogueInput['figures'];
  /** Where the shop shows lists: what it recommends, of its catalogue. */
  recommend?: (catalogue: readonly Product[]) => Recommend;
};

/** Sessions of people drawn among the candidates of an hour, as a plan would draw them. */
export function simulateSessions(input: SimulationInput): SimulatedSession[] {
  const { seed, sessionCount, peopleCount = 10_000, productCount = 2_000, hour = 20 } = input;
  const people = generatePopulation({ seed, peopleCount, asOf: Date.UTC(2026, 0, 1) });
  const catalogue = generateCatalogue({ seed, productCount, figures: input.figures ?? {} });
  const shop = createModelShop(catalogue, input.recommend?.(catalogue));
  const hasLists = input.recommend !== undefined;
  const demand = createDemand(productCount);
  const random = createRandom(seed, 'candidates');
  const choice = candidateChoice(chooseCandidates({ people: hotPool(people, people.length), hour, random }));
  return Array.from({ length: sessionCount }, (_, index) => {
    const person = people[draw(choice, random).personId - 1];
    if (!person) throw new Error('A candidate is not among the people.');
    const own = createRandom(seed, 'session', index);
    const behaviour = input.behaviour ?? BEHAVIOUR;
    return simulateSession({ person, demand, random: own, behaviour, hasLists }, shop.openVisit());
  });
}
