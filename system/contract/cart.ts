// The cart that the shop keeps for each customer.
import Type, { type Static } from 'typebox';
import { Id, Krw } from './common.ts';
import { MAX_LINE_QUANTITY } from './orders.ts';

/** A cart holds at most this many different products; one more is refused with 409 `cart-full`. */
export const MAX_CART_LINES = 50;

/**
 * PUT /cart/items/:productId sets the quantity; DELETE on the same path takes the line out, DELETE /cart all of them.
 * All three answer 204.
 */
export const CartItemBody = Type.Object(
  { quantity: Type.Integer({ minimum: 1, maximum: MAX_LINE_QUANTITY }) },
  { additionalProperties: false },
);
export type CartItemBody = Static<typeof CartItemBody>;

export const CartView = Type.Object({
  lines: Type.Array(
    Type.Object({
      productId: Id,
      name: Type.String(),
      quantity: Type.Integer(),
      unitPriceKrw: Krw,
      soldOut: Type.Boolean(),
    }),
  ),
  itemsTotalKrw: Krw,
});
export type CartView = Static<typeof CartView>;
