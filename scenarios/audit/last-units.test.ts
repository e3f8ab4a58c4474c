import { expect, it } from 'vitest';
import { createWishes, lastUnitsFinding, withGivenUp } from './last-units.ts';

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

it('takes whoever gave up before an order for unheard, not for told no, and for no more than there were', () => {
  const about = { ...told, pieceCount: 5, soldCount: 1, toldNoCount: 99 };
  expect(withGivenUp(about, 60)).toMatchObject({ toldNoCount: 39, unheardCount: 60 });
  expect(withGivenUp(about, 120)).toMatchObject({ toldNoCount: 0, unheardCount: 99 });
  expect(withGivenUp(about, 0)).toEqual(about);
});
