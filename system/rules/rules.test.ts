// Each of the fifteen rules: given what a person did, when something comes about, then that is what they get.
import { describe, expect, it, test } from 'vitest';
import { COUPON_RULES } from '../contract/notifications.ts';
import { RECOMMENDATION_KINDS } from '../contract/recommendations.ts';
import { BEHAVIOUR_ACTIONS, type BehaviourAction } from '../contract/tables.ts';
import { seenAction } from '../recommendations/lists/seen-action.ts';
import { kindsTouchedBy } from '../recommendations/lists/six-lists.ts';
import { decide } from './decide.ts';
import type { CartLine, Moment, Purchase } from './rule.ts';
import type { RuleAction } from './rule-action.ts';
import { RULES } from './rules.ts';
import { clickedCategory, onProduct, personWho, searched } from './testing.ts';

/** 12:00 in Seoul on a Monday. */
const NOON = Date.parse('2026-03-02T12:00:00+09:00');
const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const FRUIT = 1;
const SOFAS = 2;
const GOLF = 3;

/** What rule `number` gives somebody who did `given`, when `moment` comes about. */
function then(number: number, given: readonly RuleAction[], moment: Moment, atMs = NOON) {
  const rules = RULES.filter((rule) => rule.number === number);
  const decisions = decide(rules, { customerId: 7, person: personWho(...given) }, moment, atMs);
  for (const { rule, target } of decisions)
    if (rule.effect.kind === 'coupon') expect(target.kind).toBe(rule.effect.covers);
  return decisions.map(({ target }) => target);
}
const acted = (action: RuleAction): Moment => ({ kind: 'acted', action });
const line = (productId: number, categoryId: number, costKrw = 1_000): CartLine => ({
  productId,
  categoryId,
  quantity: 2,
  unitPriceKrw: costKrw / 2,
});
const purchase = (totalKrw: number, categoryIds: number[], agoMs = SECOND): Purchase => ({
  orderId: `order-${totalKrw}-${agoMs}`,
  totalKrw,
  placedMs: NOON - agoMs,
  productIds: [],
  categoryIds,
});
const purchased = (...purchases: Purchase[]): Moment => ({
  kind: 'purchased',
  atMs: NOON,
  purchases,
  categoryIds: [FRUIT, SOFAS, GOLF],
});
const fruit = { kind: 'category', categoryId: FRUIT };

describe('1: 3 s on a product’s page without touching the cart', () => {
  it('brings 10 % on that product, once for ever', () => {
    expect(then(1, [], { kind: 'page-rest', productId: 5 })).toEqual([{ kind: 'product', productId: 5 }]);
    expect(RULES[0]).toMatchObject({
      effect: { kind: 'coupon', ratio: 0.1 },
      coolDown: { per: 'target', lasts: 'ever' },
    });
  });
  it('knows who rests where: not whoever touched the cart, went on, searched or ordered', () => {
    const click = onProduct('click', 5, NOON);
    const later = NOON + SECOND;
    expect(personWho(click).viewing()).toEqual({ productId: 5, sinceMs: NOON, hasTouchedCart: false });
    expect(personWho(click, onProduct('hover', 6, later)).viewing()).toMatchObject({ productId: 5 });
    for (const touch of ['cart-create', 'cart-cancel', 'cart-modify-plus', 'cart-modify-minus'] as const)
      expect(personWho(click, onProduct(touch, 5, later)).viewing()?.hasTouchedCart).toBe(true);
    for (const away of [
      clickedCategory(FRUIT, later),
      searched(null, later),
      onProduct('order-create', 5, later),
    ])
      expect(personWho(click, away).viewing()).toBeNull();
    // What was told late does not take anybody back.
    expect(personWho(onProduct('click', 6, later), click).viewing()?.productId).toBe(6);
  });
});

describe('2: three cart lines of one category', () => {
  it('bring 20 % on the category', () => {
    const lines = [line(1, FRUIT), line(2, FRUIT), line(3, FRUIT), line(4, SOFAS)];
    expect(then(2, [], { kind: 'cart-filled', lines })).toEqual([fruit]);
    expect(RULES[1]).toMatchObject({ effect: { ratio: 0.2 } });
  });
  it('bring nothing while they are two', () => {
    const lines = [line(1, FRUIT), line(2, FRUIT), line(4, SOFAS), line(5, SOFAS)];
    expect(then(2, [], { kind: 'cart-filled', lines })).toEqual([]);
  });
});

describe('3: one category clicked 3 times today', () => {
  const clicks = [0, 1, 2].map((index) => clickedCategory(FRUIT, NOON - index * HOUR));
  it('brings 10 % on it', () => {
    expect(then(3, clicks, acted(clicks[0]!))).toEqual([fruit]);
    expect(RULES[2]).toMatchObject({ effect: { ratio: 0.1 } });
  });
  it('does not by the third click of two days, of two categories, or on products', () => {
    const yesterday = clickedCategory(FRUIT, NOON - DAY);
    expect(then(3, [clicks[0]!, clicks[1]!, yesterday], acted(clicks[0]!))).toEqual([]);
    expect(then(3, [clicks[0]!, clicks[1]!, clickedCategory(SOFAS, NOON)], acted(clicks[0]!))).toEqual([]);
    const product = onProduct('click', 9, NOON);
    expect(then(3, [...clicks, product], acted(product))).toEqual([]);
  });
  it('counts days in Seoul, where one ends at 15:00 UTC', () => {
    const midnight = Date.parse('2026-03-01T15:00:00Z');
    const around = [-1, 0, 1].map((minutes) => clickedCategory(FRUIT, midnight + minutes * 60_000));
    expect(then(3, around, acted(around[2]!))).toEqual([]);
    const behind = [0, 1, 2].map((minutes) => clickedCategory(FRUIT, midnight + minutes * 60_000));
    expect(then(3, behind, acted(behind[2]!))).toEqual([fruit]);
  });
  it('counts an action that comes again once', () => {
    expect(then(3, [clicks[0]!, clicks[0]!, clicks[1]!, clicks[1]!], acted(clicks[0]!))).toEqual([]);
  });
});

describe('4: one category clicked 3 times in the same hour of another day', () => {
  const now = clickedCategory(FRUIT, NOON);
  const clicksBefore = (ms: number) =>
    [0, 1, 2].map((minutes) => clickedCategory(FRUIT, NOON - ms + minutes * 60_000));
  it('brings 30 % to whoever clicks it in that hour again', () => {
    expect(then(4, [...clicksBefore(DAY), now], acted(now))).toEqual([fruit]);
    expect(then(4, [...clicksBefore(5 * DAY), now], acted(now))).toEqual([fruit]);
    expect(RULES[3]).toMatchObject({ effect: { ratio: 0.3 } });
  });
  it('does not in another hour, today, or by clicks of several days together', () => {
    expect(then(4, [...clicksBefore(DAY + HOUR), now], acted(now))).toEqual([]);
    expect(then(4, [...clicksBefore(0), now], acted(now))).toEqual([]);
    const spread = [1, 2, 3].map((days) => clickedCategory(FRUIT, NOON - days * DAY));
    expect(then(4, [...spread, now], acted(now))).toEqual([]);
  });
});

describe('5: the category searched most today', () => {
  const search = (categoryId: number | null, agoMs = 0) => searched(categoryId, NOON - agoMs);
  it('brings 10 % on it, one a day', () => {
    const last = search(FRUIT);
    expect(then(5, [search(SOFAS), search(FRUIT, SECOND), last], acted(last))).toEqual([fruit]);
    expect(RULES[4]).toMatchObject({ effect: { ratio: 0.1 }, coolDown: { per: 'person', lasts: 'day' } });
  });
  it('does not while two are level, by one search, yesterday’s, or what finds nothing', () => {
    const last = search(FRUIT);
    expect(then(5, [last], acted(last))).toEqual([]);
    expect(then(5, [search(SOFAS), search(SOFAS, 1), search(FRUIT, 2), last], acted(last))).toEqual([]);
    expect(then(5, [search(FRUIT, DAY), last], acted(last))).toEqual([]);
    const nothing = search(null);
    expect(then(5, [search(null, 1), nothing], acted(nothing))).toEqual([]);
  });
});

describe('6: a purchase of 10,000 KRW or more', () => {
  it('brings 15 % on anything, once for each order', () => {
    expect(then(6, [], purchased(purchase(10_000, [FRUIT])))).toEqual([{ kind: 'all' }]);
    expect(RULES[5]).toMatchObject({ effect: { ratio: 0.15 }, coolDown: { per: 'order' } });
  });
  it('brings nothing again for an order of before midnight after it', () => {
    const midnight = Date.parse('2026-03-03T00:00:00+09:00');
    const [before] = decide(
      RULES.filter(({ number }) => number === 6),
      { customerId: 7, person: personWho() },
      purchased(purchase(10_000, [FRUIT])),
      midnight - SECOND,
    );
    expect(before?.freeAtMs).toBeGreaterThan(midnight + HOUR);
  });
  it('does not below that, or by an order of hours ago', () => {
    expect(then(6, [], purchased(purchase(9_999, [FRUIT]), purchase(50_000, [FRUIT], 2 * HOUR)))).toEqual([]);
  });
});

describe('7–12: the six lists', () => {
  const reports = BEHAVIOUR_ACTIONS.map((action) => ({
    action,
    report: { id: onProduct(action, 5, NOON).id, action, actedAt: new Date(NOON) },
  }));
  const listsOf = (action: RuleAction) =>
    RULES.flatMap(({ number, effect }) =>
      effect.kind === 'list' && then(number, [], acted(action)).length > 0 ? [effect.list] : [],
    );
  it.each(reports)('are made anew by $action as the engine that makes them does it', ({ action, report }) => {
    const isSearch = action === 'search';
    const isCoupon = action.startsWith('coupon-');
    const target = isSearch
      ? ({ type: 'text', text: 'red' } as const)
      : ({ type: isCoupon ? 'coupon' : 'product', id: 5 } as const);
    const made = kindsTouchedBy(seenAction({ ...report, target }, () => FRUIT));
    const one: RuleAction = isSearch
      ? searched(FRUIT, NOON)
      : { ...onProduct(action, 5, NOON), productId: isCoupon ? null : 5 };
    expect(listsOf(one)).toEqual(RECOMMENDATION_KINDS.filter((kind) => made.includes(kind)));
  });
  it('are each of them one rule, with a category clicked too', () => {
    expect(listsOf(clickedCategory(FRUIT, NOON))).toEqual(['category', 'discounts']);
    expect(RULES.slice(6, 12).map(({ effect }) => effect)).toEqual(
      RECOMMENDATION_KINDS.map((list) => ({ kind: 'list', list })),
    );
  });
});

describe('13: a cart untouched for the set time', () => {
  it('brings a reminder and 10 % on its dearest line', () => {
    const lines = [line(1, FRUIT, 8_000), line(2, SOFAS, 90_000), line(3, SOFAS, 4_000)];
    expect(then(13, [], { kind: 'cart-untouched', lines })).toEqual([{ kind: 'product', productId: 2 }]);
    expect(RULES[12]).toMatchObject({ effect: { ratio: 0.1, alert: 'cart-reminder' } });
  });
  it('brings nothing for an empty one', () => {
    expect(then(13, [], { kind: 'cart-untouched', lines: [] })).toEqual([]);
  });
  it('knows when the cart was touched last, whatever was looked at since', () => {
    const touched = onProduct('cart-create', 5, NOON);
    const person = personWho(
      touched,
      onProduct('click', 6, NOON + HOUR),
      onProduct('cart-cancel', 5, NOON - HOUR),
    );
    expect(person.cartTouchedMs()).toBe(NOON);
    expect(personWho(onProduct('click', 6, NOON)).cartTouchedMs()).toBeNull();
  });
});

describe('14: the last 5 purchases in one category', () => {
  const five = Array.from({ length: 5 }, (_, index) => purchase(1_000, [FRUIT], index * DAY));
  it('bring 10 % on another: the one clicked most, else the next', () => {
    const clicks = [clickedCategory(GOLF, NOON), clickedCategory(FRUIT, NOON), clickedCategory(FRUIT, NOON)];
    expect(then(14, clicks, purchased(...five))).toEqual([{ kind: 'category', categoryId: GOLF }]);
    expect(then(14, [], purchased(...five))).toEqual([{ kind: 'category', categoryId: SOFAS }]);
    expect(RULES[13]).toMatchObject({ effect: { ratio: 0.1 } });
  });
  it('bring nothing while they are four, or of two categories', () => {
    expect(then(14, [], purchased(...five.slice(1)))).toEqual([]);
    expect(then(14, [], purchased(purchase(1_000, [FRUIT, SOFAS]), ...five.slice(1)))).toEqual([]);
  });
});

describe('15: fewer than 5 left of a product that is looked at or wished for', () => {
  const seen = (stockCount: number): Moment => ({ kind: 'stock-seen', productId: 5, stockCount });
  it('brings an alert, also when none is left', () => {
    expect(then(15, [], seen(4))).toEqual([{ kind: 'product', productId: 5 }]);
    expect(then(15, [], seen(0))).toEqual([{ kind: 'product', productId: 5 }]);
    expect(RULES[14]).toMatchObject({ effect: { kind: 'alert', alert: 'stock-low' } });
  });
  it('brings nothing while there are 5', () => {
    expect(then(15, [], seen(5))).toEqual([]);
  });
});

describe('cool-downs', () => {
  const first = (moment: Moment, number: number, atMs = NOON) => {
    const [rule] = RULES.filter((one) => one.number === number);
    return decide([rule!], { customerId: 7, person: personWho() }, moment, atMs)[0];
  };
  it('last for ever, or until midnight in Seoul', () => {
    expect(first({ kind: 'page-rest', productId: 5 }, 1)?.freeAtMs).toBe(Number.POSITIVE_INFINITY);
    const low = { kind: 'stock-seen', productId: 5, stockCount: 1 } as const;
    const midnight = Date.parse('2026-03-03T00:00:00+09:00');
    expect(first(low, 15)?.freeAtMs).toBe(midnight);
    expect(first(low, 15, midnight - 1)?.freeAtMs).toBe(midnight);
    expect(first(low, 15, midnight)?.freeAtMs).toBe(midnight + DAY);
  });
  it('are of a person, of a target or of an order', () => {
    expect(first({ kind: 'page-rest', productId: 5 }, 1)?.key).toBe('product:5');
    expect(first({ kind: 'cart-untouched', lines: [line(5, FRUIT)] }, 13)?.key).toBe('any');
    expect(first(purchased(purchase(10_000, [FRUIT])), 6)?.key).toBe('order:order-10000-1000');
  });
});

test('the rules are numbered from 1 to 15, and those that give coupons are the contract’s', () => {
  expect(RULES.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  const withCoupons = RULES.filter(({ effect }) => effect.kind === 'coupon').map(({ name }) => name);
  expect(new Set(withCoupons)).toEqual(new Set(COUPON_RULES));
});

test('what is remembered of a person stays bounded, and the newest is kept', () => {
  const actions: RuleAction[] = [];
  for (let hour = 0; hour < 2_000; hour += 1)
    actions.push(clickedCategory(1 + (hour % 5), NOON + hour * HOUR));
  const person = personWho(...actions);
  const last = NOON + 1_999 * HOUR;
  expect([...person.clicks().values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(240);
  expect(person.clicksOnDay(5, last)).toBeGreaterThan(0);
  const known: BehaviourAction = 'click';
  expect(person.learn({ ...actions.at(-1)!, action: known })).toBe(false);
});
