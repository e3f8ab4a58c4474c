// Tells the counters whose orders have used a coupon, or use it no more. An order knows its coupon and not of which type that is, so this
// is looked up: after the commit, for orders with a coupon alone, and nothing waits for it.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { CountPeople } from './count-people.ts';

type CouponUse = { customerId: number; couponId: string };

export type CountCoupons = {
  used(uses: readonly CouponUse[]): void;
  givenBack(couponId: string): void;
  /** Resolves when all that was told is counted, or could not be. */
  settled(): Promise<void>;
};

const TYPES = `SELECT id, definition_id AS "definitionId" FROM coupons WHERE id = ANY($1::uuid[])`;

export function createCountCoupons(deps: {
  database: Queryable;
  countPeople: Pick<CountPeople, 'usedCoupon' | 'gaveCouponBack'>;
  log: Log;
}): CountCoupons {
  const { database, countPeople } = deps;
  const underWay = new Set<Promise<void>>();

  async function typesOf(couponIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await database.query<{ id: string; definitionId: number }>({
      name: 'counters-coupon-types',
      text: TYPES,
      values: [couponIds],
    });
    return new Map(rows.map(({ id, definitionId }) => [id, definitionId]));
  }
  function withTypes(
    couponIds: readonly string[],
    count: (typeOf: ReadonlyMap<string, number>) => void,
  ): void {
    if (couponIds.length === 0) return;
    const counting = typesOf(couponIds)
      .then(count, (error) =>
        deps.log.warn({ err: error }, 'counters do not know of coupons that were used; they are read again'),
      )
      .finally(() => underWay.delete(counting));
    underWay.add(counting);
  }
  return {
    used: (uses) =>
      withTypes(
        uses.map(({ couponId }) => couponId),
        (typeOf) => {
          for (const { customerId, couponId } of uses) {
            const definitionId = typeOf.get(couponId);
            if (definitionId !== undefined) countPeople.usedCoupon(customerId, definitionId);
          }
        },
      ),
    givenBack: (couponId) =>
      withTypes([couponId], (typeOf) => {
        for (const definitionId of typeOf.values()) countPeople.gaveCouponBack(definitionId);
      }),
    async settled() {
      await Promise.all(underWay);
    },
  };
}
