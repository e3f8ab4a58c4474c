// Draws among items in proportion to weights: the weights are cumulated once, each draw is one bisection.
import type { Random } from './random.ts';

/** Items with their weights cumulated, ready to be drawn from. */
export type WeightedChoice<Item> = { items: readonly Item[]; cumulativeWeights: Float64Array };

/** Running totals of the weights; throws when one is negative or not finite, or when all are 0. */
export function cumulate(weights: Iterable<number>): Float64Array {
  const totals: number[] = [];
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw new Error(`A weight is ${weight}; it must be 0 or more.`);
    total += weight;
    totals.push(total);
  }
  if (!(total > 0)) throw new Error(`The weights add up to ${total}; at least one must be above 0.`);
  return Float64Array.from(totals);
}

/** Prepares a draw among items with the given weights (not necessarily adding up to 1). */
export function weightedChoice<Item>(items: readonly Item[], weightOf: (item: Item) => number) {
  return { items, cumulativeWeights: cumulate(items.map(weightOf)) } satisfies WeightedChoice<Item>;
}

/** Prepares a draw among the keys of a table of weights. */
export function weightedKeys<Key extends string>(
  weights: Readonly<Record<Key, number>>,
): WeightedChoice<Key> {
  return weightedChoice(Object.keys(weights) as Key[], (key) => weights[key]);
}

/** Draws one item, O(log n). */
export function draw<Item>(choice: WeightedChoice<Item>, random: Random): Item {
  return choice.items[random.weighted(choice.cumulativeWeights)] as Item;
}

/**
 * Prepares a draw of an index from many weights given cumulated: gives just what `random.weighted` gives, in constant
 * time on average. A table says for equal steps of the share where to begin to look (Chen, Asau 1974).
 */
export function indexedDraw(cumulativeWeights: Float64Array): (random: Random) => number {
  const count = cumulativeWeights.length;
  const total = cumulativeWeights[count - 1] ?? 0;
  if (!(total > 0)) throw new Error(`Cannot draw by weights whose total is ${total}; it must be above 0.`);
  const starts = new Uint32Array(count);
  for (let step = 0, index = 0; step < count; step += 1) {
    while (index < count - 1 && (cumulativeWeights[index] ?? 0) <= (step / count) * total) index += 1;
    starts[step] = index;
  }
  return (random) => {
    const share = random.uniform();
    const target = share * total;
    let index = starts[Math.floor(share * count)] ?? 0;
    // The step may have been rounded up.
    while (index > 0 && (cumulativeWeights[index - 1] ?? 0) > target) index -= 1;
    while (index < count - 1 && (cumulativeWeights[index] ?? 0) <= target) index += 1;
    return index;
  };
}
