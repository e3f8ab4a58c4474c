// The cart that the shop keeps for each customer.
import Type, { type Static } from 'typebox';
import { Id, Krw } from './common.ts';
import { MAX_LINE_QUANTITY, OrderLine } from './orders.ts';

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
      image: Type.String(),
    }),
  ),
  itemsTotalKrw: Krw,
});
export type CartView = Static<typeof CartView>;

/**
 * POST /cart/quotes, for everybody: what a cart that the shop does not keep would hold and cost, as the CartView of these lines in
 * their order. Each product stands in one line only; products that are not there, or no longer, are left out. Nothing is kept of it.
 */
export const QuoteCartBody = Type.Object(
  { lines: Type.Array(OrderLine, { minItems: 1, maxItems: MAX_CART_LINES }) },
  { additionalProperties: false },
);
export type QuoteCartBody = Static<typeof QuoteCartBody>;
