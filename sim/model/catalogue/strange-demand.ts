// What people want of a shop of which nothing is known but its items: categories by how many items they have, words of the items'
// names, the law of popularity along its lists, and quantities as over all of our own categories.
import type { Random } from '../chance/random.ts';
import { cumulate, draw, weightedChoice } from '../chance/weighted-choice.ts';
import { CATEGORIES } from './categories.ts';
import { createDemandFor, type Demand, firstWord, SEARCH_STEEPNESS, type SearchWord } from './demand.ts';

/** Shorter beginnings of names are no words that anybody searches for. */
const SHORTEST_WORD = 2;

/** Demand among these items, at least one; `categoryId` is any number of the shop's own. */
export function createStrangeDemand(items: readonly { name: string; categoryId: number }[]): Demand {
  const counts = new Map<number, number>();
  for (const { categoryId } of items) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  const words = wordsOf(items);
  const quantities = cumulate(quantityWeights());
  return createDemandFor({
    shopProductCount: items.length,
    categories: Array.from(counts, ([id, frequency]) => ({ id, frequency })),
    drawWord: (random: Random) => draw(words, random),
    drawQuantity: (_categoryId, random) => 1 + random.weighted(quantities),
  });
}

/** First words of names as often as items begin with them, each with the share of all items that have it in their name. */
function wordsOf(items: readonly { name: string }[]) {
  const firstCounts = new Map<string, number>();
  const foundCounts = new Map<string, number>();
  for (const { name } of items) {
    const first = firstWord(name.trim());
    firstCounts.set(first, (firstCounts.get(first) ?? 0) + 1);
    for (const word of new Set(name.split(/\s+/))) foundCounts.set(word, (foundCounts.get(word) ?? 0) + 1);
  }
  const long = [...firstCounts].filter(([text]) => text.length >= SHORTEST_WORD);
  const counted = (long.length > 0 ? long : [...firstCounts]).map(
    ([text, count]): { word: SearchWord; count: number } => ({
      word: {
        text,
        shareOfShop: (foundCounts.get(text) ?? count) / items.length,
        steepness: SEARCH_STEEPNESS,
      },
      count,
    }),
  );
  const choice = weightedChoice(counted, ({ count }) => count);
  return { items: counted.map(({ word }) => word), cumulativeWeights: choice.cumulativeWeights };
}

/** Of all lines of our categories together, so many with 1, 2, 3 … pieces. */
function quantityWeights(): number[] {
  const sums: number[] = [];
  for (const { frequency, quantityWeights: weights } of CATEGORIES) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights.entries())
      sums[index] = (sums[index] ?? 0) + (frequency * weight) / total;
  }
  return sums;
}
