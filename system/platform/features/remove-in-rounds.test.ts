import { expect, it } from 'vitest';
import { removeInRounds } from './remove-in-rounds.ts';

/** Something that holds so many; gives what each round took. */
async function sweep(heldCount: number): Promise<{ rounds: number[]; removedCount: number }> {
  const rounds: number[] = [];
  let left = heldCount;
  const removedCount = await removeInRounds(async (most) => {
    const count = Math.min(most, left);
    left -= count;
    rounds.push(count);
    return count;
  });
  return { rounds, removedCount };
}

it('goes on until a round finds fewer than it may take', async () => {
  expect(await sweep(4_500)).toEqual({ rounds: [2_000, 2_000, 500], removedCount: 4_500 });
  expect(await sweep(0)).toEqual({ rounds: [0], removedCount: 0 });
});

it('leaves the rest to the next sweep', async () => {
  expect((await sweep(1_000_000)).removedCount).toBe(400_000);
});
