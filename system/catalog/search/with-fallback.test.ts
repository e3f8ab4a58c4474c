import { expect, test } from 'vitest';
import type { SearchRequest } from './search-products.ts';
import { searchWithFallback } from './with-fallback.ts';

const request: SearchRequest = { words: ['x'], categoryId: null, sort: 'popular', page: 1, pageSize: 20 };
const answerOf = (page: number) => ({ items: [], page, pageSize: 20, hasNext: false });

function setUp() {
  const state = { isReady: false, isAway: false, nowMs: 0, askedCount: 0, told: [] as string[] };
  const search = searchWithFallback({
    async wanted() {
      state.askedCount += 1;
      if (state.isAway) throw new Error('away');
      return answerOf(1);
    },
    isReady: () => state.isReady,
    isFor: ({ inStock }) => !inStock,
    fallback: async () => answerOf(2),
    onAnswer: (by, failure) => state.told.push(failure === null ? by : `${by}: ${failure}`),
    monotonicMs: () => state.nowMs,
  });
  return {
    state,
    by: async (changes: Partial<SearchRequest> = {}) => (await search({ ...request, ...changes })).page,
  };
}

test('the fallback answers until the wanted one is ready', async () => {
  const { state, by } = setUp();
  expect(await by()).toBe(2);
  state.isReady = true;
  expect(await by()).toBe(1);
  expect(state.told).toEqual(['fallback', 'wanted']);
});

test('a failure is answered by the fallback, and the wanted one is left alone for a second', async () => {
  const { state, by } = setUp();
  Object.assign(state, { isReady: true, isAway: true });
  expect([await by(), await by()]).toEqual([2, 2]);
  expect(state.askedCount).toBe(1);
  expect(state.told).toEqual(['fallback: Error: away', 'fallback: Error: away']);
  Object.assign(state, { isAway: false, nowMs: 1_000 });
  expect(await by()).toBe(1);
});

test('what the wanted one does not know is asked of the fallback, and nothing is told of it', async () => {
  const { state, by } = setUp();
  state.isReady = true;
  expect([await by({ inStock: true }), await by()]).toEqual([2, 1]);
  expect([state.askedCount, state.told]).toEqual([1, ['wanted']]);
});
