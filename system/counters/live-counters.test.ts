// When sockets are told of changes, and how often, on a clock that the test moves.
import { expect, test } from 'vitest';
import { keysOf } from './keys.ts';
import { paceMs } from './pace.ts';
import { createTestCounters } from './testing.ts';

const page = (...productIds: number[]) => keysOf({ productIds });

/** So many people at pages that show the same, who have been told its values. */
async function watching(socketCount: number, keys: readonly string[]) {
  const shop = createTestCounters();
  for (let personId = 1; personId <= socketCount; personId += 1) {
    const socket = { id: String(personId), personId };
    shop.counters.connected(socket);
    shop.counters.watch(socket, keys);
  }
  await shop.beatFor(2_000);
  shop.told.clear();
  return { ...shop, messagesOf: (socket: string) => shop.told.get(socket) ?? [] };
}

test('whatever changes in a second, a socket hears of it four times at most', async () => {
  const { counters, clock, messagesOf } = await watching(1, page(1));
  for (let beat = 0; beat < 20; beat += 1) {
    for (let change = 0; change < 10; change += 1)
      counters.hear(`${clock.monotonicMs()} viewing:1 ${1 + beat * 10 + change}`);
    await counters.beat();
    clock.advance(50);
  }
  expect(messagesOf('1').length).toBe(4);
});

test('of 3,000 viewers each gets one message with the newest value, and it is encoded for many at once', async () => {
  const { counters, told, encodedCount, beatFor } = await watching(3_000, page(1));
  const before = encodedCount();
  for (let change = 1; change <= 100; change += 1) counters.hear(`5 viewing:1 ${change}`);
  await beatFor(50);
  expect(told.size).toBe(3_000);
  const products = [{ productId: 1, viewing: 100 }];
  for (const messages of told.values()) expect(messages).toEqual([{ changedMs: 5, products }]);
  expect(encodedCount() - before).toBe(12);
  // Many sockets are told less often, and still within a second of the change.
  counters.hear('60 viewing:1 101');
  await beatFor(350);
  expect(told.get('1')).toHaveLength(1);
  await beatFor(50);
  expect(told.get('3000')?.at(-1)).toMatchObject({ changedMs: 60, products: [{ viewing: 101 }] });
});

test('the pace is 250 ms for few and never slower than 400 ms', () => {
  expect([0, 1, 1_000, 1_500, 3_000, 50_000].map(paceMs)).toEqual([250, 250, 250, 375, 400, 400]);
});

test('all changes of a page come in one message', async () => {
  const { counters, clock, messagesOf } = await watching(1, [...page(1, 2, 3), ...keysOf({ shop: true })]);
  counters.hear('40 viewing:1 1 viewing:2 2 bought:3 3');
  counters.hear('30 shop 9');
  counters.hear('20 viewing:4 9');
  await counters.beat();
  clock.advance(50);
  expect(messagesOf('1')).toEqual([
    {
      changedMs: 30,
      products: [
        { productId: 1, viewing: 1 },
        { productId: 2, viewing: 2 },
        { productId: 3, bought: 3 },
      ],
      shop: 9,
    },
  ]);
});

test('a socket that takes nothing is given nothing more, and everything when it does', async () => {
  const { counters, busy, beatFor, messagesOf } = await watching(2, page(1));
  busy.add('1');
  for (let change = 1; change <= 5; change += 1) {
    counters.hear(`${change} viewing:1 ${change}`);
    await beatFor(1_000);
  }
  expect(messagesOf('1')).toEqual([]);
  expect(messagesOf('2')).toHaveLength(5);
  busy.clear();
  await beatFor(250);
  const product = { productId: 1, viewing: 5, bought: 0, inCart: 0 };
  expect(messagesOf('1')).toEqual([{ changedMs: 1, products: [product] }]);
});

test('a page that is left is told of no more', async () => {
  const { counters, beatFor, messagesOf } = await watching(2, page(1));
  counters.watch({ id: '1', personId: 1 }, page(2));
  counters.disconnected({ id: '2', personId: 2 });
  counters.hear('5 viewing:1 8');
  await beatFor(500);
  expect(messagesOf('1').flatMap(({ products = [] }) => products.map(({ productId }) => productId))).toEqual([
    2,
  ]);
  expect(messagesOf('2')).toEqual([]);
});
