// The generated baskets: what each person of a history bought over its whole length, of the things that are bought most.
import { generatePeople } from '../../../sim/history/year/habit-year.ts';
import type { HistorySettings } from '../../../sim/history/year/settings.ts';
import { prepareYear } from '../../../sim/history/year/year.ts';
import type { Baskets } from './supermarket-baskets.ts';

export type HistoryBasketsInput = {
  /** A preset whose people buy by habits of their own. */
  settings: HistorySettings;
  /** Only so many products count, those in the most people's baskets: a matrix of all 20,000 has no inverse in a minute. */
  itemCount: number;
  /** People who bought fewer of these products tell nothing of their taste. */
  leastItems: number;
};

/** Makes the history in memory. Items are numbered by how many people bought them, the most bought is 0. */
export function historyBaskets({ settings, itemCount, leastItems }: HistoryBasketsInput): Baskets {
  const year = prepareYear({ ...settings, behaviourRatio: 0 });
  const bought = new Map<number, Set<number>>();
  generatePeople(year, 1, settings.people, 1, {
    person: () => undefined,
    gradeChange: () => undefined,
    action: () => undefined,
    order: ({ customerId, lines }) => {
      const products = bought.get(customerId) ?? new Set();
      for (const { product } of lines) products.add(product.id);
      bought.set(customerId, products);
    },
  });
  const itemOf = mostBought(bought.values(), itemCount);
  const baskets = Array.from(bought.values(), (products) =>
    Array.from(products).flatMap((productId) => itemOf.get(productId) ?? []),
  ).filter((basket) => basket.length >= leastItems);
  return { itemCount: itemOf.size, baskets };
}

/** The place of each of the `count` products that stand in the most baskets. */
function mostBought(baskets: Iterable<ReadonlySet<number>>, count: number): Map<number, number> {
  const basketCounts = new Map<number, number>();
  for (const products of baskets)
    for (const productId of products) basketCounts.set(productId, (basketCounts.get(productId) ?? 0) + 1);
  const best = Array.from(basketCounts)
    .sort(([id, number], [otherId, otherNumber]) => otherNumber - number || id - otherId)
    .slice(0, count);
  return new Map(best.map(([productId], place) => [productId, place]));
}
