import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('gives every item as often as the others', () => {
  const next = inTurn(['a', 'b', 'c']);
  expect([next(), next(), next(), next()]).toEqual(['a', 'b', 'c', 'a']);
});

it('says so when there is nothing to give', () => {
  expect(inTurn([])).toThrow('needed at least one');
});
