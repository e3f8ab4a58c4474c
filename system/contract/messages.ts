// Messages on the broker. Every message says its version; an unknown version is refused, never guessed at.
import Type, { type Static } from 'typebox';
import { Id, Instant } from './common.ts';
import { PlaceOrderBody } from './orders.ts';

export const ORDERS_TOPIC = 'orders';
export const ORDERS_CONSUMER_GROUP = 'orders';
export const DEAD_LETTER_SUFFIX = '.dead';

/** Topic `orders`, keyed by customer id. */
export const OrderMessage = Type.Object({
  version: Type.Literal(1),
  customerId: Id,
  placedAt: Instant,
  order: PlaceOrderBody,
  stages: Type.Object({ receivedMs: Type.Number(), publishedMs: Type.Number() }),
});
export type OrderMessage = Static<typeof OrderMessage>;
