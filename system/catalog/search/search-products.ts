// Finding products by a text that may hold typing errors: one function type, an implementation for each kind of store.
import type { ProductList } from '../../contract/catalog.ts';
import type { ListRequest } from '../rules.ts';

/** Words of one to eight, without punctuation, in small letters. */
export type SearchRequest = ListRequest & { words: readonly string[] };

/**
 * A page of the products that have every word, as the beginning of a word of their name or tags. Those that have them as they are
 * typed come first, then those with one error in a word, then with two; each in the order that is asked for.
 */
export type SearchProducts = (request: SearchRequest) => Promise<ProductList>;
