// The wish list that the shop keeps for each customer: products to come back to.
import Type, { type Static } from 'typebox';
import { ProductSummary } from './catalog.ts';
import { Instant } from './common.ts';

/** A wish list holds at most this many products; one more is refused with 409 `wishes-full`. */
export const MAX_WISHES = 100;

/**
 * GET /wishes: what was wished last stands first; products deleted since are left out. PUT /wishes/:productId adds (again: nothing
 * changes), DELETE on the same path takes it off; both answer 204. An unknown product is a 404.
 */
export const WishList = Type.Object({
  items: Type.Array(Type.Interface([ProductSummary], { wishedAt: Instant })),
});
export type WishList = Static<typeof WishList>;
