import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BehaviourAnswer, BehaviourReport } from '../contract/behaviour.ts';
import { createBehaviour } from './client/shared/behaviour.ts';
import { cartDeed, deedsOfComing, onProduct } from './client/shared/deeds.ts';
import { readRoute } from './client/shared/route.ts';

let isSignedIn: boolean;
let sent: BehaviourReport[][];
let answer: BehaviourAnswer | 'none';
/** The shop answers when this has come. */
let answering: Promise<void>;
beforeEach(() => {
  vi.useFakeTimers();
  isSignedIn = true;
  sent = [];
  answer = { kind: 'accepted', acceptedCount: 1 };
  answering = Promise.resolve();
});
afterEach(() => void vi.useRealTimers());

const refused = (code: string, retryAfterMs: number | null): BehaviourAnswer => ({
  kind: 'refused',
  code,
  detail: '',
  retryAfterMs,
});
function open() {
  let last = 0;
  return createBehaviour({
    isSignedIn: () => isSignedIn,
    batchMost: 3,
    newId: () => String(++last),
    async send(actions) {
      sent.push(actions);
      await answering;
      if (answer === 'none') throw new Error('no answer');
      return answer;
    },
  });
}
const ids = () => sent.map((batch) => batch.map(({ id }) => id));
const clicks = (count: number) => Array.from({ length: count }, (_, index) => onProduct('click', index + 1));

test('actions gather for a second and go in batches, the next one after the answer', async () => {
  const behaviour = open();
  behaviour.tell(...clicks(2));
  await vi.advanceTimersByTimeAsync(900);
  behaviour.tell(...clicks(2));
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(ids()).toEqual([['1', '2', '3']]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ids()).toEqual([['1', '2', '3'], ['4']]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(2);
});

test('what was not taken for now is sent again under the same ids, what is refused is not', async () => {
  const behaviour = open();
  answer = refused('too-many-requests', 2_500);
  behaviour.tell(...clicks(1));
  await vi.advanceTimersByTimeAsync(1_000);
  answer = 'none';
  await vi.advanceTimersByTimeAsync(2_500);
  answer = refused('invalid-request', null);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ids()).toEqual([['1'], ['1'], ['1']]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(3);
});

test('nothing is told of nobody, and nothing of one customer to the next', async () => {
  const behaviour = open();
  isSignedIn = false;
  behaviour.tell(...clicks(1));
  isSignedIn = true;
  behaviour.tell(...clicks(1));
  behaviour.forget();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
});

test('a page that goes away sends what has gathered at once, and a shop that is away fills no memory', async () => {
  const behaviour = open();
  behaviour.tell(...clicks(1));
  behaviour.flush();
  expect(ids()).toEqual([['1']]);
  await vi.advanceTimersByTimeAsync(0);
  answer = 'none';
  behaviour.tell(...clicks(500));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ids().at(-1)).toEqual(['302', '303', '304']);
});

test('what is done while a batch is on its way waits as long as the shop then says', async () => {
  const behaviour = open();
  const mayAnswer = Promise.withResolvers<void>();
  answering = mayAnswer.promise;
  answer = refused('too-many-requests', 5_000);
  behaviour.tell(...clicks(1));
  await vi.advanceTimersByTimeAsync(1_000);
  behaviour.tell(...clicks(1));
  mayAnswer.resolve();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(ids()).toEqual([['1']]);
  await vi.advanceTimersByTimeAsync(100);
  expect(ids()).toEqual([['1'], ['1', '2']]);
});

test('a page that goes away while a batch is on its way sends all that is not known to have come', async () => {
  const behaviour = open();
  answering = new Promise(() => undefined);
  behaviour.tell(...clicks(2));
  await vi.advanceTimersByTimeAsync(1_000);
  behaviour.tell(...clicks(5));
  behaviour.flush();
  expect(ids()).toEqual([['1', '2'], ['1', '2', '3'], ['4', '5', '6'], ['7']]);
});

const coming = (to: string, from: string | null = null) =>
  deedsOfComing(readRoute(to), from === null ? null : readRoute(from));
const category = { action: 'click', target: { type: 'category', id: 2 } };
const search = { action: 'search', target: { type: 'text', text: '딸기' } };

test('coming to a product, a category or a search is told; another page of the same list is not', () => {
  expect(coming('#/products/7')).toEqual([onProduct('click', 7)]);
  expect(coming('#/products?categoryId=2')).toEqual([category]);
  expect(coming('#/products?categoryId=2&page=2', '#/products?categoryId=2')).toEqual([]);
  expect(coming('#/products?categoryId=2', '#/products/7')).toEqual([category]);
  expect(coming('#/products?search=%20딸기')).toEqual([search]);
  expect(coming('#/products?search=딸기&sort=newest', '#/products?search=딸기')).toEqual([]);
  expect(coming('#/products?search=딸기&categoryId=2', '#/products?search=딸기')).toEqual([category]);
  for (const elsewhere of [
    '#/',
    '#/cart',
    '#/orders/7',
    '#/products',
    '#/products/x',
    '#/products?search=%20',
  ])
    expect(coming(elsewhere)).toEqual([]);
});

test('a change of a line of the cart is told as what it is', () => {
  expect(cartDeed(7, 0, 2)?.action).toBe('cart-create');
  expect(cartDeed(7, 2, 0)?.action).toBe('cart-cancel');
  expect(cartDeed(7, 2, 5)?.action).toBe('cart-modify-plus');
  expect(cartDeed(7, 5, 2)?.action).toBe('cart-modify-minus');
  expect(cartDeed(7, 2, 2)).toBeNull();
});
