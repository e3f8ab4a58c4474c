// The cart that the shop keeps for each customer.
import Type, { type Static } from 'typebox';
import { Id, Krw } from './common.ts';
import { MAX_LINE_QUANTITY } from './orders.ts';

/** PUT /cart/items/:productId sets the quantity; DELETE on the same path takes the line out. */
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
