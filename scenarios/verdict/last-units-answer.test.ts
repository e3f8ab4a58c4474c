import { expect, it } from 'vitest';
import type { RunResult, Verdict } from '../../reports/record/result.ts';
import { lastUnitsFinding } from '../audit/last-units.ts';
import { lastUnitsText } from './last-units-answer.ts';

const generator = {} as RunResult['variants'][string]['generator'];

function textOf(
  about: { soldCount: number; toldNoCount: number; unheardCount?: number },
  verdict: Verdict = 'PASS',
): string | null {
  const finding = lastUnitsFinding({
    itemName: 'Lamp',
    pieceCount: 5,
    shopperCount: 100,
    unheardCount: 0,
    ...about,
  });
  return lastUnitsText({ own: { metrics: {}, audit: [finding], generator } }, verdict);
}

const WANTED = '100 shoppers wanted “Lamp” at once:';
it.each([
  [
    { soldCount: 7, toldNoCount: 93 },
    `No: 2 pieces were sold that there were not. ${WANTED} 7 pieces were sold where there were 5, 93 shoppers were told no.`,
  ],
  [
    { soldCount: 5, toldNoCount: 95 },
    `Yes: no piece was sold twice. ${WANTED} 5 of 5 pieces were sold, 95 shoppers were told no.`,
  ],
  [
    { soldCount: 5, toldNoCount: 93, unheardCount: 2 },
    `Yes: no piece was sold twice. ${WANTED} 5 of 5 pieces were sold, 93 shoppers were told no, 2 never heard.`,
  ],
  [
    { soldCount: 4, toldNoCount: 96 },
    `Yes: no piece was sold twice. ${WANTED} 4 of 5 pieces were sold, 96 shoppers were told no, 1 piece stayed unsold.`,
  ],
  [
    { soldCount: 4, toldNoCount: 95, unheardCount: 1 },
    `Yes: no piece was sold twice. ${WANTED} 4 of 5 pieces were sold, 95 shoppers were told no, 1 never heard, 1 piece stayed unsold.`,
  ],
  [
    { soldCount: 0, toldNoCount: 0, unheardCount: 100 },
    `Not known: too many shoppers never heard. ${WANTED} 0 of 5 pieces were sold, nobody was told no, 100 never heard.`,
  ],
  [
    { soldCount: 1, toldNoCount: 0 },
    `Yes: no piece was sold twice. ${WANTED} 1 of 5 pieces was sold, nobody was told no.`,
  ],
])('tells of %j in two sentences', (about, expected) => {
  expect(textOf(about)).toBe(expected);
});

it('says nothing of a run in which nobody wanted the last pieces', () => {
  expect(lastUnitsText({ own: { metrics: {}, audit: [], generator } }, 'PASS')).toBeNull();
});

it('does not say yes of a run that the generator spoilt, that crossed a limit, or whose audit found something else', () => {
  const held = { soldCount: 5, toldNoCount: 95 };
  expect(textOf(held, 'INVALID')).toBeNull();
  expect(textOf(held, 'FAIL')).toBeNull();
  expect(textOf(held, 'AUDIT_FAILED')).toBeNull();
  expect(textOf({ soldCount: 7, toldNoCount: 93 }, 'AUDIT_FAILED')).toMatch(/^No: 2 pieces were sold/);
});
