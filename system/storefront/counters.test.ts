import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notification } from '../contract/notifications.ts';
import { createCounters } from './client/shared/counters.ts';
import { createNotifications } from './client/shared/notifications.ts';
import { createWishes } from './client/shared/wishes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openCounters() {
  const said: unknown[] = [];
  const counters = createCounters({
    say: { watch: (watch) => said.push(watch), view: (view) => said.push(view) },
    most: { products: 3, coupons: 3 },
  });
  return { counters, said };
}
const watched = (...productIds: number[]) => ({ productIds, couponDefinitionIds: [], shop: false });

test('what comes onto the screen together is watched in one message, once, and no more when it has left', () => {
  const { counters, said } = openCounters();
  const stops = [1, 2, 2].map((productId) => counters.watch({ productId }, () => undefined));
  vi.advanceTimersByTime(50);
  expect(said).toEqual([watched(1, 2)]);
  stops[0]!();
  stops[1]!();
  vi.advanceTimersByTime(50);
  expect(said.at(-1)).toEqual(watched(2));
  stops[2]!();
  counters.watch({ shop: true }, () => undefined);
  counters.watch({ couponDefinitionId: 9 }, () => undefined);
  vi.advanceTimersByTime(50);
  expect(said.at(-1)).toEqual({ productIds: [], couponDefinitionIds: [9], shop: true });
  for (let productId = 1; productId <= 5; productId++) counters.watch({ productId }, () => undefined);
  vi.advanceTimersByTime(50);
  expect(said).toHaveLength(4);
  expect(said.at(-1)).toMatchObject({ productIds: [1, 2, 3] });
});

test('new values are told to whoever shows them, and nothing is known once the connection is gone', () => {
  const { counters } = openCounters();
  const shown: number[] = [];
  for (const productId of [1, 2]) counters.watch({ productId }, () => shown.push(productId));
  counters.hear({ changedMs: null, products: [{ productId: 1, viewing: 2, bought: 5 }], shop: 9 });
  counters.hear({ changedMs: 1, products: [{ productId: 1, viewing: 3 }] });
  expect(counters.ofProduct(1)).toEqual({ viewing: 3, bought: 5 });
  expect([counters.ofProduct(2), counters.inShop(), counters.usedOf(9)]).toEqual([{}, 9, null]);
  expect(shown).toEqual([1, 1]);
  counters.forget();
  expect([counters.ofProduct(1), counters.inShop()]).toEqual([{}, null]);
  expect(shown).toEqual([1, 1, 1, 2]);
});

test('of what has left the screen nothing is known, but what is shown again at once is', () => {
  const { counters } = openCounters();
  const stops = [1, 2].map((productId) => counters.watch({ productId }, () => undefined));
  stops.push(counters.watch({ couponDefinitionId: 9 }, () => undefined));
  const products = [1, 2].map((productId) => ({ productId, viewing: 5 }));
  counters.hear({ changedMs: 1, products, coupons: [{ couponDefinitionId: 9, used: 3 }] });
  for (const stop of stops) stop();
  counters.watch({ productId: 2 }, () => undefined);
  vi.advanceTimersByTime(50);
  expect([counters.ofProduct(1), counters.ofProduct(2), counters.usedOf(9)]).toEqual([
    {},
    { viewing: 5 },
    null,
  ]);
});

test('after each connection all is said again', () => {
  const { counters, said } = openCounters();
  counters.sayAll();
  expect(said).toEqual([]);
  counters.view(7);
  counters.view(7);
  counters.watch({ productId: 1 }, () => undefined);
  vi.advanceTimersByTime(50);
  counters.sayAll();
  expect(said).toEqual([{ productId: 7 }, watched(1), { productId: 7 }, watched(1)]);
});

const notification = (id: string): Notification => ({
  id,
  content: { kind: 'stock-low', productId: 1, productName: '딸기', stockCount: 3 },
  createdAt: '2026-03-02T00:00:00Z',
  readAt: null,
});

function openNotifications() {
  const shown: string[] = [];
  const asked: string[][] = [];
  const state = { answer: (ids: string[]): string[] | null => ids, unread: 1 };
  const notifications = createNotifications({
    isSignedIn: () => true,
    newId: () => 'screen',
    readUnread: async () => state.unread,
    async askToShow({ ids }) {
      asked.push(ids);
      const answer = state.answer(ids);
      if (answer === null) throw new Error('no answer');
      return answer;
    },
    show: ({ id }) => shown.push(id),
    onChange: () => undefined,
  });
  return { notifications, shown, asked, state };
}
const settle = () => vi.advanceTimersByTimeAsync(100);

test('of what comes together only the newest are shown, and only what no other screen has shown', async () => {
  const { notifications, shown, asked, state } = openNotifications();
  for (const id of ['a', 'b', 'c', 'b']) notifications.hear(notification(id));
  await settle();
  expect([asked, shown]).toEqual([[['a', 'b', 'c']], ['b', 'c']]);
  state.answer = () => [];
  notifications.hear(notification('d'));
  notifications.hear(notification('a'));
  await settle();
  expect([asked.at(-1), shown]).toEqual([['d'], ['b', 'c']]);
  expect(notifications.unreadCount()).toBe(1);
  notifications.hearRead(0);
  expect(notifications.unreadCount()).toBe(0);
});

test('without an answer nothing is shown, and what is given again is', async () => {
  const { notifications, shown, state } = openNotifications();
  state.answer = () => null;
  notifications.hear(notification('a'));
  await settle();
  expect(shown).toEqual([]);
  state.answer = (ids) => ids;
  notifications.hear(notification('a'));
  await settle();
  expect(shown).toEqual(['a']);
});

test('wishes are read once for each customer, and again after a change or a failure', async () => {
  let customerId: string | null = null;
  let readCount = 0;
  let isAway = false;
  const wishes = createWishes({
    session: { customerId: () => customerId },
    api: {
      async wishes() {
        readCount += 1;
        if (isAway) throw new Error('no answer');
        return { items: [{ id: 7 }] } as never;
      },
      wish: async () => null,
      unwish: async () => null,
    },
  });
  expect(await wishes.ids()).toBeNull();
  customerId = '1';
  expect([await wishes.ids(), await wishes.ids()]).toEqual([new Set([7]), new Set([7])]);
  expect(readCount).toBe(1);
  await wishes.add(8);
  isAway = true;
  expect(await wishes.ids()).toBeNull();
  isAway = false;
  customerId = '2';
  expect(await wishes.ids()).toEqual(new Set([7]));
  expect(readCount).toBe(3);
});

test('wishes that were read while one of them changed are read again', async () => {
  const changed = Promise.withResolvers<null>();
  let stored = [7];
  const wishes = createWishes({
    session: { customerId: () => '1' },
    api: {
      wishes: async () => ({ items: stored.map((id) => ({ id })) }) as never,
      wish: () => changed.promise,
      unwish: async () => null,
    },
  });
  const adding = wishes.add(8);
  expect(await wishes.ids()).toEqual(new Set([7]));
  stored = [7, 8];
  changed.resolve(null);
  await adding;
  expect(await wishes.ids()).toEqual(new Set([7, 8]));
});

test('whoever follows the wishes hears of them when they are known, and of each change, once it is stored', async () => {
  let stored = [7];
  const wishes = createWishes({
    session: { customerId: () => '1' },
    api: {
      wishes: async () => ({ items: stored.map((id) => ({ id })) }) as never,
      async wish(id) {
        stored = [...stored, id];
        return null;
      },
      async unwish(id) {
        if (id === 8) throw new Error('refused');
        return null;
      },
    },
  });
  const heard: (number[] | null)[] = [];
  const tell = () => heard.push([...(wishes.known() ?? [])]);
  expect(wishes.known()).toBeNull();
  const stops = [wishes.follow(() => tell()), wishes.follow(() => tell())];
  await settle();
  await wishes.add(8);
  expect(wishes.known()).toEqual(new Set([7, 8]));
  await expect(wishes.remove(8)).rejects.toThrow('refused');
  expect(wishes.known()).toEqual(new Set([7, 8]));
  for (const stop of stops) stop();
  await wishes.add(9);
  expect(heard).toEqual([[7], [7], [7, 8], [7, 8]]);
});
