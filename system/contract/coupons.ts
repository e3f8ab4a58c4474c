// Coupons as outsiders see them: what a customer holds, what each is worth on given lines, and what operators define and issue.
import Type, { type Static } from 'typebox';
import { MAX_PAGE, MAX_PAGE_SIZE } from './catalog.ts';
import { Id, Instant, Krw, Uuid, VISIBLE_TEXT_PATTERN } from './common.ts';
import { MAX_ORDER_LINES, OrderLine } from './orders.ts';

const CategoryId = Type.Integer({ minimum: 1, maximum: 32_767 });

/** The lines of an order that a coupon covers: all of them, those of one category, or those of one product. */
export const CouponScope = Type.Union([
  Type.Object({ kind: Type.Literal('all') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('category'), categoryId: CategoryId }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('product'), productId: Id }, { additionalProperties: false }),
]);
export type CouponScope = Static<typeof CouponScope>;

export const MAX_COUPON_AMOUNT_KRW = 100_000_000;

/**
 * What a coupon takes off the covered lines: a share of them (`ratio`, from 0.0001 to 1 in steps of 0.0001), half a won
 * rounded up, or a fixed amount. Never more than the covered lines cost, and never more than the grade's discount has left
 * of all lines; shipping is not touched.
 */
export const CouponBenefit = Type.Union([
  Type.Object(
    { kind: Type.Literal('rate'), ratio: Type.Number({ minimum: 0.0001, maximum: 1 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('amount'),
      amountKrw: Type.Integer({ minimum: 1, maximum: MAX_COUPON_AMOUNT_KRW }),
    },
    { additionalProperties: false },
  ),
]);
export type CouponBenefit = Static<typeof CouponBenefit>;

/** Why somebody got a coupon: one of the shop's rules, a post, a friend, or an operator. */
export const COUPON_SOURCES = ['rule', 'post', 'friend', 'operator'] as const;
export type CouponSource = (typeof COUPON_SOURCES)[number];

/** `used`: an order that stands has it. When that order is cancelled it is `usable` again, until it expires. */
export const COUPON_STATES = ['usable', 'used', 'expired'] as const;
export type CouponState = (typeof COUPON_STATES)[number];

/** A coupon of a customer. `definitionId` is what the behaviour log and counters mean by a coupon: its type. */
export const CouponView = Type.Object({
  id: Uuid,
  definitionId: Id,
  /** Plain text, whoever wrote it. */
  name: Type.String(),
  source: Type.Enum([...COUPON_SOURCES]),
  scope: CouponScope,
  /** Name of the category or product of its scope; null for all. */
  targetName: Type.Union([Type.String(), Type.Null()]),
  benefit: CouponBenefit,
  state: Type.Enum([...COUPON_STATES]),
  createdAt: Instant,
  /** From this moment on it cannot be used. */
  expiresAt: Instant,
  usedAt: Type.Union([Instant, Type.Null()]),
  /** The order that has it. */
  orderId: Type.Union([Uuid, Type.Null()]),
});
export type CouponView = Static<typeof CouponView>;

/** GET /coupons: one page of one's own coupons, newest first; with `state` only those. */
export const CouponListQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum([...COUPON_STATES])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE, default: 1 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 })),
  },
  { additionalProperties: false },
);
export type CouponListQuery = Static<typeof CouponListQuery>;

export const CouponList = Type.Object({
  items: Type.Array(CouponView),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  hasNext: Type.Boolean(),
});
export type CouponList = Static<typeof CouponList>;

/** POST /coupons/quotes: what one's usable coupons are worth on these lines now. Nothing is kept or reserved by it. */
export const CouponQuoteBody = Type.Object(
  { lines: Type.Array(OrderLine, { minItems: 1, maxItems: MAX_ORDER_LINES }) },
  { additionalProperties: false },
);
export type CouponQuoteBody = Static<typeof CouponQuoteBody>;

/** The most coupons of one answer. */
export const MAX_COUPON_QUOTES = 50;

/**
 * Best first; of equal ones what expires first. A coupon that would take nothing off is left out. `totalKrw` is what the order
 * would cost: as `expectedTotalKrw` of POST /orders it holds as long as no price changes.
 */
export const CouponQuotes = Type.Object({
  /** Without a coupon. */
  totalKrw: Krw,
  quotes: Type.Array(
    Type.Object({
      couponId: Uuid,
      definitionId: Id,
      name: Type.String(),
      expiresAt: Instant,
      /** Positive; the order's adjustment is its negative. */
      discountKrw: Krw,
      totalKrw: Krw,
    }),
    { maxItems: MAX_COUPON_QUOTES },
  ),
});
export type CouponQuotes = Static<typeof CouponQuotes>;

export const MAX_COUPON_VALID_FOR_MS = 366 * 24 * 60 * 60 * 1_000;
/** The most customers of one request. */
export const MAX_COUPON_ISSUES = 1_000;

/** POST /operator/coupons/definitions, for operators; answers 201 with the CouponDefinitionView. */
export const DefineCouponBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE_TEXT_PATTERN }),
    scope: CouponScope,
    benefit: CouponBenefit,
    /** How long a coupon can be used from its issue on. */
    validForMs: Type.Integer({ minimum: 1_000, maximum: MAX_COUPON_VALID_FOR_MS }),
    /** The most coupons that are ever issued of it; null: no limit. */
    issueLimit: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), Type.Null()]),
    source: Type.Enum(['post', 'friend', 'operator']),
  },
  { additionalProperties: false },
);
export type DefineCouponBody = Static<typeof DefineCouponBody>;

export const CouponDefinitionView = Type.Object({
  id: Id,
  name: Type.String(),
  source: Type.Enum([...COUPON_SOURCES]),
  scope: CouponScope,
  benefit: CouponBenefit,
  validForMs: Type.Integer(),
  issueLimit: Type.Union([Type.Integer(), Type.Null()]),
  createdAt: Instant,
});
export type CouponDefinitionView = Static<typeof CouponDefinitionView>;

/** GET /operator/coupons/definitions, for operators: newest first. */
export const CouponDefinitionQuery = Type.Object(
  {
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE, default: 1 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 })),
  },
  { additionalProperties: false },
);
export type CouponDefinitionQuery = Static<typeof CouponDefinitionQuery>;

export const CouponDefinitionList = Type.Object({
  items: Type.Array(CouponDefinitionView),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  hasNext: Type.Boolean(),
});
export type CouponDefinitionList = Static<typeof CouponDefinitionList>;

/** POST /operator/coupons/definitions/:definitionId/issues, for operators: a coupon for each of these customers. */
export const IssueCouponsBody = Type.Object(
  { customerIds: Type.Array(Id, { minItems: 1, maxItems: MAX_COUPON_ISSUES, uniqueItems: true }) },
  { additionalProperties: false },
);
export type IssueCouponsBody = Static<typeof IssueCouponsBody>;

/**
 * Why a customer got none: they have a usable one of this definition (`has-one`), the limit of issues is reached, or nobody
 * active has that id.
 */
export const COUPON_NOT_ISSUED_REASONS = ['has-one', 'limit-reached', 'unknown-customer'] as const;
export type CouponNotIssuedReason = (typeof COUPON_NOT_ISSUED_REASONS)[number];

export const IssuedCoupons = Type.Object({
  issued: Type.Array(Type.Object({ couponId: Uuid, customerId: Id })),
  notIssued: Type.Array(Type.Object({ customerId: Id, reason: Type.Enum([...COUPON_NOT_ISSUED_REASONS]) })),
});
export type IssuedCoupons = Static<typeof IssuedCoupons>;
