// Tells the cache that products have changed, where its policy listens: after the commit, in whichever process it was.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { invalidateLeased } from './lru-policies.ts';
import type { CacheConfig } from './settings.ts';

/** Never throws: an invalidation that is lost leaves the entry until it expires. */
export type ProductsChanged = (productIds: readonly number[]) => void;

/** @param deps.redis without key prefix. */
export function createProductsChanged(deps: {
  redis: Redis;
  config: Pick<CacheConfig, 'cachePolicy'> & { redisKeyPrefix: string };
  log: Log;
}): ProductsChanged {
  const { redis, config, log } = deps;
  if (config.cachePolicy !== 'write-invalidate') return () => undefined;
  let areLost = false;
  return (productIds) => {
    const names = [...new Set(productIds)].map(String);
    invalidateLeased(redis, config.redisKeyPrefix, 'product', names).then(
      () => {
        areLost = false;
      },
      (error) => {
        if (!areLost)
          log.warn({ err: error }, 'cached products could not be invalidated; they live their time');
        areLost = true;
      },
    );
  };
}
