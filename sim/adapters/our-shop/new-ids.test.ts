import { expect, it } from 'vitest';
import { createIds } from './new-ids.ts';

it('are UUIDv7, each greater than the one before, however many are given', () => {
  const newId = createIds();
  const ids = Array.from({ length: 5_000 }, newId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it('of two givers have nothing in common', () => {
  const [one, other] = [createIds(), createIds()];
  const tails = Array.from({ length: 2_000 }, () => [one(), other()]).flatMap((pair) =>
    pair.map((id) => id.slice(-8)),
  );
  expect(new Set(tails).size).toBeGreaterThan(tails.length - 5);
});
