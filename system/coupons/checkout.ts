// The SQL of coupons within an order's transaction: locked before the decision, taken by the orders that were confirmed, given
// back with a cancellation. Locks are taken after those of products and customers, in id order.
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { HeldCoupon } from './rules.ts';
import { TERM_COLUMNS, type TermColumns, termsOf } from './terms.ts';

type LockedRow = TermColumns & Omit<HeldCoupon, 'scope' | 'benefit'>;

/**
 * Locks and reads the coupons that these customers want to use. Those of others are left out and not locked, so that nobody holds up
 * whose coupon it is. Row by row as after the wait: what another transaction has just taken is seen as used.
 */
export async function lockCoupons(
  connection: Queryable,
  wanted: readonly { customerId: number; couponId: string }[],
): Promise<Map<string, HeldCoupon>> {
  const { rows } = await connection.query<LockedRow>({
    name: 'coupons-lock',
    text: LOCK,
    values: [wanted.map(({ couponId }) => couponId), wanted.map(({ customerId }) => customerId)],
  });
  return new Map(
    rows.map(({ id, customerId, expiresAt, orderId, ...terms }) => [
      id,
      { id, customerId, expiresAt, orderId, ...termsOf(terms) },
    ]),
  );
}

const LOCK = `
  SELECT c.id, c.customer_id AS "customerId", c.expires_at AS "expiresAt", c.order_id AS "orderId", ${TERM_COLUMNS}
    FROM coupons c JOIN coupon_definitions d ON d.id = c.definition_id
   WHERE EXISTS (SELECT FROM unnest($1::uuid[], $2::int[]) AS w (coupon_id, customer_id)
                  WHERE w.coupon_id = c.id AND w.customer_id = c.customer_id)
     AND c.id = ANY($1::uuid[])
   ORDER BY c.id
     FOR NO KEY UPDATE OF c`;

/** Gives locked, unused coupons to the orders that were confirmed with them. Throws where one is not as it was locked. */
export async function takeCoupons(
  connection: Queryable,
  uses: readonly { couponId: string; orderId: string; usedAt: Date }[],
): Promise<void> {
  const { rowCount } = await connection.query({
    name: 'coupons-take',
    text: TAKE,
    values: [
      uses.map(({ couponId }) => couponId),
      uses.map(({ orderId }) => orderId),
      uses.map(({ usedAt }) => usedAt.toISOString()),
    ],
  });
  if (rowCount !== uses.length)
    throw new Error(`${rowCount} coupons could be taken, needed ${uses.length}: a lock did not hold`);
}

const TAKE = `
  UPDATE coupons c SET order_id = u.order_id, used_at = u.used_at, place = NULL
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS u (coupon_id, order_id, used_at)
   WHERE c.id = u.coupon_id AND c.order_id IS NULL`;

/** Gives a coupon back that this order has; where it has none of the kind nothing happens. */
export async function giveBackCoupon(
  connection: Queryable,
  use: { couponId: string; orderId: string },
): Promise<void> {
  await connection.query({
    name: 'coupons-give-back',
    text: 'UPDATE coupons SET order_id = NULL, used_at = NULL WHERE id = $1 AND order_id = $2',
    values: [use.couponId, use.orderId],
  });
}
