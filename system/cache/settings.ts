// How product pages and lists are cached: the settings that the catalogue, the orders and the hot set share.
import { CACHE_POLICIES, type CachePolicy } from '../contract/cache.ts';
import { integer, oneOf, type Parsed, type ShopSettings } from '../platform/settings/settings.ts';

export type CacheConfig = Readonly<{
  cachePolicy: CachePolicy;
  cacheSize: number;
  cacheTtlMs: number;
  cacheEarlyRefreshBeta: number;
  cacheWaitMs: number;
  cacheRefreshMs: number;
  hotSetCustomers: number;
}>;

/** Only policies whose entries have an end can renew them before it. */
const WITH_TTL: readonly string[] = ['ttl', 'write-invalidate'];

function beta(text: string, environment: Readonly<Record<string, string | undefined>>): Parsed<number> {
  const value = Number(text);
  if (!/^\d{1,2}(\.\d{1,6})?$/.test(text) || value > 10) return { needed: 'a number from 0 to 10' };
  const policy = environment.CACHE_POLICY || 'none';
  return value === 0 || WITH_TTL.includes(policy)
    ? { value }
    : { needed: `0, because entries of CACHE_POLICY ${policy} do not expire (${WITH_TTL.join(', ')} do)` };
}

export const cacheSettings: ShopSettings<CacheConfig> = {
  cachePolicy: {
    variable: 'CACHE_POLICY',
    fallback: 'none',
    meaning: `how product pages and lists are cached: ${CACHE_POLICIES.join(', ')}`,
    parse: oneOf(CACHE_POLICIES),
  },
  cacheSize: {
    variable: 'CACHE_SIZE',
    fallback: '1000',
    meaning: 'products in the hot set; entries of a kind under read-through and write-invalidate',
    parse: integer(1, 1_000_000),
  },
  cacheTtlMs: {
    variable: 'CACHE_TTL_MS',
    fallback: '50000',
    meaning: 'ms that an entry may be used under ttl and write-invalidate',
    parse: integer(1, 86_400_000),
  },
  cacheEarlyRefreshBeta: {
    variable: 'CACHE_EARLY_REFRESH_BETA',
    fallback: '0',
    meaning:
      'under ttl and write-invalidate: how eagerly entries are renewed before they expire (1 is usual), 0 never',
    parse: beta,
  },
  cacheWaitMs: {
    variable: 'CACHE_WAIT_MS',
    fallback: '50',
    meaning: 'ms that a look-up waits for Redis before the database is asked',
    parse: integer(1, 2_000),
  },
  cacheRefreshMs: {
    variable: 'CACHE_REFRESH_MS',
    fallback: '50000',
    meaning: 'ms between two refreshes of the hot set',
    parse: integer(100, 3_600_000),
  },
  hotSetCustomers: {
    variable: 'HOT_SET_CUSTOMERS',
    fallback: '1000',
    meaning: 'customers in the hot set',
    parse: integer(1, 100_000),
  },
};
