// What the hot set adds to the shop: the cache worker as a role, and the customers of the set for operators.
import { createCacheMetrics } from '../cache/metrics.ts';
import type { CacheConfig } from '../cache/settings.ts';
import { ROLES } from '../contract/roles.ts';
import type { Feature } from '../platform/features/feature.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { registerHotCustomers } from './hot-customers.ts';
import { createHotSetRedis } from './hot-set-redis.ts';
import { createHotSetMetrics, type HotSetMetrics } from './metrics.ts';
import { registerHotSetPage } from './page/page.ts';
import { startHotSetWorker } from './worker.ts';

const WORKER = ROLES.cacheWorker.name;

export const hotSetFeature = {
  name: 'hot-set',
  roles: [ROLES.cacheWorker],
  metrics: createHotSetMetrics,
  open({ config, database, clock, log, health, metrics: { registry } }, metrics) {
    return {
      api({ redis }) {
        const cacheMetrics = createCacheMetrics(registry);
        const deps = { config, database, redis, clock, log, metrics: cacheMetrics, random: Math.random };
        const onFailure = (error: unknown) =>
          log.debug({ err: error }, 'Redis tells no figures of the cache');
        const { cachePolicy } = config;
        return {
          async routes(app, authenticate) {
            registerHotCustomers(app, deps, authenticate);
            await registerHotSetPage(app, { redis, registry, clock, cachePolicy, onFailure });
          },
        };
      },
      roles: {
        [WORKER]() {
          const redis = createRedis({ url: config.redisUrl, keyPrefix: config.redisKeyPrefix, log });
          const worker = startHotSetWorker({
            database,
            redis: createHotSetRedis(redis),
            clock,
            log,
            metrics,
            everyMs: config.cacheRefreshMs,
            customerCount: config.hotSetCustomers,
            productCount: config.cacheSize,
          });
          health.add(WORKER, async () => worker.check());
          return {
            async close() {
              await worker.close();
              await redis.quit().catch(() => redis.disconnect());
            },
          };
        },
      },
    };
  },
} satisfies Feature<Record<never, never>, HotSetMetrics, CacheConfig>;
