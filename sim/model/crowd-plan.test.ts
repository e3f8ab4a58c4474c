import { expect, it } from 'vitest';
import { planCrowd } from './crowd-plan.ts';
import { generatePopulation } from './population-testing.ts';
import { NotEnoughPeopleError } from './session-plan.ts';

const people = generatePopulation({ seed: 1, peopleCount: 400, asOf: Date.UTC(2026, 10, 20, 11) });
const input = {
  seed: 1,
  people,
  crowdCount: 300,
  startsPerSecond: () => 200,
  maxStartsPerSecond: 200,
  durationMs: 10_000,
  leadInMs: 1_000,
};

it('has just so many people, nobody twice and nobody who withdrew, and names each in turn', () => {
  const { sessions, candidates, people: crowd } = planCrowd(input);
  const ids = candidates.map(({ personId }) => personId);
  expect(new Set(ids).size).toBe(300);
  expect(crowd.map(({ id }) => id)).toEqual(ids);
  expect(crowd.some(({ status }) => status === 'WITHDRAWN')).toBe(false);
  expect(sessions.slice(0, 301).map(({ personId }) => personId)).toEqual([...ids, ids[0]]);
});

it('plans as many orders as the rate says, whoever is busy, from the lead-in on and the same for the same seed', () => {
  const { sessions } = planCrowd(input);
  expect(Math.abs(sessions.length - 2_200)).toBeLessThan(200);
  expect(sessions[0]?.startMs).toBeLessThan(-900);
  expect(planCrowd(input).sessions).toEqual(sessions);
  expect(planCrowd({ ...input, seed: 2 }).sessions).not.toEqual(sessions);
  expect(planCrowd({ ...input, crowdCount: 1 }).sessions).toHaveLength(sessions.length);
});

it('refuses a crowd of more people than there are', () => {
  expect(() => planCrowd({ ...input, crowdCount: 500 })).toThrow(NotEnoughPeopleError);
  expect(() => planCrowd({ ...input, crowdCount: 500 })).toThrow('needed are 500');
});
