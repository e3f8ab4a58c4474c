// The rules at work, with a clock that is moved by hand and a shop that says what it is told to say.
import { beforeEach, expect, it } from 'vitest';
import type { LoggedAction } from '../behaviour/rules.ts';
import type { LogFilter } from '../behaviour/store/store.ts';
import { actionAt, searchAt } from '../behaviour/testing.ts';
import type { BehaviourEntry } from '../contract/behaviour.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { createAlarms } from './alarms.ts';
import type { Decision } from './decide.ts';
import { createRulesEngine, type RulesEngine } from './engine.ts';
import type { Facts, ProductFact } from './facts.ts';
import { createRecall, learnLately } from './lately.ts';
import { createMoments } from './moments.ts';
import { createPeople } from './people.ts';
import { createRemember } from './remember.ts';
import type { CartLine, Purchase } from './rule.ts';

const MINUTE = 60_000;
const CART_REMINDER_MS = 10 * MINUTE;

let clock: ReturnType<typeof fixedClock>;
let shop: {
  carts: Map<number, CartLine[]>;
  purchases: Map<number, Purchase[]>;
  products: ProductFact[];
  wishers: number[];
};
let logged: BehaviourEntry[];
let given: string[];
let toldOthers: number[];
let isAway: boolean;
let asked: number[][];

const answer = <T>(value: T): Promise<T> =>
  isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve(value);
const of = <T>(from: ReadonlyMap<number, T>, ids: readonly number[]) =>
  new Map([...from].filter(([id]) => ids.includes(id)));

const facts: Facts = {
  carts: (ids) => answer(of(shop.carts, ids)),
  purchases: (ids) => answer(of(shop.purchases, ids)),
  products(ids) {
    if (ids.length > 0) asked.push([...ids]);
    return answer(shop.products.filter(({ productId }) => ids.includes(productId)));
  },
  wishersOf: (ids) => answer(new Map(ids.map((id): [number, number[]] => [id, shop.wishers]))),
  categories: () =>
    answer(
      new Map([
        [1, 'fruit'],
        [2, 'sofas'],
      ]),
    ),
  categoriesOfTexts: (texts) => answer(new Map(texts.map((text) => [text, text === 'apple' ? 1 : 2]))),
};
const log = {
  find: async ({ from }: LogFilter) =>
    isAway
      ? Promise.reject(new Error('the log is away'))
      : [...logged].reverse().filter(({ actedAt }) => from === null || Date.parse(actedAt) >= from.getTime()),
  newestOf: async (ids: readonly number[]) =>
    isAway
      ? Promise.reject(new Error('the log is away'))
      : [...logged].reverse().filter(({ customerId }) => ids.includes(customerId)),
};

function startEngine() {
  const alarms = createAlarms();
  const people = createPeople((customerId) => alarms.cancel(customerId, 'page'));
  const remember = createRemember({ people, alarms, cartReminderMs: CART_REMINDER_MS });
  const lately = { log, facts, people, remember };
  const engine = createRulesEngine({
    people,
    alarms,
    remember,
    recall: createRecall({ ...lately, monotonicMs: clock.monotonicMs, onFailure: () => undefined }),
    facts,
    moments: createMoments({
      facts,
      people,
      alarms,
      tellOthers: ({ productId }) => toldOthers.push(productId),
    }),
    async give(decisions) {
      await answer(undefined);
      given.push(...decisions.map(textOf));
    },
    clock,
  });
  return { engine, lately, learnAll: () => learnLately(lately, clock.now().getTime(), () => true) };
}
const textOf = ({ customerId, rule, key }: Decision) => `${rule.number} for ${customerId}: ${key}`;

let engine: RulesEngine;
beforeEach(() => {
  clock = fixedClock('2026-03-02T12:00:00+09:00');
  shop = { carts: new Map(), purchases: new Map(), products: [], wishers: [] };
  logged = [];
  given = [];
  toldOthers = [];
  asked = [];
  isAway = false;
  engine = startEngine().engine;
});

const did = (
  action: LoggedAction['action'],
  id: number,
  customerId = 1,
  type: 'product' | 'category' = 'product',
) => actionAt(clock.now(), { action, customerId, target: { type, id } });
const take = (...actions: LoggedAction[]) =>
  engine.take(actions.map((action) => ({ customerId: action.customerId, actions: [action], receivedMs: 0 })));
/** Lets time pass as the process does, four ticks a second. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    clock.advance(Math.min(250, ms - passed));
    await engine.tick();
  }
}
const purchase = (totalKrw: number): Purchase => ({
  orderId: 'a',
  totalKrw,
  placedMs: clock.now().getTime(),
  productIds: [9],
  categoryIds: [1],
});

it('gives a coupon to whoever rests on a page, when the page can have told that they do', async () => {
  await take(did('click', 5));
  await pass(4_250);
  expect(given).toEqual([]);
  await pass(500);
  expect(given).toEqual(['1 for 1: product:5']);
  await pass(MINUTE);
  expect(given).toHaveLength(1);
});

it('gives none to whoever touches the cart or goes on, told late or not', async () => {
  await take(did('click', 5, 1), did('click', 5, 2), did('click', 5, 3));
  clock.advance(2_900);
  const touched = did('cart-create', 5, 1);
  const wentOn = did('click', 1, 2, 'category');
  await pass(1_200);
  await take(touched, wentOn);
  await pass(MINUTE);
  expect(given).toEqual(['1 for 3: product:5']);
});

it('looks at a cart that nobody touches, once, and not at one that is touched again', async () => {
  shop.carts.set(1, [{ productId: 5, categoryId: 1, quantity: 1, unitPriceKrw: 100 }]);
  await take(did('cart-create', 5));
  await pass(CART_REMINDER_MS - 1_000);
  await take(did('cart-modify-plus', 5));
  await pass(CART_REMINDER_MS - 1_000);
  expect(given).toEqual([]);
  await pass(1_250);
  expect(given).toEqual(['13 for 1: any']);
  await pass(CART_REMINDER_MS * 2);
  expect(given).toHaveLength(1);
});

it('finds a purchase that is confirmed after it was told', async () => {
  await take(did('order-create', 9));
  expect(given).toEqual([]);
  shop.purchases.set(1, [purchase(20_000)]);
  shop.products = [{ productId: 9, name: 'apple', stockCount: 2 }];
  shop.wishers = [4];
  await pass(3_500);
  expect(given).toEqual(['6 for 1: order:a', '15 for 4: product:9']);
  await pass(MINUTE);
  expect(given).toHaveLength(2);
});

it('alerts those who look at a product and those who wish for it when an order leaves few, and tells other processes', async () => {
  shop.products = [{ productId: 9, name: 'apple', stockCount: 12 }];
  await take(did('click', 9, 1), did('click', 9, 2), did('click', 8, 3));
  shop.products = [{ productId: 9, name: 'apple', stockCount: 4 }];
  shop.wishers = [3, 1];
  await take(did('order-create', 9, 5));
  expect(new Set(given)).toEqual(
    new Set(['15 for 1: product:9', '15 for 2: product:9', '15 for 3: product:9']),
  );
  expect(toldOthers).toEqual([9]);
  given = [];
  await engine.stockFell({ productId: 8, stockCount: 1 });
  expect(given).toEqual(['15 for 3: product:8']);
  expect(toldOthers).toEqual([9]);
});

it('alerts whoever comes right after an order that left few, here or at another process', async () => {
  shop.products = [
    { productId: 8, name: 'pear', stockCount: 12 },
    { productId: 9, name: 'apple', stockCount: 12 },
  ];
  await take(did('click', 8, 1), did('click', 9, 1));
  shop.products = [{ productId: 9, name: 'apple', stockCount: 4 }];
  await take(did('order-create', 9, 5));
  await engine.stockFell({ productId: 8, stockCount: 4 });
  given = [];
  await take(did('click', 8, 2), did('click', 9, 3));
  expect(given).toEqual(['15 for 2: product:8', '15 for 3: product:9']);
});

it('alerts whoever comes to a product of which few are left, and asks for its stock once in 10 s', async () => {
  shop.products = [{ productId: 9, name: 'apple', stockCount: 0 }];
  await take(did('click', 9, 1));
  await take(did('click', 9, 2));
  expect(given).toEqual(['15 for 1: product:9', '15 for 2: product:9']);
  expect(asked).toEqual([[9]]);
  clock.advance(10_001);
  await take(did('click', 9, 3));
  expect(asked).toEqual([[9], [9]]);
});

it('gives for carts, searches and clicks what the rules say', async () => {
  shop.carts.set(
    1,
    [1, 2, 3].map((productId) => ({ productId, categoryId: 2, quantity: 1, unitPriceKrw: 100 })),
  );
  await take(did('cart-create', 3));
  const clicks = [1, 2, 3].map(() => did('click', 1, 2, 'category'));
  await take(...clicks);
  await take(searchAt(clock.now(), 'apple', 3), searchAt(clock.now(), 'apple', 3));
  expect(new Set(given)).toEqual(new Set(['2 for 1: category:2', '3 for 2: category:1', '5 for 3: any']));
});

it('decides the same again when the same comes again, and when an attempt failed', async () => {
  const clicks = [1, 2, 3].map(() => did('click', 1, 1, 'category'));
  await take(...clicks);
  const first = [...given];
  expect(first.length).toBeGreaterThan(0);
  given = [];
  await take(...clicks);
  expect(given).toEqual(first);
  given = [];
  const other = [1, 2, 3].map(() => did('click', 2, 2, 'category'));
  isAway = true;
  await expect(take(...other)).rejects.toThrow('away');
  isAway = false;
  await take(...other);
  expect(given).toContain('3 for 2: category:2');
});

it('looks again at those whose time came while the database was away, where they are by then', async () => {
  await take(did('click', 5, 1), did('click', 6, 2));
  clock.advance(5_000);
  isAway = true;
  await expect(engine.tick()).rejects.toThrow('away');
  isAway = false;
  await take(did('click', 7, 2));
  await pass(2_000);
  expect(given).toEqual(['1 for 1: product:5']);
  await pass(4_000);
  expect(given).toEqual(['1 for 1: product:5', '1 for 2: product:7']);
});

it('reminds nobody of a cart that was touched again while the attempt to look at it failed', async () => {
  shop.carts.set(1, [{ productId: 5, categoryId: 1, quantity: 1, unitPriceKrw: 100 }]);
  await take(did('cart-create', 5));
  clock.advance(CART_REMINDER_MS);
  const { promise, reject } = Promise.withResolvers<never>();
  const { carts } = facts;
  facts.carts = () => promise;
  const attempt = engine.tick();
  facts.carts = carts;
  await take(did('cart-modify-plus', 5));
  reject(new Error('the database is away'));
  await expect(attempt).rejects.toThrow('away');
  await pass(CART_REMINDER_MS - 1_000);
  expect(given).toEqual([]);
  await pass(1_250);
  expect(given).toEqual(['13 for 1: any']);
});

it('counts what is told half an hour late, and gives nothing for it', async () => {
  const old = [1, 2, 3].map(() => did('click', 1, 1, 'category'));
  clock.advance(31 * MINUTE);
  await take(...old);
  expect(given).toEqual([]);
  await take(did('click', 1, 1, 'category'));
  expect(given).toEqual(['3 for 1: category:1']);
});

function entryOf({ id, customerId, action, target, actedAt }: LoggedAction): BehaviourEntry {
  const [targetId, text] = target.type === 'text' ? [null, target.text] : [target.id, null];
  return {
    id,
    customerId,
    action,
    actedAt: actedAt.toISOString(),
    target: { type: target.type, id: targetId, text },
  };
}

it('knows after a start what people did in the last half hour, and what each of them did before once they do something', async () => {
  const yesterday = [0, 1, 2].map((minute) =>
    actionAt(new Date(clock.now().getTime() - 24 * 60 * MINUTE + minute * MINUTE), {
      target: { type: 'category', id: 1 },
    }),
  );
  const cart = did('cart-create', 5, 2);
  shop.carts.set(2, [{ productId: 5, categoryId: 1, quantity: 1, unitPriceKrw: 100 }]);
  const rest = did('click', 5, 3);
  logged = [...yesterday, cart, rest].map(entryOf);
  const started = startEngine();
  engine = started.engine;
  await started.learnAll();
  await pass(5_000);
  expect(given).toEqual(['1 for 3: product:5']);
  given = [];
  const now = did('click', 1, 1, 'category');
  logged.push(entryOf(now));
  await take(now);
  expect(given).toEqual(['4 for 1: category:1']);
  await pass(CART_REMINDER_MS);
  expect(given).toEqual(['4 for 1: category:1', '13 for 2: any']);
});

it('counts what it learnt at its start once, however much it learns of the same person after it', async () => {
  const yesterday = new Date(clock.now().getTime() - 24 * 60 * MINUTE);
  const hovers = Array.from({ length: 190 }, () => actionAt(yesterday, { action: 'hover' }));
  const started = startEngine();
  engine = started.engine;
  logged = [...hovers, did('click', 1, 1, 'category')].map(entryOf);
  await started.learnAll();
  await take(did('click', 1, 1, 'category'));
  expect(given).toEqual([]);
  await take(did('click', 1, 1, 'category'));
  expect(given).toEqual(['3 for 1: category:1']);
});

it('goes on with what it knows where the log does not answer, and recalls people later', async () => {
  const away = { ...log, newestOf: () => Promise.reject(new Error('the log is away')) };
  const alarms = createAlarms();
  const people = createPeople(() => undefined);
  const remember = createRemember({ people, alarms, cartReminderMs: CART_REMINDER_MS });
  const failures: unknown[] = [];
  const deps = { facts, people, remember, monotonicMs: clock.monotonicMs };
  const recall = createRecall({ ...deps, log: away, onFailure: (error) => failures.push(error) });
  await recall([1], clock.now().getTime());
  await recall([1], clock.now().getTime());
  expect(failures).toHaveLength(1);
  expect(people.isRecalled(1)).toBe(false);
  clock.advance(5_001);
  await recall([1], clock.now().getTime());
  expect(failures).toHaveLength(2);
});
