import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedErrors, errorsToBeginning, lettersOf, nearWords } from './near-words.ts';

test.each([
  ['keyboard', 'keyboard', 0],
  ['key', 'keyboard', 0],
  ['keybaord', 'keyboard', 1],
  ['kyboard', 'keyboard', 1],
  ['keyyboard', 'keyboard', 1],
  ['kezboard', 'keyboard', 1],
  ['kezbaord', 'keyboard', 2],
  ['딸끼', '딸기잼', 1],
  ['키보두', '키보드', 1],
  ['쵸콜렛', '초콜릿', 2],
  ['', 'soap', 0],
  ['soap', '', 4],
])('between %s and the beginning of %s lie %i errors', (typed, word, errors) => {
  expect(errorsToBeginning(lettersOf(typed), lettersOf(word))).toBe(errors);
});

test('short words may have no error, longer ones one or two', () => {
  expect(
    ['잼', '세제', 'keyboar', 'keyboard', '자전거'].map((word) => allowedErrors(lettersOf(word))),
  ).toEqual([0, 1, 1, 2, 1]);
});

test('the nearest words come first, then the shortest, and none that is too far', () => {
  const words = ['soapstone', 'soup', 'soap', 'soda', 'saop'];
  expect(nearWords('saop', words, 10)).toEqual([
    { word: 'saop', errors: 0 },
    { word: 'soap', errors: 1 },
    { word: 'soapstone', errors: 1 },
  ]);
  expect(nearWords('saop', words, 1)).toHaveLength(1);
});

test('one error made by a finger is one error at most', () => {
  const word = fc.stringMatching(/^[a-z가-힣]{4,12}$/);
  fc.assert(
    fc.property(word, fc.nat(), fc.constantFrom('drop', 'double', 'wrong', 'swap'), (text, at, kind) => {
      const letters = [...lettersOf(text)];
      const place = at % (letters.length - 1);
      const [letter = '', next = ''] = letters.slice(place);
      if (kind === 'drop') letters.splice(place, 1);
      if (kind === 'double') letters.splice(place, 0, letter);
      if (kind === 'wrong') letters[place] = '#';
      if (kind === 'swap') letters.splice(place, 2, next, letter);
      expect(errorsToBeginning(letters.join(''), lettersOf(text))).toBeLessThanOrEqual(1);
    }),
  );
});
