// Messages on the broker; their topics are in topics.ts. Every message says its version; an unknown version is refused, never guessed at.
import Type, { type Static } from 'typebox';
import { BehaviourReport, MAX_BEHAVIOUR_ACTIONS } from './behaviour.ts';
import { Gender, Id, Instant, Region, Uuid } from './common.ts';
import { SignUpBody } from './customers.ts';
import { PlaceOrderBody } from './orders.ts';
import { PASSWORD_HASH_PREFIX } from './tables.ts';
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

const INTEGER_MAX = 2_147_483_647;

/**
 * Of topic `products`: a product that somebody outside adds to the catalogue. `id` is the sender's own, made once for each
 * product: whatever comes with an id that was stored before is the same product again and changes nothing. The shop numbers
 * the product itself. `listPriceKrw` ≥ `priceKrw`; a category must exist.
 */
export const ProductMessage = Type.Object({
  version: Type.Literal(TOPICS.products.schemaVersion),
  id: Uuid,
  product: Type.Object(
    {
      categoryId: Type.Integer({ minimum: 1, maximum: 32_767 }),
      name: Type.String({ minLength: 1, maxLength: 200 }),
      description: Type.String({ maxLength: 10_000 }),
      tags: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 }),
      priceKrw: Type.Integer({ minimum: 1, maximum: INTEGER_MAX }),
      listPriceKrw: Type.Integer({ minimum: 1, maximum: INTEGER_MAX }),
      stockCount: Type.Integer({ minimum: 0, maximum: INTEGER_MAX }),
      image: Type.String({ maxLength: 2_000 }),
      registeredAt: Instant,
    },
    { additionalProperties: false },
  ),
});
export type ProductMessage = Static<typeof ProductMessage>;

/** The shop's own cost and no other: a dearer hash would keep every sign-in with it busy for as long as the sender likes. */
const PASSWORD_HASH_PATTERN = `^${PASSWORD_HASH_PREFIX.replaceAll('$', '\\$')}[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{43}$`;

const { email, name, nickname, birthYear, marketingConsent } = SignUpBody.properties;

/**
 * Of topic `users`: a person whom somebody outside brings along, as one of their own, with `id` as for products. The e-mail
 * must be nobody's yet. A password never travels: the message has its hash (as in tables.ts, at the shop's own cost), or null
 * for somebody who has none, whose e-mail is kept for them and whom no password signs in. They begin without
 * orders, points or rights, as after a sign-up.
 */
export const UserMessage = Type.Object({
  version: Type.Literal(TOPICS.users.schemaVersion),
  id: Uuid,
  user: Type.Object(
    {
      email,
      passwordHash: Type.Union([Type.String({ pattern: PASSWORD_HASH_PATTERN }), Type.Null()]),
      name,
      nickname,
      gender: Type.Union([Gender, Type.Null()]),
      birthYear,
      region: Region,
      status: Type.Union([Type.Literal('ACTIVE'), Type.Literal('DORMANT')]),
      marketingConsent,
      registeredAt: Instant,
    },
    { additionalProperties: false },
  ),
});
export type UserMessage = Static<typeof UserMessage>;

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
