import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ageBandOf, type Person } from './person.ts';
import { generatePopulation } from './population-testing.ts';

const asOf = Date.UTC(2026, 10, 20, 11);
const people = generatePopulation({ seed: 1, peopleCount: 20_000, asOf });
const ratio = (of: (person: Person) => boolean): number => people.filter(of).length / people.length;
const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('generatePopulation', () => {
  it('has ids 1 … N in order of sign-up, all within the last year', () => {
    expect(people.map((person) => person.id)).toEqual(people.map((_, index) => index + 1));
    expect(people.every((person, i) => i === 0 || person.createdAtMs >= people[i - 1]!.createdAtMs)).toBe(
      true,
    );
    expect(people[0]!.createdAtMs).toBeGreaterThanOrEqual(asOf - 364 * 24 * 3_600_000);
    expect(people.at(-1)!.createdAtMs).toBeLessThanOrEqual(asOf);
  });

  it.each([
    ['twenties 30 %', (p: Person) => p.ageBand === '20s', 0.3],
    ['thirties 30 %', (p: Person) => p.ageBand === '30s', 0.3],
    ['forties 25 %', (p: Person) => p.ageBand === '40s', 0.25],
    ['fifty and above 15 %', (p: Person) => p.ageBand === '50+', 0.15],
    ['Gyeonggi 25 %', (p: Person) => p.region === 'Gyeonggi', 0.25],
    ['Seoul 18 %', (p: Person) => p.region === 'Seoul', 0.18],
    ['Ulsan 2 %', (p: Person) => p.region === 'Ulsan', 0.02],
    ['dormant 20 %', (p: Person) => p.status === 'DORMANT', 0.2],
    ['women 53 %', (p: Person) => p.gender === 'F', 0.53],
    ['consenting 53 %', (p: Person) => p.marketingConsent, 0.53],
    ['ordered before 65 %', (p: Person) => p.lastOrderedAtMs !== null, 0.65],
  ])('has %s', (_, of, expected) => {
    expect(Math.abs(ratio(of) - expected)).toBeLessThan(0.011);
  });

  it('lies within the published grades: BRONZE ≥ 80 %, VIP 0.2–3 %', () => {
    expect(ratio((person) => person.grade === 'BRONZE')).toBeGreaterThan(0.8);
    expect(ratio((person) => person.grade === 'VIP')).toBeGreaterThan(0.002);
    expect(ratio((person) => person.grade === 'VIP')).toBeLessThan(0.03);
  });

  it('signs up on the Bass curve: slow start, busiest about week 26, half of all by then', () => {
    const weeks = new Array<number>(52).fill(0);
    for (const person of people)
      weeks[51 - Math.floor((asOf - person.createdAtMs) / (7 * 24 * 3_600_000))]! += 1;
    expect(weeks.indexOf(Math.max(...weeks))).toBeGreaterThan(19);
    expect(weeks.indexOf(Math.max(...weeks))).toBeLessThan(33);
    expect(weeks[0]! / people.length).toBeCloseTo(0.0078, 2);
  });

  it('keeps birth year, age and band in step and orders after the sign-up', () => {
    for (const person of people) {
      expect(person.birthYear + person.age).toBe(2026);
      expect(ageBandOf(person.age)).toBe(person.ageBand);
      if (person.lastOrderedAtMs === null) expect(person.grade).toBe('BRONZE');
      else expect(person.lastOrderedAtMs >= person.createdAtMs && person.lastOrderedAtMs <= asOf).toBe(true);
    }
  });

  it('is the same for the same seed and another for another', () => {
    const again = generatePopulation({ seed: 1, peopleCount: 20_000, asOf: new Date(asOf) });
    expect(hash(again)).toBe(hash(people));
    expect(hash(generatePopulation({ seed: 2, peopleCount: 20_000, asOf }))).not.toBe(hash(people));
  });

  it('takes other shares', () => {
    const withdrawn = generatePopulation({
      seed: 1,
      peopleCount: 50,
      asOf,
      shares: { statuses: { ACTIVE: 0, DORMANT: 0, WITHDRAWN: 1 } },
    });
    expect(withdrawn.every((person) => person.status === 'WITHDRAWN')).toBe(true);
  });

  it('counts an unknown age as the thirties', () => {
    expect(ageBandOf(null)).toBe('30s');
    expect([19, 20, 49, 50].map(ageBandOf)).toEqual(['10s', '20s', '40s', '50+']);
  });
});
