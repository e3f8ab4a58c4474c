// Pure rules of the catalogue: which words a search text has, and which slice of the list a page is.
import {
  MAX_PAGE_SIZE,
  MAX_PRICE_KRW,
  type ProductListQuery,
  type ProductSort,
} from '../contract/catalog.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_SEARCH_WORDS = 8;
/** Must cut text as the database function `product_words` does (ASCII punctuation and white space). */
const BETWEEN_WORDS = /[\s\p{White_Space}!-/:-@[-`{-~]+/u;

export type ListRequest = {
  categoryId: number | null;
  /** In small letters; null = no search. */
  words: readonly string[] | null;
  /** Both ends belong to it; left out: any price. */
  price?: { minKrw: number; maxKrw: number };
  /** Only what can be ordered now. */
  inStock?: true;
  sort: ProductSort;
  page: number;
  pageSize: number;
};

/** The words of a search text, each once and at most eight; they hold no punctuation. */
export function wordsOf(text: string): string[] {
  const words = text.split(BETWEEN_WORDS).filter((word) => word !== '');
  return [...new Set(words)].slice(0, MAX_SEARCH_WORDS);
}

function priceOf({ minPriceKrw, maxPriceKrw }: ProductListQuery): Pick<ListRequest, 'price'> {
  if (minPriceKrw === undefined && maxPriceKrw === undefined) return {};
  return { price: { minKrw: minPriceKrw ?? 0, maxKrw: maxPriceKrw ?? MAX_PRICE_KRW } };
}

/** Fills in what the query leaves open. `nothing` when it searches for punctuation only, which no product has. */
export function listRequest(query: ProductListQuery): ListRequest | 'nothing' {
  // Some keyboards send Korean syllables taken apart.
  const words = query.search === undefined ? null : wordsOf(query.search.normalize('NFC').toLowerCase());
  if (words?.length === 0) return 'nothing';
  return {
    categoryId: query.categoryId ?? null,
    words,
    ...priceOf(query),
    ...(query.inStock && { inStock: true }),
    sort: query.sort ?? 'popular',
    page: query.page ?? 1,
    pageSize: Math.min(query.pageSize ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE),
  };
}
