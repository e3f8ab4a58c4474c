// Visits with verbs made for the test, on virtual time: what shoppers see, and what the audit is told of their checkouts.
import { expect, it } from 'vitest';
import { noMeasures } from '../../engine/measuring/measures.ts';
import { createDeadlineQueue } from '../../engine/timing/deadline-queue.ts';
import { createVirtualTimeline } from '../../engine/timing/virtual-timeline.ts';
import type { Step, StepResult } from '../../shopper/state/steps.ts';
import type { CheckoutAttempt } from './attempts.ts';
import type { Http, Item, Outcome, ShopVisit } from './define-shop.ts';
import { createFaultKinds } from './fault.ts';
import { indexItems } from './items.ts';
import { YourShopVisit } from './visit.ts';
import { VisitorHttp } from './visitor-http.ts';
import { createVisitorsHttp } from './visitors-http.ts';

const OUTCOME_DEADLINE_MS = 30_000;

const items: Item[] = [
  { id: 'a', name: 'Lamp', category: 'lamps', price: 10 },
  { id: 'b', name: 'Desk', category: 'desks', price: 20, stock: 3 },
];

/** A visit with these verbs over those of a shop that takes everything. */
function visitOf(verbs: (http: Http) => Partial<ShopVisit>) {
  const timeline = createVirtualTimeline();
  const samples: string[] = [];
  const failures: string[] = [];
  const attempts: CheckoutAttempt[] = [];
  const measures = {
    ...noMeasures,
    sample: (metric: string, _intendedMs: number, ms: number) => void samples.push(`${metric} ${ms}`),
    censored: (metric: string, _intendedMs: number, ms: number) => void samples.push(`${metric} over ${ms}`),
    requestEnded: (_intendedMs: number, end: { ok: boolean; failure?: string }) =>
      void failures.push(end.failure ?? 'none'),
  };
  const http = new VisitorHttp(
    createVisitorsHttp({
      timeline,
      wallMs: () => 0,
      connections: {
        locate: () => new URL('http://127.0.0.1:9'),
        isDeclared: () => true,
        lasting: () => {
          throw new Error('nothing is opened here');
        },
        send: () => Promise.reject(new Error('nothing is sent here')),
        cutOff: () => undefined,
        close: async () => undefined,
      },
      measures,
      deadlineMs: 1_000,
      graphqlPath: '/graphql',
      version: '0',
      runId: 'r',
      tracePrefix: '0'.repeat(16),
    }),
  );
  let checkoutCount = 0;
  const visit = new YourShopVisit(
    {
      timeline,
      measures,
      items: indexItems(items),
      outcomeDeadlineMs: OUTCOME_DEADLINE_MS,
      deadlines: createDeadlineQueue(timeline, OUTCOME_DEADLINE_MS),
      deadlineMs: OUTCOME_DEADLINE_MS,
      kindOf: createFaultKinds('/my-shop.ts'),
      onBegin: () => undefined,
      attemptedAt: (attemptedAtMs) => ({ attemptedAtMs, phase: 'measure' }),
      onAttempt: (attempt) => void attempts.push(attempt as CheckoutAttempt),
      newCheckoutId: () => `c-${++checkoutCount}`,
    },
    {
      personId: 1,
      person: { email: 'g@stampede.example', password: null, name: 'G', columns: {} },
      http,
    },
    {
      product: async () => undefined,
      setLine: async () => undefined,
      checkout: async () => ({ is: 'ok', orderId: 'o-1' }),
      ...verbs(http),
    },
  );
  return {
    timeline,
    samples,
    failures,
    attempts,
    visit,
    perform: (step: Step): Promise<StepResult> => visit.perform(step, timeline.nowMs()),
  };
}

const ORDER: Step = {
  kind: 'place-order',
  lines: [
    { productId: 1, quantity: 2 },
    { productId: 2, quantity: 1 },
  ],
  paymentMethod: 'card',
};
const LEAVE: Step = { kind: 'leave', because: 'bought' };
const shownBy = (result: StepResult) => (result.outcome === 'ok' ? result.shown?.() : undefined);

it('shows what the catalogue knows where there is no verb, and leaves out what it does not know', async () => {
  const { perform } = visitOf(() => ({
    search: async () => ({ items: [{ id: 'b', price: 25 }, { id: 'new' }], hasNext: true }),
  }));
  expect(shownBy(await perform({ kind: 'home' }))).toEqual({
    kind: 'home',
    categoryIds: [1, 2],
    products: [],
  });
  expect(shownBy(await perform({ kind: 'list', categoryId: 2, sort: 'popular', page: 1 }))).toMatchObject({
    products: [{ id: 2, categoryId: 2, priceKrw: 20, soldOut: false }],
    hasNext: false,
  });
  expect(shownBy(await perform({ kind: 'search', text: 'desk', page: 1 }))).toEqual({
    kind: 'products',
    products: [{ id: 2, categoryId: 2, priceKrw: 25, soldOut: false }],
    hasNext: true,
  });
  expect(shownBy(await perform({ kind: 'view-product', productId: 2 }))).toMatchObject({
    product: { id: 2, stockCount: 3 },
  });
});

it('gives the verbs their items and lines, and hands a refusal on', async () => {
  const given: unknown[] = [];
  const { perform, attempts } = visitOf(() => ({
    setLine: async (item, quantity) => {
      given.push([item.id, quantity]);
      return { is: 'rejected', because: 'sold-out' };
    },
    checkout: async (lines) => {
      given.push(lines.map(({ item, quantity }) => [item.id, quantity]));
      return { is: 'rejected', because: 'declined' };
    },
  }));
  const put: Step = { kind: 'set-cart-line', productId: 2, quantity: 4, change: 'cart-create' };
  expect(await perform(put)).toEqual({ outcome: 'refused', reason: 'sold-out' });
  expect(await perform(ORDER)).toEqual({ outcome: 'refused', reason: 'declined' });
  await perform(LEAVE);
  expect(given).toEqual([
    ['b', 4],
    [
      ['a', 2],
      ['b', 1],
    ],
  ]);
  expect(attempts).toMatchObject([
    { end: 'rejected', refusedBecause: 'declined', orderId: null, found: null },
  ]);
});

it('a pending order has the time at which asking for it gave its end', async () => {
  let asked = 0;
  const { perform, attempts, samples, timeline } = visitOf(() => ({
    checkout: async () => ({ is: 'pending', orderId: 'o-9' }),
    outcome: async (orderId): Promise<Outcome> =>
      ++asked < 3 ? { is: 'pending', orderId } : { is: 'ok', orderId, total: 40 },
  }));
  expect(await perform(ORDER)).toEqual({ outcome: 'ok' });
  const outcome = perform({ kind: 'await-outcome' });
  await timeline.runUntil(1_000);
  expect(await outcome).toEqual({ outcome: 'ok' });
  expect(samples).toEqual(['order.accepted 0', 'order.confirmed 500']);
  await perform(LEAVE);
  expect(attempts).toMatchObject([{ end: 'ok', orderId: 'o-9', totalShown: 40, endAfterMs: 500 }]);
});

it('an order that stays pending is unknown, and counts as one that took longer than its deadline', async () => {
  const { perform, attempts, samples, timeline } = visitOf(() => ({
    checkout: async () => ({ is: 'pending', orderId: 'o-9' }),
    order: async (orderId) => ({ orderId, lines: [], state: 'pending' }),
  }));
  await perform(ORDER);
  const outcome = perform({ kind: 'await-outcome' });
  await timeline.runUntil(OUTCOME_DEADLINE_MS + 3_000);
  expect(await outcome).toEqual({ outcome: 'failed' });
  await perform(LEAVE);
  expect(samples).toContain(`order.confirmed over ${OUTCOME_DEADLINE_MS}`);
  expect(attempts).toMatchObject([{ end: 'unknown', orderId: 'o-9' }]);
});

it('an order whose end was waited for in vain is looked up, and not waited for again', async () => {
  let waitedCount = 0;
  const { perform, attempts, timeline } = visitOf(() => ({
    checkout: async () => ({ is: 'pending', orderId: 'o-9' }),
    outcome: () => {
      waitedCount += 1;
      return new Promise(() => undefined);
    },
    order: async (orderId) => ({ orderId, lines: [], total: 40 }),
  }));
  await perform(ORDER);
  const outcome = perform({ kind: 'await-outcome' });
  await timeline.runUntil(OUTCOME_DEADLINE_MS + 1_000);
  expect(await outcome).toEqual({ outcome: 'failed' });
  await perform(LEAVE);
  expect(waitedCount).toBe(1);
  expect(attempts).toMatchObject([{ end: 'ok', endWasLookedUp: true, orderId: 'o-9', found: { total: 40 } }]);
});

it('a visit that is given up while it looks its orders up keeps what it found', async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const { perform, visit, attempts, failures } = visitOf((http) => ({
    order: async (orderId) => {
      // As every request does once the visit is over.
      await http.get('order', '/orders').catch((error: Error) => {
        if (error.message.includes('after the visit')) throw error;
      });
      isAsked();
      await answered;
      return { orderId, lines: [], total: 40 };
    },
  }));
  await perform(ORDER);
  const leaving = perform(LEAVE);
  await asked;
  const abandoning = visit.abandon();
  answer();
  await Promise.all([leaving, abandoning]);
  expect(attempts).toMatchObject([{ end: 'ok', orderId: 'o-1', found: { total: 40 } }]);
  expect(failures).toEqual([]);
});

it('an order that was named before its end was lost is looked up by that name, and not made twice', async () => {
  let count = 0;
  const { perform, attempts } = visitOf((http) => ({
    checkout: async () => {
      count += 1;
      http.orderWillBe('o-3');
      throw new Error('the line broke');
    },
    order: async (orderId) => ({
      orderId,
      total: 40,
      lines: [
        { id: 'a', quantity: 2 },
        { id: 'b', quantity: 1 },
      ],
    }),
  }));
  expect(await perform(ORDER)).toEqual({ outcome: 'failed' });
  expect(await perform(ORDER)).toEqual({ outcome: 'ok' });
  await perform(LEAVE);
  expect(count).toBe(1);
  expect(attempts).toMatchObject([
    {
      end: 'ok',
      endWasLookedUp: true,
      orderId: 'o-3',
      totalShown: 40,
      found: { total: 40, state: 'stands' },
    },
  ]);
});

it('a cart that is ordered again after a lost end has one order, that of the second checkout', async () => {
  let count = 0;
  const { perform, attempts } = visitOf((http) => ({
    checkout: async () => {
      http.orderWillBe('o-3');
      count += 1;
      if (count === 1) throw new Error('the line broke');
      return { is: 'ok', orderId: 'o-3' };
    },
    order: async (orderId) => (count === 1 ? null : { orderId, lines: [] }),
  }));
  await perform(ORDER);
  await perform(ORDER);
  await perform(LEAVE);
  expect(attempts.map(({ end, orderId, refusedBecause }) => [end, orderId, refusedBecause])).toEqual([
    ['rejected', null, 'tried-again'],
    ['ok', 'o-3', null],
  ]);
});

it('a cart that is ordered again has one order, also where that is called otherwise than its cart', async () => {
  let count = 0;
  const { perform, attempts } = visitOf((http) => ({
    checkout: async () => {
      http.orderWillBe('cart-3');
      count += 1;
      if (count === 1) throw new Error('the line broke');
      return { is: 'ok', orderId: 'o-9' };
    },
    order: async () => (count === 1 ? null : { orderId: 'o-9', lines: [] }),
  }));
  await perform(ORDER);
  await perform(ORDER);
  await perform(LEAVE);
  expect(attempts.map(({ end, orderId, refusedBecause }) => [end, orderId, refusedBecause])).toEqual([
    ['rejected', null, 'tried-again'],
    ['ok', 'o-9', null],
  ]);
});

it('a lost order that the shop does not know yet stays unknown', async () => {
  const { perform, attempts, failures } = visitOf((http) => ({
    checkout: async () => {
      http.orderWillBe('o-3');
      throw new Error('the line broke');
    },
    order: async () => null,
  }));
  await perform(ORDER);
  await perform(LEAVE);
  expect(attempts).toMatchObject([{ end: 'unknown', orderId: 'o-3', found: 'missing' }]);
  expect(failures).toHaveLength(1);
});

it.each<[string, Outcome, object]>([
  [
    'ok',
    { is: 'ok', orderId: 'o-3', total: 40 },
    { end: 'ok', endWasLookedUp: true, orderId: 'o-3', totalShown: 40, found: 'missing' },
  ],
  [
    'rejected',
    { is: 'rejected', because: 'declined' },
    { end: 'rejected', endWasLookedUp: true, orderId: null, refusedBecause: 'declined' },
  ],
  ['pending', { is: 'pending', orderId: 'o-3' }, { end: 'unknown', orderId: 'o-3' }],
])('a lost order that is not there is asked for by its outcome, which is %s', async (_, outcome, told) => {
  const { perform, attempts } = visitOf((http) => ({
    checkout: async () => {
      http.orderWillBe('o-3');
      throw new Error('the line broke');
    },
    order: async () => null,
    outcome: async () => outcome,
  }));
  await perform(ORDER);
  await perform(LEAVE);
  expect(attempts).toMatchObject([told]);
});

it('an order whose quantities are text is a fault of the file, and no other order than was asked for', async () => {
  const { perform, attempts, failures } = visitOf(() => ({
    order: async (orderId) => ({ orderId, lines: [{ id: 'a', quantity: '2' as never }] }),
  }));
  await perform(ORDER);
  await perform(LEAVE);
  expect(attempts).toMatchObject([{ end: 'ok', found: null }]);
  expect(failures).toEqual([expect.stringContaining('order gave')]);
});

it('what is taken back is told, and the order looked up after it', async () => {
  let state: 'stands' | 'cancelled' = 'stands';
  const { perform, attempts } = visitOf(() => ({
    cancel: async () => {
      state = 'cancelled';
      return undefined;
    },
    order: async (orderId) => ({ orderId, lines: [], state }),
  }));
  await perform(ORDER);
  await perform({ kind: 'cancel-order' });
  await perform(LEAVE);
  expect(attempts).toMatchObject([{ end: 'ok', cancel: 'accepted', found: { state: 'cancelled' } }]);
});
