// One refresh of the hot set: read both kinds from the database, lay them beside the old set, swap.
import type { CacheEntry, HotSetMeta } from '../contract/cache.ts';
import type { ProductList, ProductView } from '../contract/catalog.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { HotSetRedis, StagedSet, SwapOutcome } from './hot-set-redis.ts';
import { listPlaces } from './rules.ts';
import {
  chooseCustomers,
  chooseHotProducts,
  type HotCustomersChoice,
  type HotProductsChoice,
} from './store.ts';

export type RefreshDeps = {
  database: Database;
  redis: HotSetRedis;
  clock: Clock;
  /** Holder of the lease. */
  owner: string;
  customerCount: number;
  productCount: number;
  everyMs: number;
};

export type Refresh = { outcome: SwapOutcome; meta: HotSetMeta; durationMs: number };

/** Renews the set. Rejects, with the old set untouched, when the database or Redis fails. */
export async function refreshHotSet(deps: RefreshDeps): Promise<Refresh> {
  const { database, redis, clock } = deps;
  const startedAt = clock.now();
  const startedMs = clock.monotonicMs();
  // The number comes first: of two refreshes under way the one that read later wins.
  const version = await redis.nextVersion();
  const [customers, products] = await Promise.all([
    chooseCustomers(database, deps.customerCount),
    chooseHotProducts(database, deps.productCount),
  ]);
  const readMs = clock.monotonicMs() - startedMs;
  const set = stagedSet(customers, products, startedAt, readMs);
  await redis.stage(version, set);
  const durationMs = clock.monotonicMs() - startedMs;
  const meta: HotSetMeta = {
    version,
    refreshedAt: startedAt.toISOString(),
    nextRefreshAt: new Date(startedAt.getTime() + deps.everyMs).toISOString(),
    durationMs,
    customerCount: customers.customers.length,
    customersWithOrdersCount: customers.withOrdersCount,
    productCount: products.products.length,
    popularProductCount: products.popularCount,
  };
  const outcome = await redis.swap(deps.owner, meta, set);
  return { outcome, meta, durationMs: clock.monotonicMs() - startedMs };
}

function stagedSet(
  { customers }: HotCustomersChoice,
  { products, isWhole }: HotProductsChoice,
  readAt: Date,
  loadMs: number,
): StagedSet {
  const entryOf = (value: ProductView | ProductList['items'][number] | null) => {
    const entry: CacheEntry<typeof value> = { atMs: readAt.getTime(), untilMs: null, loadMs, value };
    return JSON.stringify(entry);
  };
  return {
    users: new Map(customers.map((customer) => [String(customer.id), JSON.stringify(customer)])),
    products: new Map(products.map(({ product }) => [String(product.id), entryOf(product)])),
    lists: new Map([...listPlaces(products, isWhole)].map(([place, summary]) => [place, entryOf(summary)])),
  };
}
