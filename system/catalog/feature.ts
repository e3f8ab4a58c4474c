// What the catalogue adds to the shop: reading for everybody, through the cache; searching; stock for operators.
import type { Registry } from 'prom-client';
import { createProductsChanged } from '../cache/invalidation.ts';
import { type CacheMetrics, createCacheMetrics } from '../cache/metrics.ts';
import { type CacheConfig, cacheSettings } from '../cache/settings.ts';
import { SEARCH_STORES, type SearchStore } from '../contract/processes.ts';
import type { ApiProcess, Feature, ShopProcess } from '../platform/features/feature.ts';
import type { OpenSearchConfig } from '../platform/opensearch/settings.ts';
import { type Environment, oneOf, type Parsed, type ShopSettings } from '../platform/settings/settings.ts';
import { registerCatalogRoutes } from './routes.ts';
import { keepProductIndex } from './search/keep-index.ts';
import { createSearchMetrics, type SearchMetrics } from './search/metrics.ts';
import { openSearchOfProducts } from './search/search.ts';

export type SearchConfig = Readonly<{ searchStore: SearchStore }>;

/** What keeps the behaviour log serves the search too, unless it is said otherwise. */
function searchStoreOf(text: string, { BEHAVIOUR_STORE = '' }: Environment): Parsed<SearchStore> {
  if (text !== '') return oneOf(SEARCH_STORES)(text);
  return { value: BEHAVIOUR_STORE === 'opensearch' ? 'opensearch' : 'postgres' };
}

const settings: ShopSettings<CacheConfig & SearchConfig> = {
  ...cacheSettings,
  searchStore: {
    variable: 'SEARCH_STORE',
    fallback: '',
    meaning: `what answers a search for products: ${SEARCH_STORES.join(', ')}; empty: as BEHAVIOUR_STORE`,
    parse: searchStoreOf,
  },
};

type CatalogMetrics = { cache: CacheMetrics; search: SearchMetrics };

type CatalogProcess = ShopProcess<CacheConfig & SearchConfig & OpenSearchConfig>;

function openApi(process: CatalogProcess, { redis }: ApiProcess, metrics: CatalogMetrics) {
  const { config, database, clock, log, channels } = process;
  const productsChanged = createProductsChanged({ redis: channels, config, log });
  const { search, index } = openSearchOfProducts({ config, database, clock, log, metrics: metrics.search });
  const reading = { config, database, redis, clock, log, metrics: metrics.cache, random: Math.random };
  return { deps: { ...reading, productsChanged, search }, index };
}

export const catalogFeature = {
  name: 'catalog',
  settings,
  metrics: (registry: Registry) => ({
    cache: createCacheMetrics(registry),
    search: createSearchMetrics(registry),
  }),
  open(process, metrics) {
    return {
      api(inApi) {
        const { deps, index } = openApi(process, inApi, metrics);
        return {
          routes: (app, authenticate) => registerCatalogRoutes(app, { ...deps, authenticate }),
          jobs: index === null ? [] : [() => keepProductIndex({ index, log: process.log })],
        };
      },
    };
  },
} satisfies Feature<ShopSettings<CacheConfig & SearchConfig>, CatalogMetrics, OpenSearchConfig>;
