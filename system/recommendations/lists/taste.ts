// What a person's newest actions say: which categories they care for, what they looked at, what they have bought.
import type { SeenAction } from './seen-action.ts';

/** Categories by their scores, best first, the one of the newest action first where two are the same. */
export function categoriesOf(actions: readonly SeenAction[]): number[] {
  const scores = new Map<number, number>();
  for (const { categoryId, score } of actions.toReversed())
    if (categoryId !== null && score > 0) scores.set(categoryId, (scores.get(categoryId) ?? 0) + score);
  return [...scores].sort((one, other) => other[1] - one[1]).map(([categoryId]) => categoryId);
}

/** Products that an action with a score was about, newest first, each once; at most `count`. */
export function productsOf(actions: readonly SeenAction[], count: number): number[] {
  const products = new Set<number>();
  for (const { productId, score } of actions.toReversed()) {
    if (productId !== null && score > 0) products.add(productId);
    if (products.size === count) break;
  }
  return [...products];
}

/** What nobody needs to be shown again: products in orders of theirs. */
export function boughtOf(actions: readonly SeenAction[]): Set<number> {
  const bought = new Set<number>();
  for (const { action, productId } of actions)
    if (action === 'order-create' && productId !== null) bought.add(productId);
  return bought;
}
