// The behaviour log as outsiders see it: what a shopper does, sent in batches by HTTP or socket, and what an operator looks up.
import Type, { type Static } from 'typebox';
import { Id, Instant, VISIBLE_TEXT_PATTERN } from './common.ts';
import { BEHAVIOUR_ACTIONS } from './tables.ts';

/** The most actions of one batch; such a batch always fits into a message of the socket. */
export const MAX_BEHAVIOUR_ACTIONS = 30;
export const MAX_BEHAVIOUR_TEXT_LENGTH = 100;

/**
 * A UUIDv7 made by the shopper when the action happened: its time is the action's, and an action that is sent again under it is
 * stored once. Lower case.
 */
export const ActionId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
});

export const TARGET_TYPES = ['product', 'category', 'coupon', 'text'] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

export const BehaviourActionName = Type.Enum([...BEHAVIOUR_ACTIONS]);
const SearchedText = Type.String({
  minLength: 1,
  maxLength: MAX_BEHAVIOUR_TEXT_LENGTH,
  pattern: VISIBLE_TEXT_PATTERN,
});

/** `text` has the text that was searched for, the others the id of the thing. */
export const BehaviourTarget = Type.Union([
  Type.Object(
    { type: Type.Enum(['product', 'category', 'coupon']), id: Id },
    { additionalProperties: false },
  ),
  Type.Object({ type: Type.Literal('text'), text: SearchedText }, { additionalProperties: false }),
]);
export type BehaviourTarget = Static<typeof BehaviourTarget>;

/**
 * Something that a shopper did. A search has a text for its target, carts and orders a product, coupons a coupon; clicks and
 * hovers a product, a category or a coupon. Whose action it is says the session alone.
 */
export const BehaviourReport = Type.Object(
  { id: ActionId, action: BehaviourActionName, target: BehaviourTarget },
  { additionalProperties: false },
);
export type BehaviourReport = Static<typeof BehaviourReport>;

/**
 * POST /behaviour: a batch in the order in which it happened. 202 when it is safe, which is before it can be looked up. All of
 * it or nothing is taken in; sending it again with the same ids is safe.
 */
export const BehaviourBatch = Type.Object(
  { actions: Type.Array(BehaviourReport, { minItems: 1, maxItems: MAX_BEHAVIOUR_ACTIONS }) },
  { additionalProperties: false },
);
export type BehaviourBatch = Static<typeof BehaviourBatch>;

export const BehaviourAccepted = Type.Object({ acceptedCount: Type.Integer() });
export type BehaviourAccepted = Static<typeof BehaviourAccepted>;

/** Answer to a batch by socket; `code` as in the problem details of HTTP. */
export type BehaviourAnswer =
  | { kind: 'accepted'; acceptedCount: number }
  | { kind: 'refused'; code: string; detail: string; retryAfterMs: number | null };

/** An action as the log holds it. */
export const BehaviourEntry = Type.Object({
  id: Type.String(),
  customerId: Type.Integer(),
  action: BehaviourActionName,
  target: Type.Object({
    type: Type.Enum([...TARGET_TYPES]),
    id: Type.Union([Type.Integer(), Type.Null()]),
    text: Type.Union([Type.String(), Type.Null()]),
  }),
  actedAt: Instant,
});
export type BehaviourEntry = Static<typeof BehaviourEntry>;

export const MAX_BEHAVIOUR_PAGE_SIZE = 200;

const filters = {
  customerId: Type.Optional(Id),
  targetType: Type.Optional(Type.Enum([...TARGET_TYPES])),
  /** Only together with `targetType`. */
  targetId: Type.Optional(Id),
  action: Type.Optional(BehaviourActionName),
  /** Inclusive; left out: as far back as the log goes. */
  from: Type.Optional(Instant),
  /** Exclusive; left out: no end. */
  to: Type.Optional(Instant),
  /** Searches whose text has a word that begins with each of these words, in upper or lower case. */
  search: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_BEHAVIOUR_TEXT_LENGTH })),
};

/** GET /operator/behaviour/actions, newest first. `after`: the `next` of the page before. */
export const BehaviourQuery = Type.Object(
  {
    ...filters,
    after: Type.Optional(Type.String({ maxLength: 100 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_BEHAVIOUR_PAGE_SIZE, default: 50 })),
  },
  { additionalProperties: false },
);
export type BehaviourQuery = Static<typeof BehaviourQuery>;

export const BehaviourPage = Type.Object({
  items: Type.Array(BehaviourEntry),
  /** null on the last page. */
  next: Type.Union([Type.String(), Type.Null()]),
});
export type BehaviourPage = Static<typeof BehaviourPage>;

/** GET /operator/behaviour/histogram; without `from` the 24 hours before `to`, without `to` until now. */
export const HistogramQuery = Type.Object(filters, { additionalProperties: false });
export type HistogramQuery = Static<typeof HistogramQuery>;

/** Every step of the range once, the empty ones too; `startAt` is a multiple of `stepMs` in UTC. */
export const BehaviourHistogram = Type.Object({
  from: Instant,
  to: Instant,
  stepMs: Type.Integer(),
  buckets: Type.Array(Type.Object({ startAt: Instant, count: Type.Integer() })),
});
export type BehaviourHistogram = Static<typeof BehaviourHistogram>;

/** What the names of the log's indexes in OpenSearch begin with, behind the shop's prefix; the day follows. */
export const BEHAVIOUR_INDEX = 'behaviour-';

/** An action as a document of those indexes. */
export type BehaviourDocument = {
  id: string;
  customerId: number;
  action: BehaviourEntry['action'];
  targetType: TargetType;
  /** null for a text. */
  targetId: number | null;
  /** null for all but a text. */
  targetText: string | null;
  /** Unix ms. */
  actedAt: number;
};
