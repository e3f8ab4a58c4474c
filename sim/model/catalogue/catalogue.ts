// Makes the products that a shop starts with: names, prices, stock and how often each is bought.

import { createRandom, type Random } from '../chance/random.ts';
import { CATEGORIES, type Category, categoryOf } from './categories.ts';
import { popularityShares } from './popularity.ts';

const DAY_MS = 24 * 3_600_000;

export type Product = {
  /** 1 … N in order of registration. */
  id: number;
  categoryId: number;
  name: string;
  tags: string[];
  description: string;
  priceKrw: number;
  /** The price or, for inflated ones, the higher price that is shown struck through. */
  listPriceKrw: number;
  stockCount: number;
  soldOut: boolean;
  registeredAtMs: number;
  /** Share of the shop's order lines; all products' shares add up to 1. */
  popularityWeight: number;
  /** How often it was ordered before the data set's instant, in proportion to its popularity. */
  orderCount: number;
};

/** Figures of the catalogue: prices found (docs/shop-rules.md "Prices and stock"), stock and dates ours. */
export const CATALOGUE = {
  /** Price inside the category's range ~ Beta(2, 5), floored to 100 KRW. */
  priceBeta: [2, 5] as [number, number],
  priceStepKrw: 100,
  /** 40 % carry a list price of 1.1 to 1.6 times the price. */
  inflatedRatio: 0.4,
  inflation: [1.1, 1.6] as [number, number],
  /**
   * Ours. Plenty: the product's share of 20 million pieces, at least 5,000: at 2,000 orders a second of 3.4 lines the
   * hottest of 20,000 products (1.3 %) lasts over 20 minutes. Scarce (1–20 pieces) and sold-out products make
   * rejections and the sold-out mark occur; the most popular 0.5 % are neither, so that no rehearsal is decided by them.
   */
  stockTotalCount: 20_000_000,
  stockLeastCount: 5_000,
  scarceRatio: 0.02,
  scarceCount: [1, 20] as [number, number],
  soldOutRatio: 0.01,
  alwaysInStockRatio: 0.005,
  /** Ours: registered over the two years before the data set's instant. */
  registeredWithinDays: 730,
  /** Order lines of the default year (about 65,000 orders of 2.41 to 3.37 lines), which `orderCount` spreads. */
  pastLineCount: 190_000,
};

const BRANDS =
  '하늘담 온새미 다온 늘봄 가온 미르 한빛결 소담 아라 여울 도담 새벽들 나래 라온 초록뜰 바른손길 푸른솔 달빛 은하수 마루 해오름 단비 이든 모아리 산들 별하 누리 참결 고운 두레'.split(
    ' ',
  );

export type CatalogueInput = {
  seed: number;
  productCount: number;
  /** The instant the data set is made for (Date or Unix ms); only `registeredAtMs` depends on it. Default 2026-01-01. */
  asOf?: Date | number;
  /** Other figures than CATALOGUE's. */
  figures?: Partial<typeof CATALOGUE>;
};

/** The products 1 … productCount in order of registration; the same input gives the same products. */
export function generateCatalogue(input: CatalogueInput): Product[] {
  const figures = { ...CATALOGUE, ...input.figures };
  const asOfMs = Number(input.asOf ?? Date.UTC(2026, 0, 1));
  const { seed, productCount } = input;
  const shares = popularityShares(productCount);
  const categoryByRank = spreadCategories(shares, createRandom(seed, 'catalogue', 'categories'));
  const rankById = shuffledRanks(productCount, createRandom(seed, 'catalogue', 'ranks'));
  const registered = registrationTimes(
    productCount,
    asOfMs,
    figures,
    createRandom(seed, 'catalogue', 'dates'),
  );
  const random = createRandom(seed, 'catalogue', 'products');
  return Array.from(rankById, (rank, index): Product => {
    const category = categoryOf(categoryByRank[rank] ?? 1);
    const popularityWeight = shares[rank] ?? 0;
    const rankRatio = (rank + 1) / productCount;
    return {
      id: index + 1,
      categoryId: category.id,
      ...describe(category, random),
      ...price(category, figures, random),
      ...stock(popularityWeight, rankRatio, figures, random),
      registeredAtMs: registered[index] ?? asOfMs,
      popularityWeight,
      orderCount: Math.round(popularityWeight * figures.pastLineCount),
    };
  });
}

/**
 * Gives each rank a category so that, along the ranks, every category's share of sales keeps to its frequency: each
 * rank goes to the category that is furthest behind. A random start makes seeds differ.
 */
function spreadCategories(shares: Float64Array, random: Random): Uint8Array {
  const total = CATEGORIES.reduce((sum, category) => sum + category.frequency, 0);
  const targets = CATEGORIES.map((category) => category.frequency / total);
  const behind = targets.map((target) => random.uniform() * target * 0.02);
  return Uint8Array.from(shares, (share) => {
    let best = 0;
    for (let i = 0; i < targets.length; i += 1) {
      behind[i] = (behind[i] ?? 0) + share * (targets[i] ?? 0);
      if ((behind[i] ?? 0) > (behind[best] ?? 0)) best = i;
    }
    behind[best] = (behind[best] ?? 0) - share;
    return best + 1;
  });
}

/** Ranks 0 … count−1 in a random order (Fisher, Yates): position is the product's id − 1. */
function shuffledRanks(count: number, random: Random): Uint32Array {
  const ranks = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    const swapped = ranks[last] ?? 0;
    ranks[last] = ranks[other] ?? 0;
    ranks[other] = swapped;
  }
  return ranks;
}

function registrationTimes(
  count: number,
  asOfMs: number,
  figures: typeof CATALOGUE,
  random: Random,
): Float64Array {
  const times = Float64Array.from({ length: count }, () =>
    Math.floor(asOfMs - random.uniform() * figures.registeredWithinDays * DAY_MS),
  );
  return times.sort();
}

function describe(category: Category, random: Random): Pick<Product, 'name' | 'tags' | 'description'> {
  const brand = random.pick(BRANDS);
  const quality = random.pick(category.qualities);
  const noun = random.pick(category.nouns);
  const variant = random.pick(category.variants);
  return {
    name: `${brand} ${quality} ${noun} ${variant}`,
    tags: [...new Set([...noun.split(' '), quality, brand])],
    description: `${brand}에서 고른 ${quality} ${noun}입니다. 구성: ${variant}. 분류: ${category.koreanName}.`,
  };
}

function price(category: Category, figures: typeof CATALOGUE, random: Random) {
  const [lowest, highest] = category.priceRangeKrw;
  const floor = (krw: number): number => Math.floor(krw / figures.priceStepKrw) * figures.priceStepKrw;
  const priceKrw = floor(lowest + (highest - lowest) * random.beta(...figures.priceBeta));
  const inflated = random.chance(figures.inflatedRatio);
  const [least, most] = figures.inflation;
  const factor = least + (most - least) * random.uniform();
  return { priceKrw, listPriceKrw: inflated ? floor(priceKrw * factor) : priceKrw };
}

function stock(popularityWeight: number, rankRatio: number, figures: typeof CATALOGUE, random: Random) {
  const plenty = Math.max(figures.stockLeastCount, Math.ceil(popularityWeight * figures.stockTotalCount));
  const fate = random.uniform();
  const scarceCount = random.integer(...figures.scarceCount);
  if (rankRatio <= figures.alwaysInStockRatio) return { stockCount: plenty, soldOut: false };
  if (fate < figures.soldOutRatio) return { stockCount: 0, soldOut: true };
  const scarce = fate < figures.soldOutRatio + figures.scarceRatio;
  return { stockCount: scarce ? scarceCount : plenty, soldOut: false };
}
