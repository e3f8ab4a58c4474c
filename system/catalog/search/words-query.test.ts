import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsQuery } from './words-query.ts';

test('every word is asked for as a prefix, or one of those near it', () => {
  expect(wordsQuery(['red', 'ap'], new Map())).toBe("'red':* & 'ap':*");
  expect(wordsQuery(['red', 'ap'], new Map([['ap', ['app', 'cap']]]))).toBe(
    "'red':* & ('ap':* | 'app' | 'cap')",
  );
});

test('no word gets tsquery syntax into the query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(wordsQuery([text], new Map())).toMatch(/^'(?:[^'\\]|''|\\\\)*':\*$/u);
    }),
  );
});
