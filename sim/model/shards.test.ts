import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunPlan } from './run-plan.ts';
import { shardOf, shardOfPerson, shareOf } from './shards.ts';

const PEOPLE = 500;

function planOf(personIds: readonly number[]): RunPlan {
  const sessions = personIds.map((personId, index) => ({ index, startMs: index * 10, personId }));
  const candidates = Array.from({ length: PEOPLE }, (_, place) => ({ personId: place + 1, score: 1 }));
  return { seed: 1, sessions, candidates, people: [] };
}

it('gives every session to exactly one shard, as it was planned, and nobody to two', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: PEOPLE }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 9 }),
      (personIds, count) => {
        const plan = planOf(personIds);
        const shards = Array.from({ length: count }, (_, index) => shardOf(plan, { index, count }));
        const all = shards.flatMap(({ sessions }) => sessions).sort((a, b) => a.index - b.index);
        expect(all).toEqual(plan.sessions);
        for (const [index, shard] of shards.entries())
          for (const { personId } of [...shard.sessions, ...shard.candidates])
            expect(shardOfPerson(personId, count)).toBe(index);
        expect(shards.flatMap(({ candidates }) => candidates)).toHaveLength(PEOPLE);
      },
    ),
  );
});

it('divides people evenly, however many generators there are', () => {
  for (const count of [2, 3, 8, 200]) {
    const sizes = new Array<number>(count).fill(0);
    for (let personId = 1; personId <= 10_000; personId += 1) {
      const shard = shardOfPerson(personId, count);
      sizes[shard] = (sizes[shard] ?? 0) + 1;
    }
    const mean = 10_000 / count;
    // Five standard deviations of a fair division.
    for (const size of sizes) expect(Math.abs(size - mean)).toBeLessThan(5 * Math.sqrt(mean));
  }
});

it('leaves what comes from outside to the first and lets newcomers take turns', () => {
  const newcomers = [0, 1, 2, 3, 4].map((startMs) => ({ startMs })) as unknown as NonNullable<
    RunPlan['newcomers']
  >;
  const deliveries = [{ startMs: 5 }] as unknown as NonNullable<RunPlan['deliveries']>;
  const plan = { ...planOf([]), newcomers, deliveries };
  const [first, second] = [0, 1].map((index) => shardOf(plan, { index, count: 2 }));
  expect(first?.newcomers).toEqual([newcomers[0], newcomers[2], newcomers[4]]);
  expect(second?.newcomers).toEqual([newcomers[1], newcomers[3]]);
  expect([first?.deliveries, second?.deliveries]).toEqual([deliveries, []]);
});

it('shares out so many things without losing one', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 9 }), (total, count) => {
      const shares = Array.from({ length: count }, (_, index) => shareOf(total, { index, count }));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});
