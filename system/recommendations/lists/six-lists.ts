// The six lists, each a pure function of what a person did lately, of the shelves and of what the algorithms have learnt. Where
// that gives too little a list goes on with what is popular in the categories the person cares for, then in the shop.
import type { RecommendationKind } from '../../contract/recommendations.ts';
import { fill, inTurns } from './fill.ts';
import type { SeenAction } from './seen-action.ts';
import type { Shelves } from './shelves.ts';
import { boughtOf, categoriesOf, productsOf } from './taste.ts';

/** What a list is made from. */
export type ListInput = {
  /** The person's newest, oldest first; empty for a stranger. */
  actions: readonly SeenAction[];
  shelves: Shelves;
  /** Products of the person's unused coupons. */
  couponProductIds: readonly number[];
  /** What the products that the person had to do with speak for, best first; empty where few are known. */
  weighed(): readonly number[];
  /** What people of a like taste had to do with, best first. */
  fromAlikePeople(): readonly number[];
  /** What was bought together with these, the newest of them first, best first. */
  boughtWith(productIds: readonly number[]): readonly number[];
  /** What everybody looks at now, best first. */
  trending: readonly number[];
};

export type MakeList = (input: ListInput) => number[];

const VIEWED_COUNTED = 5;
const CATEGORIES_COUNTED = 3;

const popularIn = ({ actions, shelves }: ListInput) => {
  const categories = categoriesOf(actions).slice(0, CATEGORIES_COUNTED);
  return () => categories.flatMap((categoryId) => shelves.popularIn(categoryId));
};
const popular =
  ({ shelves }: ListInput) =>
  () =>
    shelves.popular();

/** The best products of the category that scores best over the newest actions. */
const categoryList: MakeList = (input) =>
  fill(input.shelves, boughtOf(input.actions), popularIn(input), popular(input));

/** What there is a coupon for; without any, what is marked down in the categories that the person cares for. */
const discountsList: MakeList = (input) => {
  const { actions, shelves, couponProductIds } = input;
  const markedDown = () =>
    inTurns(categoriesOf(actions).slice(0, CATEGORIES_COUNTED).map(shelves.markedDownIn));
  return fill(
    shelves,
    boughtOf(actions),
    () => couponProductIds,
    markedDown,
    popularIn(input),
    popular(input),
  );
};

/** What is like the products looked at last, without these. */
const viewedList: MakeList = (input) => {
  const { actions, shelves } = input;
  const viewed = productsOf(actions, VIEWED_COUNTED);
  const alike = () => inTurns(viewed.map(shelves.alike));
  return fill(shelves, new Set(viewed), alike, popularIn(input), popular(input));
};

/** What the person's products speak for; of whom few are known, and behind it, what people of a like taste had to do with. */
const forYouList: MakeList = (input) => {
  const { actions, shelves, weighed, fromAlikePeople } = input;
  const known = new Set(productsOf(actions, actions.length));
  return fill(shelves, known, weighed, fromAlikePeople, popularIn(input), popular(input));
};

const trendingList: MakeList = (input) =>
  fill(input.shelves, new Set(), () => input.trending, popular(input));

/** What others bought with the products that this person had to do with last. */
const boughtTogetherList: MakeList = (input) => {
  const { actions, shelves, boughtWith } = input;
  const newest = productsOf(actions, VIEWED_COUNTED);
  return fill(shelves, new Set(newest), () => boughtWith(newest), popularIn(input), popular(input));
};

export const SIX_LISTS: Readonly<Record<RecommendationKind, MakeList>> = {
  category: categoryList,
  discounts: discountsList,
  viewed: viewedList,
  'for-you': forYouList,
  trending: trendingList,
  'bought-together': boughtTogetherList,
};

/** The lists that an action bears on. Every action moves the newest ones on, which the category's list is made from. */
export function kindsTouchedBy({ action, score, productId }: SeenAction): readonly RecommendationKind[] {
  if (score > 0)
    return productId === null
      ? ['category', 'discounts']
      : ['category', 'discounts', 'viewed', 'for-you', 'trending', 'bought-together'];
  return action === 'coupon-create' || action === 'coupon-use' ? ['category', 'discounts'] : ['category'];
}
