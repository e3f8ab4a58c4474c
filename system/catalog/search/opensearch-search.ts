// Product search in OpenSearch: it finds and orders; what a shopper sees of a product is read from PostgreSQL, so that nobody is
// shown a price of before.
import type { ProductSort, ProductSummary } from '../../contract/catalog.ts';
import type { OpenSearch } from '../../platform/opensearch/opensearch.ts';
import type { Queryable } from '../../platform/postgres/postgres.ts';
import { SUMMARY_COLUMNS } from '../columns.ts';
import { allowedErrors, lettersOf } from './near-words.ts';
import type { SearchProducts, SearchRequest } from './search-products.ts';

/** Terms that an error may stand for. */
const NEAR_TERMS_AT_MOST = 200;

const ORDER: Record<ProductSort, object[]> = {
  popular: [{ popularity: 'desc' }, { id: 'desc' }],
  newest: [{ registeredAt: 'desc' }, { id: 'desc' }],
  'price-ascending': [{ priceKrw: 'asc' }, { id: 'asc' }],
  'price-descending': [{ priceKrw: 'desc' }, { id: 'desc' }],
};

/** A word as the beginning of one that a product has, with so many errors at most. */
function wordClause(word: string, errors: number): object {
  const letters = lettersOf(word);
  const allowed = Math.min(errors, allowedErrors(letters));
  const typed = { prefix: { words: { value: word } } };
  if (allowed === 0) return typed;
  const fuzzy = { value: letters, fuzziness: allowed, max_expansions: NEAR_TERMS_AT_MOST };
  return { bool: { should: [typed, { fuzzy: { beginnings: fuzzy } }] } };
}

/** The fewer errors, the higher the score, and nothing else counts for it. */
export function searchBody({ words, categoryId, price, sort, page, pageSize }: SearchRequest): object {
  const most = Math.max(...words.map((word) => allowedErrors(lettersOf(word))));
  const tiers = Array.from({ length: most + 1 }, (_, errors) => ({
    constant_score: {
      boost: most + 1 - errors,
      filter: { bool: { filter: words.map((word) => wordClause(word, errors)) } },
    },
  }));
  return {
    from: (page - 1) * pageSize,
    // One more than the page shows whether there is a next one.
    size: pageSize + 1,
    query: {
      bool: {
        must: { dis_max: { queries: tiers } },
        filter: [
          ...(categoryId === null ? [] : [{ term: { categoryId } }]),
          ...(price ? [{ range: { priceKrw: { gte: price.minKrw, lte: price.maxKrw } } }] : []),
        ],
      },
    },
    sort: ['_score', ...ORDER[sort]],
    _source: false,
    track_total_hits: false,
  };
}

const READ = `SELECT ${SUMMARY_COLUMNS} FROM products WHERE id = ANY ($1) AND deleted_at IS NULL`;

/** @param index of `createProductIndex`. */
export function createOpenSearchSearch(deps: {
  openSearch: OpenSearch;
  index: string;
  database: Queryable;
}): SearchProducts {
  const { openSearch, index, database } = deps;
  return async (request) => {
    const { page, pageSize } = request;
    const { hits } = await openSearch.request<{ hits: { hits: { _id: string }[] } }>(
      'POST',
      `/${index}/_search?filter_path=hits.hits._id,hits.max_score,timed_out`,
      searchBody(request),
    );
    const ids = (hits?.hits ?? []).map(({ _id }) => Number(_id));
    const { rows } = await database.query<ProductSummary>({
      name: 'catalog-found',
      text: READ,
      values: [ids.slice(0, pageSize)],
    });
    const byId = new Map(rows.map((product) => [product.id, product]));
    // One that is gone since it was put into the index is left out.
    const items = ids.flatMap((id) => byId.get(id) ?? []);
    return { items, page, pageSize, hasNext: ids.length > pageSize };
  };
}
