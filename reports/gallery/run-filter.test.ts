import { expect, test } from 'vitest';
import { filterOfQuery, matchesFilter, queryOfFilter } from './run-filter.ts';

const run = {
  scenario: 'peak-hour',
  verdict: 'FAIL',
  text: 'peak-hour seed 7 order confirmed p99 b8194fe2c1',
};
const any = { scenario: '', verdict: '', words: '' };

test('a filter goes into the address and comes back; what is not asked for is not in it', () => {
  const filter = { scenario: 'kafka-on-off', verdict: '', words: 'seed 7 & more' };
  expect(filterOfQuery(new URLSearchParams(queryOfFilter(filter)))).toEqual(filter);
  expect(queryOfFilter(filter)).not.toContain('verdict');
  expect(queryOfFilter(any)).toBe('');
});

test('scenario and verdict are exact, words are found in any order and case', () => {
  expect(matchesFilter(any, run)).toBe(true);
  expect(matchesFilter({ ...any, scenario: 'peak' }, run)).toBe(false);
  expect(matchesFilter({ ...any, verdict: 'PASS' }, run)).toBe(false);
  expect(matchesFilter({ ...any, words: ' B8194 seed ' }, run)).toBe(true);
  expect(matchesFilter({ ...any, words: 'seed nothing' }, run)).toBe(false);
});
