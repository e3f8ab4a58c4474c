// Product pages and lists as shoppers read them: through the cache, and from the store where it has them not.
import { type Cache, type CacheAnswer, type CacheDeps, createCache } from '../cache/cache.ts';
import { listPlace } from '../cache/list-places.ts';
import { parseEntry } from '../cache/policy.ts';
import { type CacheEntry, HOT_SET_KEYS } from '../contract/cache.ts';
import type { ProductList, ProductSummary, ProductView } from '../contract/catalog.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { ListRequest } from './rules.ts';
import type { SearchProducts } from './search/search-products.ts';
import type { CatalogStore } from './store.ts';

export type CatalogReading = {
  find(productId: number): Promise<CacheAnswer<ProductView>>;
  list(request: ListRequest): Promise<CacheAnswer<ProductList>>;
};

export type CatalogReadingDeps = Omit<CacheDeps<never, never>, 'kind' | 'nameOf' | 'findInHotSet'>;

export type CatalogSources = { store: CatalogStore; search: SearchProducts };

/** @param deps.redis with the shop's key prefix. */
export function createCatalogReading(
  { store, search }: CatalogSources,
  deps: CatalogReadingDeps,
): CatalogReading {
  const products: Cache<number, ProductView> = createCache({
    ...deps,
    kind: 'product',
    nameOf: String,
    findInHotSet: async (redis, productId) =>
      parseEntry<ProductView>(await redis.hget(HOT_SET_KEYS.products, String(productId))),
  });
  const lists: Cache<ListRequest, ProductList> = createCache({
    ...deps,
    kind: 'list',
    nameOf: ({ sort, categoryId, price, inStock, page, pageSize, words }) =>
      `${sort}:${categoryId ?? 'all'}${price ? `:${price.minKrw}-${price.maxKrw}` : ''}${inStock ? ':in-stock' : ''}:${page}:${pageSize}:${words?.join(' ') ?? ''}`,
    findInHotSet: findList,
  });
  function listed({ words, ...request }: ListRequest): Promise<ProductList> {
    return words === null ? store.list({ ...request, words }) : search({ ...request, words });
  }
  return {
    find: (productId) => products.read(productId, () => store.find(productId)),
    list: (request) => lists.read(request, () => listed(request)),
  };
}

/** A page of a list from its places in the hot set, read with one command so that all are of one version. */
async function findList(redis: Redis, request: ListRequest): Promise<CacheEntry<ProductList> | null> {
  const { sort, categoryId, words, price, inStock, page, pageSize } = request;
  if (words !== null || price !== undefined || inStock) return null;
  if (sort !== 'popular' && sort !== 'newest') return null;
  const first = (page - 1) * pageSize;
  const places = Array.from({ length: pageSize + 1 }, (_, index) =>
    listPlace({ sort, categoryId, position: first + index }),
  );
  const texts = await redis.hmget(HOT_SET_KEYS.lists, ...places);
  const items: ProductSummary[] = [];
  for (const text of texts) {
    const entry = parseEntry<ProductSummary | null>(text);
    // A place that the set does not know: only the database can tell.
    if (entry === null) return null;
    const isEnd = entry.value === null;
    if (entry.value !== null && items.length < pageSize) items.push(entry.value);
    else return { ...entry, value: { items, page, pageSize, hasNext: !isEnd } };
  }
  return null;
}
