import { expect, test } from 'vitest';
import { keysOf } from './keys.ts';
import { createWatches, type Watches } from './watches.ts';

const page = (...productIds: number[]) => keysOf({ productIds });

/** What each socket was told, in turn; of all pages is known what will be. */
function toldBy(watches: Watches): Record<string, unknown[]> {
  watches.ready(watches.opened());
  const told: Record<string, unknown[]> = {};
  for (const { socketIds, changed } of watches.take())
    for (const id of socketIds) told[id] = [...(told[id] ?? []), changed];
  return told;
}

test('only what nobody watched before is to be asked for', () => {
  const watches = createWatches();
  expect(watches.watch('a', page(1))).toEqual(['viewing:1', 'bought:1', 'inCart:1']);
  expect(watches.watch('b', page(1, 2))).toEqual(['viewing:2', 'bought:2', 'inCart:2']);
  expect(watches.watch('a', page(2))).toEqual([]);
  expect(watches.watch('a', keysOf({ shop: true, couponDefinitionIds: [4] }))).toEqual(['coupon:4', 'shop']);
  expect(watches.isWatched('viewing:1')).toBe(true);
  watches.watch('b', []);
  expect([...watches.keys()]).toEqual(['coupon:4', 'shop']);
  expect(watches.socketCount()).toBe(1);
});

test('a socket is told all that is known of its page, once, and then what changes, in one message', () => {
  const watches = createWatches();
  watches.watch('a', page(1, 2));
  expect(toldBy(watches)).toEqual({});
  watches.set('viewing:1', 3, null);
  expect(toldBy(watches)).toEqual({ a: [{ changedMs: null, products: [{ productId: 1, viewing: 3 }] }] });
  watches.watch('b', page(1));
  expect(toldBy(watches)).toEqual({ b: [{ changedMs: null, products: [{ productId: 1, viewing: 3 }] }] });
  watches.set('viewing:1', 4, 20);
  watches.set('bought:2', 9, 10);
  expect(toldBy(watches)).toEqual({
    a: [
      {
        changedMs: 10,
        products: [
          { productId: 1, viewing: 4 },
          { productId: 2, bought: 9 },
        ],
      },
    ],
    b: [{ changedMs: 20, products: [{ productId: 1, viewing: 4 }] }],
  });
  expect(toldBy(watches)).toEqual({});
});

test('pages that show different things and hear the same share the message', () => {
  const watches = createWatches();
  const [one, other] = [keysOf({ productIds: [1], shop: true }), keysOf({ productIds: [2], shop: true })];
  for (const [id, keys] of Object.entries({ a: one, b: other, c: page(2) })) watches.watch(id, keys);
  watches.ready(watches.opened());
  watches.take();
  watches.set('shop', 6, 9);
  expect(watches.take()).toEqual([{ socketIds: ['a', 'b'], changed: { changedMs: 9, shop: 6 } }]);
  watches.set('shop', 7, 20);
  watches.set('viewing:2', 3, 10);
  expect(watches.take()).toEqual([
    { socketIds: ['a'], changed: { changedMs: 20, shop: 7 } },
    { socketIds: ['b'], changed: { changedMs: 10, shop: 7, products: [{ productId: 2, viewing: 3 }] } },
    { socketIds: ['c'], changed: { changedMs: 10, products: [{ productId: 2, viewing: 3 }] } },
  ]);
});

test('a page that is new is told once, when what it shows was asked for', () => {
  const watches = createWatches();
  watches.watch('a', page(1));
  watches.set('viewing:1', 3, null);
  expect(watches.take()).toEqual([]);
  const opened = watches.opened();
  watches.set('bought:1', 5, null);
  watches.watch('b', page(1));
  watches.ready(opened);
  const all = { changedMs: null, products: [{ productId: 1, viewing: 3, bought: 5 }] };
  expect(watches.take()).toEqual([{ socketIds: ['a'], changed: all }]);
  // Turned to another page meanwhile: that one has not been asked for.
  const before = watches.opened();
  watches.watch('b', page(1, 2));
  watches.ready(before);
  watches.set('viewing:1', 4, 7);
  expect(watches.take().map(({ socketIds }) => socketIds)).toEqual([['a']]);
  watches.ready(watches.opened());
  expect(watches.take()).toMatchObject([
    { socketIds: ['b'], changed: { products: [{ viewing: 4, bought: 5 }] } },
  ]);
});

test('sockets of pages that show the same share one message', () => {
  const watches = createWatches();
  for (let index = 0; index < 50; index += 1) watches.watch(`one ${index}`, page(1, 2));
  for (let index = 0; index < 50; index += 1) watches.watch(`other ${index}`, page(2));
  watches.ready(watches.opened());
  watches.set('viewing:2', 100, 5);
  expect(watches.take().map(({ socketIds }) => socketIds.length)).toEqual([50, 50]);
  watches.set('viewing:1', 7, 6);
  expect(watches.take().map(({ socketIds }) => socketIds.length)).toEqual([50]);
});

test('a value that is the same again is not told', () => {
  const watches = createWatches();
  watches.watch('a', page(1));
  watches.set('viewing:1', 3, null);
  toldBy(watches);
  watches.set('viewing:1', 4, 1);
  watches.set('viewing:1', 3, 2);
  expect(toldBy(watches)).toEqual({});
  // What comes after it is told with its own time.
  watches.set('viewing:1', 5, 9);
  expect(toldBy(watches)).toEqual({ a: [{ changedMs: 9, products: [{ productId: 1, viewing: 5 }] }] });
});

test('who missed a message is told everything next time, with the time of what they missed', () => {
  const watches = createWatches();
  watches.watch('a', page(1));
  watches.watch('slow', page(1));
  watches.set('viewing:1', 3, null);
  toldBy(watches);
  watches.set('viewing:1', 4, 10);
  const [message] = watches.take();
  watches.missed('slow', message!.changed);
  watches.missed('gone', message!.changed);
  watches.set('bought:1', 8, 30);
  expect(toldBy(watches)).toEqual({
    a: [{ changedMs: 30, products: [{ productId: 1, bought: 8 }] }],
    slow: [{ changedMs: 10, products: [{ productId: 1, viewing: 4, bought: 8 }] }],
  });
  expect(toldBy(watches)).toEqual({});
});

test('what nobody watches any more is forgotten, and what the next page shows too is kept', () => {
  const watches = createWatches();
  watches.watch('a', page(1, 2));
  for (const key of page(1, 2)) watches.set(key, 5, null);
  toldBy(watches);
  expect(watches.watch('a', page(2))).toEqual([]);
  const products = [{ productId: 2, viewing: 5, bought: 5, inCart: 5 }];
  expect(toldBy(watches)).toEqual({ a: [{ changedMs: null, products }] });
  watches.set('viewing:1', 6, 1);
  expect(watches.watch('a', page(1))).toEqual(page(1));
  expect(toldBy(watches)).toEqual({});
  watches.watch('a', []);
  expect(watches.socketCount()).toBe(0);
});
