// The search that the settings ask for, and the index that is to be kept for it.
import type { SearchStore } from '../../contract/processes.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import { createOpenSearch } from '../../platform/opensearch/opensearch.ts';
import type { OpenSearchConfig } from '../../platform/opensearch/settings.ts';
import type { Queryable } from '../../platform/postgres/postgres.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { SearchMetrics } from './metrics.ts';
import { createOpenSearchSearch } from './opensearch-search.ts';
import { createPostgresSearch } from './postgres-search.ts';
import { createProductIndex, type ProductIndex } from './product-index.ts';
import type { SearchProducts } from './search-products.ts';
import { searchWithFallback } from './with-fallback.ts';

/** A shopper does not wait longer before PostgreSQL is asked. */
const SEARCH_WITHIN_MS = 1_000;

/**
 * The search by OpenSearch is answered by PostgreSQL while OpenSearch is away or its index is not whole, and where only what is in
 * stock is looked for. `index` null: there is none to keep.
 */
export function openSearchOfProducts(deps: {
  config: OpenSearchConfig & { searchStore: SearchStore };
  database: Queryable;
  clock: Clock;
  log: Log;
  metrics: SearchMetrics;
}): { search: SearchProducts; index: ProductIndex | null } {
  const { config, database, clock, log, metrics } = deps;
  const measured =
    (store: SearchStore, search: SearchProducts): SearchProducts =>
    async (request) => {
      const startedMs = clock.monotonicMs();
      const found = await search(request);
      metrics.answered(store, clock.monotonicMs() - startedMs);
      return found;
    };
  const postgres = measured('postgres', createPostgresSearch(database));
  if (config.searchStore === 'postgres') return { search: postgres, index: null };
  // Their connections open with the first request, are let go when idle and keep no process alive.
  const index = createProductIndex({
    openSearch: createOpenSearch(config.openSearchUrl),
    database,
    prefix: config.openSearchPrefix,
  });
  const openSearch = createOpenSearch(config.openSearchUrl, SEARCH_WITHIN_MS);
  let isFailing = false;
  const search = searchWithFallback({
    wanted: measured('opensearch', createOpenSearchSearch({ openSearch, index: index.name, database })),
    isReady: index.isWhole,
    // The index does not know what is in stock: every order would change it.
    isFor: ({ inStock }) => !inStock,
    fallback: postgres,
    onAnswer(by, failure) {
      if (failure !== null && !isFailing)
        log.warn({ err: failure }, 'OpenSearch does not answer searches, PostgreSQL does');
      isFailing = by === 'fallback' && failure !== null;
    },
    monotonicMs: clock.monotonicMs,
  });
  return { search, index };
}
