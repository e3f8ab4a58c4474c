// Messages on the broker; their topics are in topics.ts. Every message says its version; an unknown version is refused, never guessed at.
import Type, { type Static } from 'typebox';
import { Id, Instant } from './common.ts';
import { PlaceOrderBody } from './orders.ts';
import { TOPICS } from './topics.ts';

/** Of topic `orders`. */
export const OrderMessage = Type.Object({
  version: Type.Literal(TOPICS.orders.schemaVersion),
  customerId: Id,
  placedAt: Instant,
  order: PlaceOrderBody,
  stages: Type.Object({ receivedMs: Type.Number(), publishedMs: Type.Number() }),
});
export type OrderMessage = Static<typeof OrderMessage>;
