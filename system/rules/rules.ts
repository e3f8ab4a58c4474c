// The fifteen rules of the shop (docs/shop-rules.md), as one table. Each is pure: what has come about goes in, what it speaks for
// comes out. Where the shop's rules leave a figure open it is in CHOSEN.
import type { BehaviourTarget } from '../contract/behaviour.ts';
import type { RecommendationKind } from '../contract/recommendations.ts';
import { seenAction } from '../recommendations/lists/seen-action.ts';
import { kindsTouchedBy } from '../recommendations/lists/six-lists.ts';
import type { PersonView } from './person.ts';
import type { CartLine, CoolDown, Effect, Purchase, Rule, Target, Wanted } from './rule.ts';
import type { RuleAction } from './rule-action.ts';

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** A page is looked at for so long, as the shop assumes. */
export const PAGE_REST_MS = 3_000;
const LINES_OF_ONE_CATEGORY = 3;
const CLICKS_ON_ONE_CATEGORY = 3;
const PURCHASE_KRW = 10_000;
const PURCHASES_OF_ONE_CATEGORY = 5;
const FEW_LEFT = 5;

const CHOSEN = {
  /** One search alone says nothing of what is searched most. */
  searchesAtLeast: 2,
  productCouponMs: DAY_MS,
  categoryCouponMs: 7 * DAY_MS,
  couponForAllMs: 30 * DAY_MS,
  /** An order that was placed longer ago is none that somebody has just placed. */
  purchaseIsFreshMs: HOUR_MS,
} as const;

const VALID_FOR_MS: Record<Target['kind'], number> = {
  product: CHOSEN.productCouponMs,
  category: CHOSEN.categoryCouponMs,
  all: CHOSEN.couponForAllMs,
};
const coupon = (ratio: number, covers: Target['kind']): Effect => ({
  kind: 'coupon',
  ratio,
  covers,
  validForMs: VALID_FOR_MS[covers],
  alert: 'coupon-issued',
});
const once: CoolDown = { per: 'target', lasts: 'ever' };
const onceADay: CoolDown = { per: 'target', lasts: 'day' };
const oneADay: CoolDown = { per: 'person', lasts: 'day' };

const category = (categoryId: number): Wanted => ({ target: { kind: 'category', categoryId } });
const product = (productId: number): Wanted => ({ target: { kind: 'product', productId } });

const list = (number: number, kind: RecommendationKind, condition: string): Rule => ({
  number,
  name: `list-${kind}`,
  condition,
  effect: { kind: 'list', list: kind },
  coolDown: { per: 'person', lasts: 'none' },
  on: 'acted',
  wants: (_, { action }) => (listsTouchedBy(action).includes(kind) ? [{ target: { kind: 'all' } }] : []),
});

export const RULES: readonly Rule[] = [
  {
    number: 1,
    name: 'lingering-on-product',
    condition: '3 s on a product’s page without touching the cart',
    effect: coupon(0.1, 'product'),
    coolDown: once,
    on: 'page-rest',
    wants: (_, { productId }) => [product(productId)],
  },
  {
    number: 2,
    name: 'cart-of-one-category',
    condition: '3 or more lines of one category in the cart',
    effect: coupon(0.2, 'category'),
    coolDown: onceADay,
    on: 'cart-filled',
    wants: (_, { lines }) => categoriesWithLines(lines, LINES_OF_ONE_CATEGORY).map(category),
  },
  {
    number: 3,
    name: 'category-clicked-today',
    condition: 'one category clicked 3 times today',
    effect: coupon(0.1, 'category'),
    coolDown: onceADay,
    on: 'acted',
    wants: (person, { action }) =>
      ifClicked(action, (clicked, atMs) => person.clicksOnDay(clicked, atMs) >= CLICKS_ON_ONE_CATEGORY),
  },
  {
    number: 4,
    name: 'category-clicked-before',
    condition: 'one category clicked that was clicked 3 times in the same hour of another day',
    effect: coupon(0.3, 'category'),
    coolDown: onceADay,
    on: 'acted',
    wants: (person, { action }) =>
      ifClicked(
        action,
        (clicked, atMs) => person.clicksInHourOfOtherDay(clicked, atMs) >= CLICKS_ON_ONE_CATEGORY,
      ),
  },
  {
    number: 5,
    name: 'category-searched-most',
    condition: 'the category searched more often today than every other, 2 times at least',
    effect: coupon(0.1, 'category'),
    coolDown: oneADay,
    on: 'acted',
    wants: (person, { action }) =>
      action.action === 'search' ? searchedMost(person.searchesOnDay(action.actedMs)).map(category) : [],
  },
  {
    number: 6,
    name: 'purchase',
    condition: 'a purchase of 10,000 KRW or more',
    effect: coupon(0.15, 'all'),
    coolDown: { per: 'order', lasts: 'ever' },
    on: 'purchased',
    wants: (_, { purchases, atMs }) =>
      purchases
        .filter(({ placedMs }) => atMs - placedMs < CHOSEN.purchaseIsFreshMs)
        .filter(({ totalKrw }) => totalKrw >= PURCHASE_KRW)
        .map(({ orderId }) => ({ target: { kind: 'all' }, orderId })),
  },
  list(7, 'category', 'any action'),
  list(8, 'discounts', 'a hover, a click, something into the cart, an order, a coupon got or used'),
  list(9, 'viewed', 'a product hovered over, clicked, put into the cart or ordered'),
  list(10, 'for-you', 'a product hovered over, clicked, put into the cart or ordered'),
  list(11, 'trending', 'a product hovered over, clicked, put into the cart or ordered'),
  list(12, 'bought-together', 'a product hovered over, clicked, put into the cart or ordered'),
  {
    number: 13,
    name: 'untouched-cart',
    condition: 'a cart untouched for `RULES_CART_REMINDER_MINUTES`; its dearest line',
    effect: {
      kind: 'coupon',
      ratio: 0.1,
      covers: 'product',
      validForMs: CHOSEN.productCouponMs,
      alert: 'cart-reminder',
    },
    coolDown: oneADay,
    on: 'cart-untouched',
    wants: (_, { lines }) => dearestOf(lines).map(({ productId }) => product(productId)),
  },
  {
    number: 14,
    name: 'purchases-of-one-category',
    condition: 'the last 5 purchases all in one category; another one',
    effect: coupon(0.1, 'category'),
    coolDown: oneADay,
    on: 'purchased',
    wants: (person, { purchases, categoryIds }) =>
      onlyCategoryOf(purchases).flatMap((only) => otherThan(only, categoryIds, person).map(category)),
  },
  {
    number: 15,
    name: 'low-stock',
    condition: 'fewer than 5 left of a product that is looked at or wished for',
    effect: { kind: 'alert', alert: 'stock-low' },
    coolDown: onceADay,
    on: 'stock-seen',
    wants: (_, { productId, stockCount }) => (isFewLeft(stockCount) ? [product(productId)] : []),
  },
];

export const isFewLeft = (stockCount: number): boolean => stockCount < FEW_LEFT;

/** As the engine that makes the lists sees it, of products that it knows. */
function listsTouchedBy({ id, action, actedMs, productId, categoryId }: RuleAction) {
  const target: BehaviourTarget =
    productId !== null
      ? { type: 'product', id: productId }
      : action === 'search' || categoryId === null
        ? { type: 'text', text: '' }
        : { type: 'category', id: categoryId };
  return kindsTouchedBy(seenAction({ id, action, target, actedAt: new Date(actedMs) }, () => 0));
}

function ifClicked(
  { action, actedMs, categoryId }: RuleAction,
  isEnough: (categoryId: number, atMs: number) => boolean,
): Wanted[] {
  return action === 'click' && categoryId !== null && isEnough(categoryId, actedMs)
    ? [category(categoryId)]
    : [];
}

function categoriesWithLines(lines: readonly CartLine[], least: number): number[] {
  const byCategory = Map.groupBy(lines, ({ categoryId }) => categoryId);
  return [...byCategory].filter(([, own]) => own.length >= least).map(([categoryId]) => categoryId);
}

/** The one that is ahead of all others; none where two are level. */
function searchedMost(searches: ReadonlyMap<number, number>): number[] {
  const [first, second] = [...searches].sort(([, one], [, other]) => other - one);
  if (first === undefined || first[1] < CHOSEN.searchesAtLeast || first[1] === second?.[1]) return [];
  return [first[0]];
}

/** By what a line costs; of equal ones the first. */
function dearestOf(lines: readonly CartLine[]): CartLine[] {
  const costOf = ({ quantity, unitPriceKrw }: CartLine) => quantity * unitPriceKrw;
  return [...lines].sort((one, other) => costOf(other) - costOf(one)).slice(0, 1);
}

/** The category that the newest five are all of; none where there are fewer. */
function onlyCategoryOf(purchases: readonly Purchase[]): number[] {
  const newest = purchases.slice(0, PURCHASES_OF_ONE_CATEGORY);
  const categories = [...new Set(newest.flatMap(({ categoryIds }) => categoryIds))];
  return newest.length === PURCHASES_OF_ONE_CATEGORY && categories.length === 1 ? categories : [];
}

/** The one that the person clicked most; where they clicked none, the next of the shop's, and behind the last the first. */
function otherThan(only: number, categoryIds: readonly number[], person: PersonView): number[] {
  const others = categoryIds.filter((categoryId) => categoryId !== only).sort((one, other) => one - other);
  const clicks = person.clicks();
  const clicked = others
    .filter((categoryId) => clicks.has(categoryId))
    .sort((one, other) => (clicks.get(other) ?? 0) - (clicks.get(one) ?? 0));
  const next = others.find((categoryId) => categoryId > only) ?? others[0];
  return [clicked[0] ?? next].flatMap((found) => found ?? []);
}
