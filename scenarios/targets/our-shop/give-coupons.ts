// Coupons that people hold when a run starts, beside those that the shop gives them during it.
import type { Client } from 'pg';

/** Longer than any run. */
const VALID_FOR_MS = 24 * 60 * 60 * 1_000;
const TEN_PERCENT = 1_000;
/** Neighbours by id are alike in age of their account, so holders are spread over all of them by a step without a common divisor. */
const STEP = 7_919;
const WHOLE = 10_000;

/** Gives this share of the customers, the same ones each time, a coupon of 10 % on everything. */
export async function giveCoupons(client: Client, holderRatio: number, at: Date): Promise<void> {
  if (holderRatio === 0) return;
  await client.query(
    `SELECT coupons_give('10 %', $1, $2, $3, array_agg(customer_id))
       FROM audit.customers WHERE (customer_id::bigint * ${STEP}) % ${WHOLE} < $4`,
    [TEN_PERCENT, VALID_FOR_MS, at, Math.round(holderRatio * WHOLE)],
  );
}
