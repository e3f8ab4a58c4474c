// What a person likes, by category and price level. Tastes say who buys what and leave alone how often each thing is bought.
import { errorFunction } from 'simple-statistics';
import { createRandom, type Random } from '../chance/random.ts';

/**
 * Ours, calibrated: EASE beats popularity on a generated history by as much as on real baskets (docs/recommenders-quality.md, which
 * has the command).
 */
export const TASTE = {
  /** Of all that people buy or look for, so much follows their taste; the rest is chosen like everybody's. */
  followedRatio: 0.4,
  /** How far a choice by taste lies around the person's places, in shares of all sales: a fifth of the kinds, half of the prices. */
  kindWidth: 0.2,
  priceWidth: 0.5,
  /**
   * Whoever likes things a standard deviation dearer has e to this power times the budget. So much that they buy about as many
   * things as others, and dear things keep their share of all sales.
   */
  budgetLogPerDearness: 0.36,
};

/**
 * A person's places among all sales, each uniform in [0, 1) over all people. `kindPlace` is in the order of the categories, whose
 * neighbours are alike: household, food, wear, outings, equipment. `pricePlace` goes from the cheapest to the dearest.
 */
export type Taste = {
  kindPlace: number;
  pricePlace: number;
  /** The price place as a standard normal. */
  dearness: number;
};

/** The same for the same seed and person, in a dated past as in a live run. */
export function tasteOf(seed: number, personId: number): Taste {
  const random = createRandom(seed, 'taste', personId);
  const dearness = random.normal();
  return { kindPlace: random.uniform(), pricePlace: normalShareBelow(dearness), dearness };
}

/**
 * How much a person of this taste spends, a standard normal over all people.
 * @param peopleSigmaLog the spread of budgets between people, standard deviation of the log; 0 where budgets are all alike
 */
export function drawWealth({ dearness }: Taste, peopleSigmaLog: number, random: Random): number {
  const correlation = Math.min(1, TASTE.budgetLogPerDearness / peopleSigmaLog);
  return correlation * dearness + Math.sqrt(1 - correlation ** 2) * random.normal();
}

/**
 * A place near to one, uniform within `width` around it; what would lie outside of [0, 1) is reflected, so that over all people every
 * place is taken as often. `width` is at most 1.
 */
export function placeNear(place: number, width: number, random: Random): number {
  const near = Math.abs(place + width * (random.uniform() - 0.5));
  return near < 1 ? near : Math.max(0, 2 - near - Number.EPSILON);
}

function normalShareBelow(value: number): number {
  return Math.min(1 - Number.EPSILON, (1 + errorFunction(value / Math.SQRT2)) / 2);
}
