import { describe, expect, it } from 'vitest';
import { createFreePeople } from './free-people.ts';

describe('free people', () => {
  it('gives the planned person while free, and nobody twice', () => {
    const people = createFreePeople({ seed: 1, candidates: [{ personId: 2, score: 1 }] });
    expect(people.take(1)).toBe(1);
    expect(people.take(1)).toBe(2);
    expect(people.take(1)).toBeNull();
    people.release(1);
    expect(people.take(1)).toBe(1);
  });

  it('replaces a busy person in proportion to score', () => {
    const candidates = [
      { personId: 10, score: 1 },
      { personId: 11, score: 3 },
      { personId: 12, score: 0 },
    ];
    const people = createFreePeople({ seed: 5, candidates });
    people.take(1);
    let elevenCount = 0;
    for (let draw = 0; draw < 2_000; draw++) {
      const personId = people.take(1);
      if (personId === 11) elevenCount += 1;
      if (personId !== null) people.release(personId);
    }
    expect(elevenCount / 2_000).toBeCloseTo(0.75, 1);
  });

  it('finds the last free one however unlikely', () => {
    const candidates = [
      { personId: 1, score: 1e9 },
      { personId: 2, score: 1e-9 },
    ];
    const people = createFreePeople({ seed: 1, candidates });
    expect(people.take(1)).toBe(1);
    expect(people.take(1)).toBe(2);
  });
});
