// Pure rules of the catalogue: how a search text becomes a query, and which slice of the list a page is.
import { MAX_PAGE_SIZE, type ProductListQuery, type ProductSort } from '../contract/catalog.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_SEARCH_WORDS = 8;
/** Must cut text as the database function `product_words` does (ASCII punctuation and white space). */
const BETWEEN_WORDS = /[\s\p{White_Space}!-/:-@[-`{-~]+/u;

export type ListRequest = {
  categoryId: number | null;
  /** A tsquery in text form, null = no search. */
  search: string | null;
  sort: ProductSort;
  page: number;
  pageSize: number;
};

/** The words of a search text, each once and at most eight; they hold no punctuation. */
export function wordsOf(text: string): string[] {
  const words = text.split(BETWEEN_WORDS).filter((word) => word !== '');
  return [...new Set(words)].slice(0, MAX_SEARCH_WORDS);
}

/**
 * A tsquery that asks for every word of the text as a prefix: `red ap` → `'red':* & 'ap':*`. Words hold no punctuation,
 * so nothing in them can act as tsquery syntax. null when the text has no word at all.
 */
export function searchQuery(text: string): string | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
}

/** Fills in what the query leaves open. `nothing` when it searches for punctuation only, which no product has. */
export function listRequest(query: ProductListQuery): ListRequest | 'nothing' {
  const search = query.search === undefined ? null : searchQuery(query.search);
  if (query.search !== undefined && search === null) return 'nothing';
  return {
    categoryId: query.categoryId ?? null,
    search,
    sort: query.sort ?? 'popular',
    page: query.page ?? 1,
    pageSize: Math.min(query.pageSize ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE),
  };
}
