// Messages on the broker; their topics are in topics.ts. Every message says its version; an unknown version is refused, never guessed at.
import Type, { type Static } from 'typebox';
import { BehaviourReport, MAX_BEHAVIOUR_ACTIONS } from './behaviour.ts';
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

/** Of topic `behaviour`: a batch of one customer, each action with the shop's time at which it happened. */
export const BehaviourMessage = Type.Object({
  version: Type.Literal(TOPICS.behaviour.schemaVersion),
  customerId: Id,
  /** When the shop took the batch in, on the machine's monotonic clock. */
  receivedMs: Type.Number(),
  actions: Type.Array(Type.Interface([BehaviourReport], { actedAt: Instant }), {
    minItems: 1,
    maxItems: MAX_BEHAVIOUR_ACTIONS,
  }),
});
export type BehaviourMessage = Static<typeof BehaviourMessage>;
