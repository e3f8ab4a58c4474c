// Live counters by socket: how many people look at a product, have it in their cart, bought it; how many are in the shop; how many
// used a coupon. People are distinct people: whoever has two tabs open, at two processes even, counts once.
// Guests count and see counters as customers do, each by their visit. POST /visits begins one: 204 with a cookie for the
// socket's handshake, a random id under the shop's signature, which ends with the browser and says nothing of anybody. Entering and leaving go by the connection alone:
// whoever closes the browser is gone at once, whoever was connected to a process that died at most 30 s later.
// A socket begins without anything watched or viewed, also after it has come back: say both again at each connect.
import Type, { type Static } from 'typebox';
import { Id } from './common.ts';

/** The most products, and the most coupons, that one socket watches: those of a page with its lists. */
export const MAX_WATCHED_PRODUCTS = 100;
export const MAX_WATCHED_COUPONS = 100;

/** One socket hears of changes at most this often: what changes meanwhile comes together, in one message. */
export const COUNTERS_EVERY_MS = 250;

/**
 * Socket event `counters:watch`: what a page shows from now on, all of it; it replaces what this socket watched before, and
 * nothing at all ends it. What there is of each comes with the next `counters:changed`, and then whatever changes. A coupon is
 * watched by its type (`definitionId` of a coupon). What does not exist never has a counter.
 */
export const CountersWatch = Type.Object(
  {
    productIds: Type.Optional(Type.Array(Id, { maxItems: MAX_WATCHED_PRODUCTS, uniqueItems: true })),
    couponDefinitionIds: Type.Optional(Type.Array(Id, { maxItems: MAX_WATCHED_COUPONS, uniqueItems: true })),
    /** Whether the people in the shop are watched. */
    shop: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type CountersWatch = Static<typeof CountersWatch>;

/** Socket event `counters:view`: the product whose page is open in this socket's tab; null when no product's is any more. */
export const CountersView = Type.Object(
  { productId: Type.Union([Id, Type.Null()]) },
  { additionalProperties: false },
);
export type CountersView = Static<typeof CountersView>;

/**
 * The answer to both, for whoever asks for one. Refused are what has another shape (`invalid-request`) and what comes too often
 * (`too-many-requests`, again in `retryAfterMs`); nothing changes by it.
 */
export type CountersAnswer =
  | { kind: 'accepted' }
  | {
      kind: 'refused';
      code: 'invalid-request' | 'too-many-requests';
      detail: string;
      retryAfterMs: number | null;
    };

/** Numbers of people; what is left out has not changed, or is not known. */
export type ProductCounters = {
  productId: number;
  /** Who has its page open, the reader too. */
  viewing?: number;
  /** Who has bought it in an order that stands. */
  bought?: number;
  /** Who has it in the cart. */
  inCart?: number;
};

/**
 * Socket event `counters:changed`: new values of what the socket watches. One that was missed does no harm, as long as the socket
 * stays connected: the value comes again. `changedMs` is when the oldest change among them happened, on the machine's monotonic
 * clock (as in OrderStages); null where nothing changed and the values are told for the first time.
 */
export type CountersChanged = {
  changedMs: number | null;
  products?: ProductCounters[];
  coupons?: { couponDefinitionId: number; used: number }[];
  /** People in the shop. */
  shop?: number;
};
