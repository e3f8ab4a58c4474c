import { expect, it } from 'vitest';
import type { RecommendationPage } from '../contract/recommendations.ts';
import { createListTurns } from './client/shared/list-turns.ts';

const PAGE_COUNT = 3;
const madeAt = (made: number) => `2026-03-02T10:00:0${made}Z`;

function pageOf(page: number, made = 1): RecommendationPage {
  const product = { categoryId: 1, name: 'apple', priceKrw: 1, listPriceKrw: 1, soldOut: false, image: '' };
  return {
    kind: 'for-you',
    items: [{ id: 1 + page, ...product }],
    page: page % PAGE_COUNT,
    pageCount: PAGE_COUNT,
    reflectsActionId: null,
    madeAt: madeAt(made),
  };
}

function world() {
  const state = { isHeld: false, isPaused: false, isAway: false, made: 1 };
  const shown: string[] = [];
  const asked: number[] = [];
  const turns = createListTurns(pageOf(0), {
    async read(page) {
      asked.push(page);
      if (state.isAway) throw new Error('the shop does not answer');
      return pageOf(page, state.made);
    },
    show: (read) => shown.push(`${read.page} of ${read.madeAt?.slice(-2, -1)}`),
    isHeld: () => state.isHeld,
    isPaused: () => state.isPaused,
  });
  return { state, shown, asked, turns };
}

it('pages follow each other and begin again', async () => {
  const { shown, turns } = world();
  for (let one = 0; one < 4; one++) await turns.tick();
  expect(shown).toEqual(['1 of 1', '2 of 1', '0 of 1', '1 of 1']);
});

it('nothing moves while somebody looks closely, and what is new comes when they have left', async () => {
  const { state, shown, asked, turns } = world();
  state.isHeld = true;
  await turns.tick();
  state.made = 2;
  await turns.renew(madeAt(1));
  await turns.renew(madeAt(2));
  expect(asked).toEqual([]);
  state.isHeld = false;
  await turns.tick();
  await turns.tick();
  expect(shown).toEqual(['0 of 2', '1 of 2']);
});

it('a page that was read when somebody began to look closely is not shown', async () => {
  const { state, shown, turns } = world();
  const reading = turns.tick();
  state.isHeld = true;
  await reading;
  expect(shown).toEqual([]);
  await turns.next();
  expect(shown).toEqual(['1 of 1']);
});

it('the list that is shown is not shown anew', async () => {
  const { shown, turns } = world();
  await turns.tick();
  await turns.renew(madeAt(1));
  await turns.tick();
  expect(shown).toEqual(['1 of 1', '2 of 1']);
});

it('where pages are paused a new list is shown all the same', async () => {
  const { state, shown, turns } = world();
  state.isPaused = true;
  await turns.tick();
  await turns.renew(madeAt(2));
  await turns.next();
  expect(shown).toEqual(['0 of 1', '1 of 1']);
});

it('a shop that does not answer leaves what is shown, and is asked again for what is new', async () => {
  const { state, shown, turns } = world();
  state.isAway = true;
  await turns.renew(madeAt(2));
  await expect(turns.next()).rejects.toThrow('does not answer');
  state.isAway = false;
  await turns.tick();
  expect(shown).toEqual(['0 of 1']);
});
