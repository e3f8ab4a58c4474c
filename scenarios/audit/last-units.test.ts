import { expect, it } from 'vitest';
import { createWishes, lastUnitsFinding } from './last-units.ts';

const told = { itemName: 'Lamp', shopperCount: 100, unheardCount: 0, toldNoCount: 95 };

it('finds every piece that was sold more often than it was there', () => {
  const finding = lastUnitsFinding({ ...told, pieceCount: 5, soldCount: 7, toldNoCount: 93 });
  expect(finding).toMatchObject({
    ok: false,
    violationCount: 2,
    violations: ['Lamp: 5 in stock before the run, 7 in orders that stand'],
  });
});

it.each([0, 4, 5])('finds nothing where %d of 5 were sold', (soldCount) => {
  expect(lastUnitsFinding({ ...told, pieceCount: 5, soldCount })).toMatchObject({
    ok: true,
    violationCount: 0,
    checkedCount: 100,
  });
});

it('counts whoever neither bought nor stayed without an answer as told no, with or without a checkout', () => {
  const wishes = createWishes();
  for (const end of ['bought', 'bought', 'refused', 'unheard'] as const) wishes.add(end);
  expect(wishes.told(10)).toEqual({ shopperCount: 10, unheardCount: 1, toldNoCount: 7 });
});
