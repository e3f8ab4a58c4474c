import { expect, test } from 'vitest';
import { listRequest } from './rules.ts';

const found = (search: string) => {
  const request = listRequest({ search });
  return request === 'nothing' ? [] : request.words;
};

test('a search has its words in small letters, put together as the catalogue has them', () => {
  expect(found('red ap')).toEqual(['red', 'ap']);
  expect(found('  세제  Tide ')).toEqual(['세제', 'tide']);
  expect(found('세제'.normalize('NFD'))).toEqual(['세제']);
});

test('punctuation only separates words', () => {
  expect(found("1.5kg non-stick 'pan'")).toEqual(['1', '5kg', 'non', 'stick', 'pan']);
  expect(found('&|!():*<->')).toEqual([]);
});

test('a word counts once and no more than eight words are looked for', () => {
  expect(found('a b A')).toEqual(['a', 'b']);
  expect(found('a b c d e f g h i j')).toHaveLength(8);
});

test('a query without wishes is the first page of the popular products', () => {
  expect(listRequest({})).toEqual({ categoryId: null, words: null, sort: 'popular', page: 1, pageSize: 20 });
});

test('a search for punctuation finds nothing rather than everything', () => {
  expect(listRequest({ search: '***' })).toBe('nothing');
});
