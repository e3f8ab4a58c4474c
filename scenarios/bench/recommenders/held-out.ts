// What a recommender is judged on: of each basket one thing is held out, the others are known, and what it ranks highest among
// all other things must have the one in it.

/** Baskets of at least two things, numbered from 0; nothing stands twice in one. */
export type HeldOut = {
  /** How many things there are. */
  itemCount: number;
  /** What is left of each basket: all that may be learned from. */
  known: number[][];
  /** The thing taken out of each basket. */
  heldOut: number[];
};

/** So long are the lists that count. */
export const LIST_LENGTH = 10;

/** Steps through the places of a basket, so that not always the first is taken (a prime, as published). */
const PLACE_STEP = 7_919;

/** Holds out of basket u the thing at place (u · 7919) mod length, things ascending. Baskets of one thing are left out, but counted. */
export function holdOut(itemCount: number, baskets: readonly (readonly number[])[]): HeldOut {
  const known: number[][] = [];
  const heldOut: number[] = [];
  for (const [number, basket] of baskets.entries()) {
    if (basket.length < 2) continue;
    const ordered = basket.toSorted((a, b) => a - b);
    heldOut.push(...ordered.splice((number * PLACE_STEP) % ordered.length, 1));
    known.push(ordered);
  }
  return { itemCount, known, heldOut };
}

/**
 * `hitRate`: share of baskets with the thing held out in the list of ten. `ndcg`: mean of 1 / log₂(1 + place) of it, 0 where it is
 * not in the list (Järvelin, Kekäläinen 2002, for one thing to be found).
 */
export type Quality = { hitRate: number; ndcg: number };

/** Judges a list for each basket, best first; what stands behind the tenth place does not count. */
export function qualityOf(heldOut: readonly number[], lists: readonly (readonly number[])[]): Quality {
  if (heldOut.length === 0) throw new Error('No thing was held out; needed is one at least.');
  if (lists.length !== heldOut.length)
    throw new Error(`There are ${lists.length} lists; needed is one for each of ${heldOut.length} baskets.`);
  let hitCount = 0;
  let gain = 0;
  for (const [number, item] of heldOut.entries()) {
    const place = (lists[number] ?? []).slice(0, LIST_LENGTH).indexOf(item);
    if (place < 0) continue;
    hitCount += 1;
    gain += 1 / Math.log2(2 + place);
  }
  return { hitRate: hitCount / heldOut.length, ndcg: gain / heldOut.length };
}

/** The ten things of the greatest scores that are not known, the smaller number first where two are the same. */
export function bestUnknown(scores: Float64Array, known: readonly number[]): number[] {
  const left = scores.slice();
  for (const item of known) left[item] = -Infinity;
  const best: number[] = [];
  for (const [item, score] of left.entries()) {
    if (score === -Infinity) continue;
    const lowest = best.at(-1);
    if (best.length === LIST_LENGTH && lowest !== undefined && (left[lowest] ?? 0) >= score) continue;
    if (best.length === LIST_LENGTH) best.pop();
    const place = best.findIndex((other) => (left[other] ?? 0) < score);
    best.splice(place < 0 ? best.length : place, 0, item);
  }
  return best;
}
