// The customers that load is drawn from, as an operator's program asks for them: those of the hot set; where Redis has none or
// does not answer, those that a refresh would choose now, read once for all who ask at the same time.
import { type Cache, type CacheDeps, createCache } from '../cache/cache.ts';
import { CACHE_HEADER, HotCustomers } from '../contract/cache.ts';
import { bearerSecurity, type RequestHook, requireRole } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { problemResponses } from '../platform/http/problems.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { readHotCustomers } from './hot-set-redis.ts';
import { chooseCustomers } from './store.ts';

export type HotCustomersDeps = Omit<CacheDeps<never, never>, 'kind' | 'nameOf' | 'findInHotSet'> & {
  database: Database;
};

/** Adds GET /operator/hot-set/customers. It reads the hot set whatever the policy of product pages is. */
export function registerHotCustomers(
  app: HttpApp,
  { database, ...deps }: HotCustomersDeps,
  authenticate: RequestHook,
): void {
  const size = deps.config.hotSetCustomers;
  const cache: Cache<'all', HotCustomers> = createCache({
    ...deps,
    config: { ...deps.config, cachePolicy: 'worker' },
    kind: 'customer',
    nameOf: String,
    async findInHotSet(redis) {
      const value = await readHotCustomers(redis);
      if (!value?.meta) return null;
      const { refreshedAt, durationMs } = value.meta;
      return { atMs: Date.parse(refreshedAt), untilMs: null, loadMs: durationMs, value };
    },
  });
  app.get(
    '/operator/hot-set/customers',
    {
      onRequest: [authenticate, requireRole('operator')],
      schema: {
        tags: ['operator'],
        security: bearerSecurity,
        response: { 200: HotCustomers, ...problemResponses },
      },
    },
    async (_request, reply) => {
      const { value, outcome } = await cache.read('all', async () => {
        const { customers } = await chooseCustomers(database, size);
        return { meta: null, customers };
      });
      if (outcome !== null) reply.header(CACHE_HEADER, outcome);
      return value ?? { meta: null, customers: [] };
    },
  );
}
