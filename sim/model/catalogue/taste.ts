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
  /** Correlation between what people spend and how dear they like things. */
  spendingCorrelation: 0.8,
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

/** How much a person of this taste spends, a standard normal: whoever likes dear things rather spends more. */
export function drawWealth({ dearness }: Taste, random: Random): number {
  const correlation = TASTE.spendingCorrelation;
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
