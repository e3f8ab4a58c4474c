// What people want of a shop and how far down its lists they go for it: the one law of popularity, told by position. It knows
// no product: a shopper chooses among what is shown to them, and the shop decides what that is.
import type { Random } from '../chance/random.ts';
import { cumulate, draw, type WeightedChoice, weightedChoice } from '../chance/weighted-choice.ts';
import { CATEGORIES, type Category, categoryOf } from './categories.ts';
import { popularityWeight } from './popularity.ts';

/** So many products a page of a list shows, and so many pages of it can be opened. */
export const LIST_PAGE = { size: 20, last: 100 };

/**
 * A list by popularity: the share of the shop's products that it holds, and the power to which the law is raised in it. Words
 * are searched for alike whatever sells best of what they find, so people take the first of them more often than in a category.
 */
export type Listing = { shareOfShop: number; steepness: number };

/** A word that people search for, and the list that it finds. */
export type SearchWord = Listing & { text: string };

/** Ours, set so that all choices together spread as published (calibration.test.ts). */
export const SEARCH_STEEPNESS = 2;

export type Demand = {
  /** A category in proportion to its frequency, among those with these ids; null when none of them is known. */
  drawCategory(categoryIds: readonly number[], random: Random): WantedCategory | null;
  /** The list of a category; throws when there is none. */
  listingOf(categoryId: number): Listing;
  drawWord(random: Random): SearchWord;
  /** The page, from 1, that somebody goes to. */
  drawPage(listing: Listing, random: Random): number;
  /** Weight of the product at `position`, from 1. */
  weightAt(position: number, listing: Listing): number;
  /** How many pieces of a product of this category one line takes. */
  drawQuantity(categoryId: number, random: Random): number;
};

/** A category, and how often things of it are bought in relation to the others. */
export type WantedCategory = { id: number; frequency: number };

/** What is particular to a shop. */
export type Wants = Pick<Demand, 'drawWord' | 'drawQuantity'> & {
  shopProductCount: number;
  categories: readonly WantedCategory[];
};

const TOTAL_FREQUENCY = CATEGORIES.reduce((sum, { frequency }) => sum + frequency, 0);

/** The part of a shop's products, and of its sales, that a category has. */
const shareOf = ({ frequency }: Category): number => frequency / TOTAL_FREQUENCY;

/** Demand in a shop of our categories with so many products. */
export function createDemand(shopProductCount: number): Demand {
  const all = weightedChoice(CATEGORIES, ({ frequency }) => frequency);
  const words = new Map<string, SearchWord>();
  const quantities = new Map<number, Float64Array>();
  return createDemandFor({
    shopProductCount,
    categories: CATEGORIES,
    drawWord(random) {
      const text = firstWord(random.pick(draw(all, random).nouns));
      const known = words.get(text);
      if (known !== undefined) return known;
      const made = { text, shareOfShop: shareFound(text), steepness: SEARCH_STEEPNESS };
      words.set(text, made);
      return made;
    },
    // docs/shop-rules.md "Categories"
    drawQuantity(categoryId, random) {
      const weights = quantities.get(categoryId) ?? cumulate(categoryOf(categoryId).quantityWeights);
      quantities.set(categoryId, weights);
      return 1 + random.weighted(weights);
    },
  });
}

/** Demand in any shop: its categories by their frequency, and the law of popularity along its lists. */
export function createDemandFor({ shopProductCount, categories, drawWord, drawQuantity }: Wants): Demand {
  const total = categories.reduce((sum, { frequency }) => sum + frequency, 0);
  const listings = new Map(
    categories.map(({ id, frequency }): [number, Listing] => [
      id,
      { shareOfShop: frequency / total, steepness: 1 },
    ]),
  );
  const among = new Map<string, WeightedChoice<WantedCategory> | null>();
  const pages = new Map<Listing, Float64Array>();
  let lastAmong: { ids: readonly number[]; choice: WeightedChoice<WantedCategory> | null } | null = null;

  /** The products of a list are spread evenly over the ranks of sales. */
  const weightAt = (position: number, { shareOfShop, steepness }: Listing): number =>
    popularityWeight(0.5 + (position - 0.5) / shareOfShop, shopProductCount) ** steepness;

  function pagesOf(listing: Listing): Float64Array {
    const known = pages.get(listing);
    if (known !== undefined) return known;
    const count = Math.max(1, Math.round(listing.shareOfShop * shopProductCount));
    const weights = new Float64Array(Math.min(LIST_PAGE.last, Math.ceil(count / LIST_PAGE.size)));
    for (let position = 1; position <= Math.min(count, weights.length * LIST_PAGE.size); position += 1) {
      const page = Math.floor((position - 1) / LIST_PAGE.size);
      weights[page] = (weights[page] ?? 0) + weightAt(position, listing);
    }
    const made = cumulate(weights);
    pages.set(listing, made);
    return made;
  }

  function makeChoice(categoryIds: readonly number[]): WeightedChoice<WantedCategory> | null {
    const ids = new Set(categoryIds);
    const shown = categories.filter(({ id }) => ids.has(id));
    return shown.length === 0 ? null : weightedChoice(shown, ({ frequency }) => frequency);
  }

  function choiceAmong(categoryIds: readonly number[]): WeightedChoice<WantedCategory> | null {
    // A shop of hundreds of categories is asked again and again about the same ones.
    if (lastAmong?.ids === categoryIds) return lastAmong.choice;
    const key = categoryIds.join(' ');
    const known = among.get(key);
    const choice = known === undefined ? makeChoice(categoryIds) : known;
    among.set(key, choice);
    lastAmong = { ids: categoryIds, choice };
    return choice;
  }

  return {
    drawCategory(categoryIds, random) {
      const choice = choiceAmong(categoryIds);
      return choice === null ? null : draw(choice, random);
    },
    listingOf(categoryId) {
      const listing = listings.get(categoryId);
      if (listing === undefined) throw new Error(`There is no category ${categoryId}.`);
      return listing;
    },
    drawWord,
    drawPage: (listing, random) => 1 + random.weighted(pagesOf(listing)),
    weightAt,
    drawQuantity,
  };
}

/** What people type of a name. */
export const firstWord = (text: string): string => text.split(' ')[0] ?? text;

/** The share of products with a word that begins so in their name, which is a quality, a noun and a variant of their category. */
function shareFound(word: string): number {
  const ratioOf = (texts: readonly string[]): number =>
    texts.filter((text) => text.split(' ').some((part) => part.startsWith(word))).length / texts.length;
  return CATEGORIES.reduce((sum, category) => {
    const { nouns, qualities, variants } = category;
    const missed = [nouns, qualities, variants].reduce((left, texts) => left * (1 - ratioOf(texts)), 1);
    return sum + shareOf(category) * (1 - missed);
  }, 0);
}
