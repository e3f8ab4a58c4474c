// The cache of hot customers and products as outsiders see it: its policies with the staleness each declares, where the hot
// set lies in Redis, and what an answer tells of its way.
import Type, { type Static } from 'typebox';
import { CustomerStatus, Gender, Grade, Id, Instant } from './common.ts';

/** How product pages and lists are read; `none`: from the database each time. */
export const CACHE_POLICIES = [
  'none',
  'worker',
  'read-through',
  'redis-lru',
  'ttl',
  'write-invalidate',
] as const;
export type CachePolicy = (typeof CACHE_POLICIES)[number];

/** What is cached: a product page, a page of a list, the customers that load is drawn from. */
export const CACHE_KINDS = ['product', 'list', 'customer'] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];

/**
 * How long an answer may lag behind the database at most: `none` not at all; a setting, in ms, by its variable; or for ever
 * (until the entry is evicted).
 */
export type Staleness = 'none' | 'CACHE_TTL_MS' | 'CACHE_REFRESH_MS' | 'unbounded';

/**
 * Staleness by policy and case. `usual` holds while Redis answers and the cache worker's refreshes succeed, but for the
 * duration of a load, a refresh or an invalidation under way; `worst` when it does not: a failed refresh keeps the old set, a
 * lost invalidation leaves the entry until it expires.
 */
export const CACHE_STALENESS: Record<CachePolicy, { usual: Staleness; worst: Staleness }> = {
  none: { usual: 'none', worst: 'none' },
  worker: { usual: 'CACHE_REFRESH_MS', worst: 'unbounded' },
  'read-through': { usual: 'unbounded', worst: 'unbounded' },
  'redis-lru': { usual: 'unbounded', worst: 'unbounded' },
  ttl: { usual: 'CACHE_TTL_MS', worst: 'CACHE_TTL_MS' },
  // Product pages; a list is not invalidated and lives its time.
  'write-invalidate': { usual: 'none', worst: 'CACHE_TTL_MS' },
};

/** Header of answers that may come from the cache; left out under policy `none`. */
export const CACHE_HEADER = 'x-cache';
/** `hit`: from the cache. `miss`: from the database. `bypass`: from the database, because Redis is away or slow. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass';
/** Header of a hit: ms since its answer was read from the database, by the shop's clock. */
export const CACHE_AGE_HEADER = 'x-cache-age-ms';

/** Given: shares of the hot set; where one pool is short the other fills up. */
export const HOT_SET = { count: 1_000, customersWithOrdersRatio: 0.6, popularProductsRatio: 0.7 } as const;

/**
 * Redis keys of the hot set behind REDIS_KEY_PREFIX. All four are replaced in one step, so whoever reads several of them in
 * one MULTI sees one version. Hashes: `users` and `products` are id → JSON (HotCustomer; CacheEntry of a ProductView),
 * `lists` is the name of a place in a list → JSON, `meta` holds HotSetMeta as one JSON in its field `set`.
 */
export const HOT_SET_KEYS = {
  users: 'cache:users',
  products: 'cache:products',
  lists: 'cache:lists',
  meta: 'cache:meta',
} as const;

/** What is stored of a cached answer. Instants are the shop's, in Unix ms. */
export type CacheEntry<Value> = {
  /** When it was read from the database. */
  atMs: number;
  /** Until when it may be used; null: no limit. */
  untilMs: number | null;
  /** How long reading it took. */
  loadMs: number;
  value: Value;
};

/** A customer of the hot set, as the propensity needs them; without name and e-mail. */
export const HotCustomer = Type.Object({
  id: Id,
  gender: Type.Union([Gender, Type.Null()]),
  birthYear: Type.Union([Type.Integer(), Type.Null()]),
  region: Type.String(),
  status: CustomerStatus,
  marketingConsent: Type.Boolean(),
  grade: Grade,
  createdAt: Instant,
  lastOrderedAt: Type.Union([Instant, Type.Null()]),
});
export type HotCustomer = Static<typeof HotCustomer>;

/** What is known of the hot set that is in Redis. */
export const HotSetMeta = Type.Object({
  /** Rises by one with every refresh, and starts at 1 again when Redis was flushed. */
  version: Type.Integer(),
  refreshedAt: Instant,
  nextRefreshAt: Instant,
  durationMs: Type.Number(),
  customerCount: Type.Integer(),
  customersWithOrdersCount: Type.Integer(),
  productCount: Type.Integer(),
  popularProductCount: Type.Integer(),
});
export type HotSetMeta = Static<typeof HotSetMeta>;

/**
 * GET /operator/hot-set/customers, for operators: who load is drawn from, with the metadata of the same version. Where Redis
 * has no hot set they are chosen in the database and `meta` is null.
 */
export const HotCustomers = Type.Object({
  meta: Type.Union([HotSetMeta, Type.Null()]),
  customers: Type.Array(HotCustomer),
});
export type HotCustomers = Static<typeof HotCustomers>;
