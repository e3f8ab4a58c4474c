// The audit through the read-only calls of a shop's owner: people really buy in the small shop of the tests, which has a fault, and
// what it lists and counts afterwards gives it away.
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import { indexItems } from '../../../../sim/adapters/your-shop/items.ts';
import { loadShop } from '../../../../sim/adapters/your-shop/load-shop.ts';
import { connectTo, openShop } from '../../../../sim/adapters/your-shop/open-shop.ts';
import { createGuests } from '../../../../sim/adapters/your-shop/people.ts';
import {
  type FakeShop,
  type Fault,
  fakeItems,
  startFakeShop,
} from '../../../../sim/adapters/your-shop/testing/fake-shop.ts';
import { noMeasures } from '../../../../sim/engine/measuring/measures.ts';
import { createMachineTimeline } from '../../../../sim/engine/timing/timeline.ts';
import { createTasks } from '../../../../sim/generator/your-shop-tasks.ts';
import type { Step } from '../../../../sim/shopper/state/steps.ts';
import { smoke } from '../../../questions/smoke.ts';
import { openYourShop } from '../open.ts';
import type { ShopProcess } from '../shop-process.ts';

const file = fileURLToPath(
  new URL('../../../../sim/adapters/your-shop/testing/fake-shop-adapter.ts', import.meta.url),
);
const deadlines = { httpDeadlineMs: 30_000, outcomeDeadlineMs: 60_000 };
const timeline = createMachineTimeline();
const hooks = { wait: () => Promise.reject(new Error('no webhooks are sent')) };
const common = { timeline, wallMs: Date.now, onBegin: () => undefined };

let shop: FakeShop | null = null;
afterEach(() => shop?.close());

/** One order of each buyer: so many pieces of the first item. */
const BUYERS: readonly number[] = [2, 1];

const stepsOf = (quantity: number): Step[] => [
  { kind: 'set-cart-line', productId: 1, quantity, change: 'cart-create' },
  { kind: 'place-order', lines: [{ productId: 1, quantity }], paymentMethod: 'card' },
  { kind: 'await-outcome' },
  { kind: 'leave', because: 'bought' },
];

/** Everybody buys, one after the other; gives what the audit is told of it. */
async function shopping(url: string, items: ReturnType<typeof fakeItems>): Promise<CheckoutAttempt[]> {
  const attempts: CheckoutAttempt[] = [];
  const settings = { file, url, runId: 'run-1', version: '0.0.0' };
  const reach = { ...common, loaded: await loadShop(file), hooks, settings, deadlines };
  const connections = connectTo(reach);
  let checkoutCount = 0;
  const opened = openShop(
    reach,
    {
      connections,
      items: indexItems(items),
      personOf: createGuests('run-1'),
      newCheckoutId: () => `checkout-${++checkoutCount}`,
    },
    {
      measures: noMeasures,
      attemptedAt: (attemptedAtMs) => ({ attemptedAtMs, phase: 'measure' }),
      onAttempt: (attempt) => void attempts.push(attempt as CheckoutAttempt),
    },
  );
  for (const [index, quantity] of BUYERS.entries()) {
    const visit = opened.openVisit(index + 1);
    for (const step of stepsOf(quantity)) await visit.perform(step, timeline.nowMs());
  }
  opened.close();
  await connections.close();
  return attempts;
}

async function audited(faults: readonly Fault[], stock: number) {
  const started = await startFakeShop({ items: fakeItems(3, stock), faults });
  shop = started;
  const settings = { file, url: started.url, runId: 'run-1', version: '0.0.0' };
  const perform = createTasks({ ...common, post: () => undefined });
  const process: ShopProcess = {
    ask: async (task) => (await perform({ id: 1, settings, deadlines, task })) as never,
  };
  const { discovery } = await process.ask({ kind: 'discover' });
  const opened = await openYourShop(
    {
      met: { settings, discovery, foreign: [], token: '' },
      shop: process,
      itemsFile: 'not read here',
      isSearch: false,
      stop: new AbortController().signal,
    },
    smoke,
  );
  const running = await opened.start({ logFolder: '', generatorHasPriority: false, reachableAt: null });
  const attempts = await shopping(started.url, started.items);
  await running.stop();
  return running.audit(() => attempts);
}

it('finds nothing in a shop that is well, by all of its rules', async () => {
  const findings = await audited([], 100);
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings.map(({ rule, checkedCount }) => `${rule} ${checkedCount}`)).toEqual([
    'ok-orders-are-found-again 2',
    'order-ids-are-unique 2',
    'unknowns-are-looked-up 0',
    'told-orders-are-listed 2',
    'orders-are-somebodys 2',
    'checkouts-make-one-order 2',
    'unheard-checkouts-left-nothing 0',
    'stock-is-never-oversold 3',
    'stock-follows-orders 3',
  ]);
});

it.each<[Fault, number, string[], string]>([
  ['adds-orders', 1_000, ['orders-are-somebodys'], 'order order-1-nobodys with 102 × item-1'],
  ['doubles-orders', 100, ['checkouts-make-one-order'], 'order order-1-again with 2 × item-1 stands, too'],
  ['keeps-rejected', 100, ['unheard-checkouts-left-nothing'], 'was refused, and order order-1'],
  ['oversells', 2, ['stock-is-never-oversold'], 'item-1: 2 in stock before the run, 3 sold'],
  ['miscounts-stock', 100, ['stock-follows-orders'], 'item-1: 100 before the run, 95 left, 3 held'],
  [
    'loses-orders',
    100,
    ['ok-orders-are-found-again', 'told-orders-are-listed'],
    'the shop says that there is none',
  ],
  ['changes-totals', 100, ['ok-orders-are-found-again'], 'comes to 2001; the shopper was shown 2000'],
  [
    'repeats-ids',
    100,
    ['ok-orders-are-found-again', 'order-ids-are-unique', 'checkouts-make-one-order'],
    'checkout checkout-1 was given it, too',
  ],
])('finds that a shop %s', async (fault, stock, rules, words) => {
  const broken = (await audited([fault], stock)).filter(({ ok }) => !ok);
  expect(broken.map(({ rule }) => rule)).toEqual(rules);
  expect(broken.flatMap(({ violations }) => violations).join('\n')).toContain(words);
});
