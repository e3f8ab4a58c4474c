import { expect, it } from 'vitest';
import { createStandingPeople } from './standing-people.ts';

it('gives arrivals to whoever has been free the longest, whomever the plan names', () => {
  const people = createStandingPeople([11, 12, 13]);
  expect([people.take(13), people.take(13)]).toEqual([11, 12]);
  people.release(12);
  people.release(11);
  expect([people.take(11), people.take(11), people.take(11)]).toEqual([13, 12, 11]);
});

it('gives an arrival to nobody while everybody is busy, and to the next who is free', () => {
  const people = createStandingPeople([11, 12]);
  people.take(11);
  people.take(11);
  expect(people.take(11)).toBeNull();
  people.release(12);
  expect(people.take(11)).toBe(12);
  expect(people.take(11)).toBeNull();
  expect(createStandingPeople([]).take(11)).toBeNull();
});

it('gives nobody two orders at a time over many turns', () => {
  const people = createStandingPeople(Array.from({ length: 50 }, (_, index) => index + 1));
  const busy = new Set<number>();
  for (let turn = 0; turn < 5_000; turn++) {
    const personId = people.take(1);
    if (personId === null) {
      expect(busy.size).toBe(50);
    } else {
      expect(busy.has(personId)).toBe(false);
      busy.add(personId);
    }
    const [some] = [...busy].slice((turn * 7) % Math.max(1, busy.size));
    if (turn % 3 > 0 && some !== undefined) {
      busy.delete(some);
      people.release(some);
    }
  }
});

it('refuses somebody too many', () => {
  expect(() => createStandingPeople([11]).release(11)).toThrow(
    'person 11 was given back, but all 1 people are free already',
  );
});
