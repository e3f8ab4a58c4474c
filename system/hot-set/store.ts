// SQL of the hot set: the candidates of each pool in one statement a kind, so that each kind is of one instant.
import { type ProductRow, toView, VIEW_COLUMNS } from '../catalog/store.ts';
import { HOT_SET, type HotCustomer } from '../contract/cache.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import { chooseProducts, type RankedProduct, sharesOf } from './rules.ts';

export type HotCustomersChoice = { customers: HotCustomer[]; withOrdersCount: number };
export type HotProductsChoice = { products: RankedProduct[]; popularCount: number; isWhole: boolean };

const CUSTOMER_COLUMNS = `
  id, gender, birth_year AS "birthYear", region, status, marketing_consent AS "marketingConsent", grade,
  created_at AS "createdAt", last_ordered_at AS "lastOrderedAt"`;

const CUSTOMERS = `
  (SELECT ${CUSTOMER_COLUMNS} FROM customers
    WHERE status <> 'WITHDRAWN' AND 'customer' = ANY (roles) AND last_ordered_at IS NOT NULL
    ORDER BY last_ordered_at, id LIMIT $1)
  UNION ALL
  (SELECT ${CUSTOMER_COLUMNS} FROM customers
    WHERE status <> 'WITHDRAWN' AND 'customer' = ANY (roles) AND last_ordered_at IS NULL
    ORDER BY created_at DESC, id DESC LIMIT $1)`;

type CustomerRow = Omit<HotCustomer, 'createdAt' | 'lastOrderedAt'> & {
  createdAt: Date;
  lastOrderedAt: Date | null;
};

/** The customers of a hot set: 600 of 1,000 with orders, the longest ago first; 400 without, the newest first. */
export async function chooseCustomers(database: Queryable, size: number): Promise<HotCustomersChoice> {
  const { rows } = await database.query<CustomerRow>({
    name: 'hot-set-customers',
    text: CUSTOMERS,
    values: [size],
  });
  const withOrders = rows.filter((row) => row.lastOrderedAt !== null);
  const without = rows.filter((row) => row.lastOrderedAt === null);
  const { firstCount, secondCount } = sharesOf(size, HOT_SET.customersWithOrdersRatio, {
    firstCount: withOrders.length,
    secondCount: without.length,
  });
  const chosen = [...withOrders.slice(0, firstCount), ...without.slice(0, secondCount)];
  return { customers: chosen.map(customerOf), withOrdersCount: firstCount };
}

function customerOf(row: CustomerRow): HotCustomer {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastOrderedAt: row.lastOrderedAt?.toISOString() ?? null,
  };
}

// A product with more orders never has less popularity, so the first by order_count are among those that are at least as
// popular as the last of as many by popularity: the index leads to them.
const PRODUCTS = `
  WITH bound AS (
    SELECT coalesce((SELECT popularity FROM products WHERE deleted_at IS NULL
                      ORDER BY popularity DESC, id DESC OFFSET $1 - 1 LIMIT 1), 0) AS popularity
  ), popular AS (
    SELECT id, row_number() OVER () AS rank FROM (
      SELECT id FROM products
       WHERE deleted_at IS NULL AND popularity >= (SELECT popularity FROM bound)
       ORDER BY order_count DESC, id DESC LIMIT $1) AS first
  ), newest AS (
    SELECT id, row_number() OVER () AS rank FROM (
      SELECT id FROM products WHERE deleted_at IS NULL ORDER BY registered_at DESC, id DESC LIMIT $1) AS first
  )
  SELECT ${VIEW_COLUMNS}, popularity, "popularRank", "newestRank"
    FROM (SELECT id, popular.rank AS "popularRank", newest.rank AS "newestRank"
            FROM popular FULL JOIN newest USING (id)) AS ranked
    JOIN products USING (id)`;

type RankedRow = ProductRow & { popularity: number; popularRank: number | null; newestRank: number | null };

/** The products of a hot set: 700 of 1,000 with most orders, and the newest of the others. */
export async function chooseHotProducts(database: Queryable, size: number): Promise<HotProductsChoice> {
  const { rows } = await database.query<RankedRow>({
    name: 'hot-set-products',
    text: PRODUCTS,
    values: [size],
  });
  const ranked = rows.map(({ popularity, popularRank, newestRank, ...row }) => ({
    product: toView(row),
    popularity,
    popularRank,
    newestRank,
  }));
  const { chosen, popularCount } = chooseProducts(ranked, size, HOT_SET.popularProductsRatio);
  return { products: chosen, popularCount, isWhole: ranked.length < size };
}
