// Coupons for tests of whatever uses them. Not used by the shop itself.
import { type Database, inTransaction } from '../platform/postgres/postgres.ts';
import { issueCoupons, type RuleCoupon } from './issue.ts';

/**
 * Issues a coupon of 10 % on everything, good for an hour, to each of these customers, and gives the coupons' ids in the same order.
 * A customer who stands there twice gets two.
 */
export async function seedCoupons(
  database: Database,
  customerIds: readonly number[],
  at: Date,
  changes: Partial<RuleCoupon> = {},
): Promise<string[]> {
  const issues = await inTransaction(database, (connection) =>
    issueCoupons(
      connection,
      customerIds.map((customerId, index) => ({
        customerId,
        of: {
          kind: 'rule',
          rule: `seed-${customerIds.slice(0, index).filter((id) => id === customerId).length}`,
          name: 'Ten percent',
          scope: { kind: 'all' },
          benefit: { kind: 'rate', ratio: 0.1 },
          validForMs: 60 * 60 * 1_000,
          ...changes,
        },
      })),
      at,
    ),
  );
  return issues.map((issue) => {
    if (issue.kind === 'issued') return issue.couponId;
    throw new Error(`customer ${issue.customerId} got no coupon: ${issue.reason}`);
  });
}
