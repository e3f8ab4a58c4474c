// Which products somebody's unused coupons are for, read for those who act before their lists are made.
import { createLRU } from 'lru.min';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { Engine } from './engines/engine.ts';
import type { Shelves } from './lists/shelves.ts';
import type { CouponProducts } from './model.ts';

/** People remembered; of more, those who were read longest ago go first. */
const PEOPLE_MOST = 50_000;
/** Of each category that a coupon is for. */
const POPULAR_OF_CATEGORY = 20;

const READ = `
  SELECT c.customer_id AS "customerId", d.scope, d.target_id AS "targetId"
    FROM coupons c JOIN coupon_definitions d ON d.id = c.definition_id
   WHERE c.customer_id = ANY($1::integer[]) AND c.order_id IS NULL AND c.expires_at > $2
     AND d.scope IN ('product', 'category')
   ORDER BY c.customer_id, c.created_at DESC, c.id DESC`;

type Covered = { customerId: number; scope: 'product' | 'category'; targetId: number };

export type CouponsOfPeople = {
  /** Products of coupons for one product first, then the most popular ones of the categories; the newest coupon's first. */
  productsOf: CouponProducts;
  read(customerIds: readonly number[]): Promise<void>;
};

export function createCouponsOfPeople(
  database: Database,
  shelves: Pick<Shelves, 'popularIn'>,
  clock: Clock,
): CouponsOfPeople {
  const covered = createLRU<number, readonly Covered[]>({ max: PEOPLE_MOST });
  return {
    productsOf(customerId) {
      const own = covered.get(customerId) ?? [];
      const of = (scope: Covered['scope']) =>
        own.filter((one) => one.scope === scope).map(({ targetId }) => targetId);
      return [
        ...of('product'),
        ...of('category').flatMap((id) => shelves.popularIn(id).slice(0, POPULAR_OF_CATEGORY)),
      ];
    },
    async read(customerIds) {
      const { rows } = await database.query<Covered>({
        name: 'recommendations-coupons',
        text: READ,
        values: [[...customerIds], clock.now()],
      });
      const found = Map.groupBy(rows, ({ customerId }) => customerId);
      for (const customerId of customerIds) {
        const own = found.get(customerId);
        if (own === undefined) covered.delete(customerId);
        else covered.set(customerId, own);
      }
    },
  };
}

/** The engine with the coupons of whoever acts read first. Where they cannot be read it goes on with what is known. */
export function withCoupons(
  engine: Engine,
  coupons: Pick<CouponsOfPeople, 'read'>,
  onFailure: (error: unknown) => void,
): Engine {
  return {
    async take(arrived) {
      await coupons.read([...new Set(arrived.map(({ customerId }) => customerId))]).catch(onFailure);
      await engine.take(arrived);
    },
    close: engine.close,
  };
}
