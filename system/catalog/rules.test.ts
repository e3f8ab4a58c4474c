import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listRequest, searchQuery } from './rules.ts';

test('every word is looked for as a prefix', () => {
  expect(searchQuery('red ap')).toBe("'red':* & 'ap':*");
  expect(searchQuery('  세제  Tide ')).toBe("'세제':* & 'Tide':*");
});

test('punctuation only separates words', () => {
  expect(searchQuery("1.5kg non-stick 'pan'")).toBe("'1':* & '5kg':* & 'non':* & 'stick':* & 'pan':*");
  expect(searchQuery('&|!():*<->')).toBeNull();
});

test('a word counts once and no more than eight words are looked for', () => {
  expect(searchQuery('a b a')).toBe("'a':* & 'b':*");
  expect(searchQuery('a b c d e f g h i j')?.split(' & ')).toHaveLength(8);
});

test('no text gets tsquery syntax into the query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      const query = searchQuery(text);
      if (query === null) return;
      for (const term of query.split(' & ')) expect(term).toMatch(/^'[^'\\&|!():*<>\s]+':\*$/u);
    }),
  );
});

test('a query without wishes is the first page of the popular products', () => {
  expect(listRequest({})).toEqual({ categoryId: null, search: null, sort: 'popular', page: 1, pageSize: 20 });
});

test('a search for punctuation finds nothing rather than everything', () => {
  expect(listRequest({ search: '***' })).toBe('nothing');
});
