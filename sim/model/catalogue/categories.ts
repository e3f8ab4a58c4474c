// The shop's 19 categories (docs/shop-rules.md "Categories"): how often each is bought, in what quantities, at what
// prices, and the words that believable Korean product names are put together from.

import type { Category } from './categories/category.ts';
import { EQUIPMENT } from './categories/equipment.ts';
import { FOOD_AND_SUPPLEMENTS } from './categories/food-and-supplements.ts';
import { HOUSEHOLD_AND_BEAUTY } from './categories/household-and-beauty.ts';
import { OUTINGS } from './categories/outings.ts';
import { WEAR } from './categories/wear.ts';

export type { Category } from './categories/category.ts';

/** By their ids. */
export const CATEGORIES: readonly Category[] = [
  ...HOUSEHOLD_AND_BEAUTY,
  ...FOOD_AND_SUPPLEMENTS,
  ...WEAR,
  ...OUTINGS,
  ...EQUIPMENT,
].sort((a, b) => a.id - b.id);

/** The category with this id; throws when there is none. */
export function categoryOf(id: number): Category {
  const category = CATEGORIES[id - 1];
  if (!category) throw new Error(`There is no category ${id}; ids run from 1 to ${CATEGORIES.length}.`);
  return category;
}
