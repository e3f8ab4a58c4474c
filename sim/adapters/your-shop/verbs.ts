// The verbs of a shop by name, which of them its visit has, and which it cannot do without.
import type { ShopVisit } from './define-shop.ts';

/** In the order of a visit. */
export const VERBS = [
  'arrive',
  'home',
  'list',
  'search',
  'product',
  'setLine',
  'removeLine',
  'cart',
  'checkout',
  'outcome',
  'order',
  'orders',
  'cancel',
] as const satisfies readonly (keyof ShopVisit)[];

export type VerbName = (typeof VERBS)[number];

/** Without these nobody can buy. */
const NEEDED: readonly VerbName[] = ['product', 'setLine', 'checkout'];

export type VerbsFound = {
  verbs: readonly VerbName[];
  missing: readonly VerbName[];
  lacking: readonly VerbName[];
};

/** Which verbs a visit has; `lacking` are those among the missing ones that nobody can do without. */
export function verbsOf(visit: ShopVisit): VerbsFound {
  const has = (verb: VerbName): boolean => typeof visit[verb] === 'function';
  const missing = VERBS.filter((verb) => !has(verb));
  return {
    verbs: VERBS.filter(has),
    missing,
    lacking: missing.filter((verb) => NEEDED.includes(verb)),
  };
}
