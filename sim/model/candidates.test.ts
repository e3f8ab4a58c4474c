import { describe, expect, it } from 'vitest';
import { candidateChoice, chooseCandidates, hotPool } from './candidates.ts';
import { createRandom } from './chance/random.ts';
import { draw } from './chance/weighted-choice.ts';
import type { Person } from './person.ts';
import { generatePopulation } from './population-testing.ts';

const asOf = Date.UTC(2026, 10, 20, 11);
const people = generatePopulation({ seed: 1, peopleCount: 5_000, asOf });
const withOrders = people.filter((person) => person.lastOrderedAtMs !== null);
const without = people.filter((person) => person.lastOrderedAtMs === null);

describe('hotPool', () => {
  it('takes 600 with orders, longest ago first, and 400 without, newest first', () => {
    const pool = hotPool(people, 1_000);
    const first = pool.slice(0, 600).map((person) => person.lastOrderedAtMs!);
    const second = pool.slice(600);
    expect(first).toEqual(
      withOrders
        .map((person) => person.lastOrderedAtMs!)
        .sort((a, b) => a - b)
        .slice(0, 600),
    );
    expect(second.map((person) => person.id)).toEqual(
      without
        .map((p) => p.id)
        .reverse()
        .slice(0, 400),
    );
  });

  it('fills up with the other kind where one is short', () => {
    const few = [...withOrders.slice(0, 100), ...without];
    expect(hotPool(few, 1_000).filter((person) => person.lastOrderedAtMs !== null)).toHaveLength(100);
    expect(hotPool(few, 1_000)).toHaveLength(1_000);
    const fewNew = [...withOrders, ...without.slice(0, 10)];
    expect(hotPool(fewNew, 1_000).filter((person) => person.lastOrderedAtMs === null)).toHaveLength(10);
    expect(hotPool(fewNew, 1_000)).toHaveLength(1_000);
  });

  it('gives everybody once when there are not more, and nobody who is withdrawn', () => {
    const gone: Person[] = people.map((person) =>
      person.id % 2 ? { ...person, status: 'WITHDRAWN' } : person,
    );
    const pool = hotPool(gone, 9_999);
    expect(pool).toHaveLength(2_500);
    expect(new Set(pool).size).toBe(2_500);
    expect(pool.every((person) => person.status !== 'WITHDRAWN')).toBe(true);
  });
});

describe('chooseCandidates', () => {
  const choose = (name: string) =>
    chooseCandidates({ people: hotPool(people, 1_000), hour: 20, random: createRandom(1, name) });

  it('takes the best fifth, best first, and never fewer than 200', () => {
    const candidates = choose('a');
    expect(candidates).toHaveLength(200);
    expect(candidates.map((c) => c.score)).toEqual(candidates.map((c) => c.score).sort((a, b) => b - a));
    const few = chooseCandidates({ people: people.slice(0, 400), hour: 20, random: createRandom(1, 'few') });
    expect(few).toHaveLength(200);
  });

  it('draws boost and life event anew at every recomputation', () => {
    expect(choose('a')).toEqual(choose('a'));
    const [first, second] = [choose('a'), choose('b')].map((list) => new Set(list.map((c) => c.personId)));
    const stayed = [...first!].filter((id) => second!.has(id)).length;
    expect(stayed).toBeGreaterThan(10);
    expect(stayed).toBeLessThan(190);
  });

  it('lets the score decide how often somebody comes', () => {
    const choice = candidateChoice([
      { personId: 1, score: 300 },
      { personId: 2, score: 100 },
    ]);
    const random = createRandom(1, 'draw');
    const firsts = Array.from({ length: 20_000 }, () => draw(choice, random)).filter((c) => c.personId === 1);
    expect(firsts.length / 20_000).toBeCloseTo(0.75, 1);
  });
});
