// Puts a list together from sources of which each is only asked where those before it did not suffice.
import { MAX_RECOMMENDED_PRODUCTS } from '../../contract/recommendations.ts';
import type { Shelves } from './shelves.ts';

/** The first products of these sources that can be shown, each once, none of `without`; a full list where there are enough. */
export function fill(
  shelves: Pick<Shelves, 'isShown'>,
  without: ReadonlySet<number>,
  ...sources: readonly (() => Iterable<number>)[]
): number[] {
  const list = new Set<number>();
  for (const source of sources) {
    if (list.size === MAX_RECOMMENDED_PRODUCTS) break;
    for (const productId of source()) {
      if (!without.has(productId) && shelves.isShown(productId)) list.add(productId);
      if (list.size === MAX_RECOMMENDED_PRODUCTS) break;
    }
  }
  return [...list];
}

/** The first of each, then the second of each, and so on. */
export function* inTurns(lists: readonly (readonly number[])[]): Iterable<number> {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let place = 0; place < longest; place++)
    for (const list of lists) {
      const one = list[place];
      if (one !== undefined) yield one;
    }
}
