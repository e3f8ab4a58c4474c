// What a socket may say of its page, and what is made of anything else.
import { expect, test } from 'vitest';
import { createClientLimit } from '../behaviour/client-limit.ts';
import { MAX_WATCHED_COUPONS, MAX_WATCHED_PRODUCTS } from '../contract/counters.ts';
import { followPages, type Pages } from './page-events.ts';

const socket = { id: 'a', personId: 7 };
const idsTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function follow(perSecond = 0) {
  const said: unknown[] = [];
  const refusals: string[] = [];
  let nowMs = 0;
  const pages: Pages = {
    connected: () => undefined,
    disconnected: () => undefined,
    watch: ({ personId }, keys) => void said.push([personId, 'watches', keys.length]),
    view: ({ personId }, key) => void said.push([personId, 'views', key]),
  };
  const { events } = followPages({
    pages,
    limit: createClientLimit(perSecond, () => nowMs),
    metrics: { refused: (code) => refusals.push(code) },
  });
  return {
    said,
    refusals,
    passMs: (ms: number) => (nowMs += ms),
    watch: (payload: unknown) => events['counters:watch']?.(socket, payload),
    view: (payload: unknown) => events['counters:view']?.(socket, payload),
  };
}

test('a page says what it shows and which product it is of', () => {
  const { said, watch, view } = follow();
  const answers = [
    watch({ productIds: idsTo(MAX_WATCHED_PRODUCTS), couponDefinitionIds: [4], shop: true }),
    watch({}),
    view({ productId: 3 }),
    view({ productId: null }),
  ];
  expect(answers).toEqual(answers.map(() => ({ kind: 'accepted' })));
  expect(said).toEqual([
    [7, 'watches', MAX_WATCHED_PRODUCTS * 3 + 2],
    [7, 'watches', 0],
    [7, 'views', 'viewing:3'],
    [7, 'views', null],
  ]);
});

test('anything else is refused and changes nothing: forged numbers, other people, too much, nonsense', () => {
  const { said, refusals, watch, view } = follow();
  const wrongWatches = [
    null,
    7,
    'x',
    [],
    { productIds: 'all' },
    { productIds: [0] },
    { productIds: [-1] },
    { productIds: [1.5] },
    { productIds: ['1'] },
    { productIds: [2 ** 31] },
    { productIds: [1, 1] },
    { productIds: idsTo(MAX_WATCHED_PRODUCTS + 1) },
    { couponDefinitionIds: idsTo(MAX_WATCHED_COUPONS + 1) },
    { productIds: [1], customerId: 8 },
    { shop: 'yes' },
    { shop: true, count: 1_000_000 },
  ];
  const wrongViews = [
    undefined,
    null,
    {},
    3,
    { productId: '3' },
    { productId: -3 },
    { productId: '<img src=x>' },
    { productId: 'shop|9' },
    { productId: 3, viewing: 1_000 },
    { productId: 3, customerId: 8 },
  ];
  for (const payload of wrongWatches)
    expect(watch(payload), JSON.stringify(payload)).toMatchObject({
      kind: 'refused',
      code: 'invalid-request',
    });
  for (const payload of wrongViews)
    expect(view(payload), JSON.stringify(payload)).toMatchObject({
      kind: 'refused',
      code: 'invalid-request',
    });
  expect(said).toEqual([]);
  expect(refusals).toHaveLength(wrongWatches.length + wrongViews.length);
});

test('who says too much has to wait, whatever it is', () => {
  const { said, passMs, watch, view } = follow(1);
  for (let count = 0; count < 4; count += 1) view(null);
  expect(watch({ productIds: [1] })).toMatchObject({ code: 'too-many-requests', retryAfterMs: 1_000 });
  expect(said).toEqual([]);
  passMs(1_000);
  expect(watch({ productIds: [1] })).toEqual({ kind: 'accepted' });
});
