// What a category of the shop is, and how its words are written down.

export type Category = {
  /** 1 … 19, the id in the shop's database. */
  id: number;
  key: string;
  englishName: string;
  /** The name that the shop shows. */
  koreanName: string;
  /** Relative frequency of order lines and of products (found). */
  frequency: number;
  /** Weights in % of quantity 1, 2, 3 … in an order line (found). */
  quantityWeights: readonly number[];
  /** Lowest and highest price in KRW (found). */
  priceRangeKrw: readonly [number, number];
  /** What the things are; single words of them are tags and search texts. */
  nouns: readonly string[];
  /** Properties that stand before the noun. */
  qualities: readonly string[];
  /** Sizes, packs or terms that stand behind it. */
  variants: readonly string[];
};

/** "a, b, c" as a list. */
export const words = (text: string): string[] => text.split(', ');
