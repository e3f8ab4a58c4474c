// What the catalogue adds to the shop: reading for everybody, through the cache; stock for operators.
import { createProductsChanged } from '../cache/invalidation.ts';
import { type CacheMetrics, createCacheMetrics } from '../cache/metrics.ts';
import { type CacheConfig, cacheSettings } from '../cache/settings.ts';
import type { Feature } from '../platform/features/feature.ts';
import type { ShopSettings } from '../platform/settings/settings.ts';
import { registerCatalogRoutes } from './routes.ts';
import { createPostgresSearch } from './search/postgres-search.ts';

export const catalogFeature = {
  name: 'catalog',
  settings: cacheSettings,
  metrics: createCacheMetrics,
  open({ config, database, clock, log, channels }, metrics) {
    return {
      api({ redis }) {
        const productsChanged = createProductsChanged({ redis: channels, config, log });
        const deps = { config, database, redis, clock, log, metrics, random: Math.random, productsChanged };
        const search = createPostgresSearch(database);
        return {
          routes: (app, authenticate) => registerCatalogRoutes(app, { ...deps, search, authenticate }),
        };
      },
    };
  },
} satisfies Feature<ShopSettings<CacheConfig>, CacheMetrics>;
