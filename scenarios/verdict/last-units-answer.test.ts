import { expect, it } from 'vitest';
import type { RunResult } from '../../reports/record/result.ts';
import { lastUnitsFinding } from '../audit/last-units.ts';
import { lastUnitsText } from './last-units-answer.ts';

const generator = {} as RunResult['variants'][string]['generator'];

function textOf(about: { soldCount: number; toldNoCount: number; unheardCount?: number }): string | null {
  const finding = lastUnitsFinding({
    itemName: 'Lamp',
    pieceCount: 5,
    shopperCount: 100,
    unheardCount: 0,
    ...about,
  });
  return lastUnitsText({ own: { metrics: {}, audit: [finding], generator } });
}

it.each([
  [{ soldCount: 7, toldNoCount: 93 }, 'Oversold: 7 of 5 pieces, 93 were told no'],
  [{ soldCount: 5, toldNoCount: 95 }, 'Held: 5 of 5 pieces, 95 were told no'],
  [{ soldCount: 5, toldNoCount: 93, unheardCount: 2 }, 'Held: 5 of 5 pieces, 93 were told no, 2 never heard'],
  [
    { soldCount: 4, toldNoCount: 95, unheardCount: 1 },
    'Held: 4 of 5 pieces, 95 were told no, 1 never heard, 1 piece stayed unsold',
  ],
  [
    { soldCount: 4, toldNoCount: 94, unheardCount: 2 },
    'Not known: 4 of 5 pieces, 94 were told no, 2 never heard, 1 piece stayed unsold',
  ],
  [
    { soldCount: 0, toldNoCount: 0, unheardCount: 100 },
    'Not known: 0 of 5 pieces, 0 were told no, 100 never heard',
  ],
  [{ soldCount: 4, toldNoCount: 96 }, 'Held: 4 of 5 pieces, 96 were told no, 1 piece stayed unsold'],
])('tells of %j in one sentence', (about, expected) => {
  expect(textOf(about)).toBe(`${expected} (100 shoppers wanted “Lamp” at once).`);
});

it('says nothing of a run in which nobody wanted the last pieces', () => {
  expect(lastUnitsText({ own: { metrics: {}, audit: [], generator } })).toBeNull();
});
