// Notifications as outsiders see them: what the shop tells one customer, kept until they have read it, pushed to their sockets,
// given again at the next connection, and read in pages.
import Type, { type Static } from 'typebox';
import { Id, Instant, Uuid } from './common.ts';
import { CouponView } from './coupons.ts';

/** Ways that a notification goes; each has a state of its own for each notification. */
export const NOTIFICATION_CHANNELS = ['socket'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** `pending`: not known to have been seen. `shown`: a screen said that it shows it; it is not given again. */
export const DELIVERY_STATES = ['pending', 'shown'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The rules that give a coupon, by their name in docs/rules.md. */
export const COUPON_RULES = [
  'lingering-on-product',
  'cart-of-one-category',
  'category-clicked-today',
  'category-clicked-before',
  'category-searched-most',
  'purchase',
  'untouched-cart',
  'purchases-of-one-category',
] as const;
export type CouponRule = (typeof COUPON_RULES)[number];

/** A coupon as it is told, as GET /coupons has it, with the rule that gave it. */
export const NotifiedCoupon = Type.Interface(
  [Type.Pick(CouponView, ['id', 'definitionId', 'name', 'scope', 'targetName', 'benefit', 'expiresAt'])],
  { rule: Type.Enum([...COUPON_RULES]) },
);
export type NotifiedCoupon = Static<typeof NotifiedCoupon>;

/** What is told. Words are the reader's to choose: names alone come from the shop, and are to be shown as text. */
export const NotificationContent = Type.Union([
  /** A coupon of theirs can be used from now on. */
  Type.Object({ kind: Type.Literal('coupon-issued'), coupon: NotifiedCoupon }),
  /** They have not touched their cart for a while; `productId` is its dearest line, `coupon` one for it, where they got one. */
  Type.Object({
    kind: Type.Literal('cart-reminder'),
    productId: Id,
    productName: Type.String(),
    coupon: Type.Union([NotifiedCoupon, Type.Null()]),
  }),
  /** Few are left (0: none) of a product that they look at or wish for. */
  Type.Object({
    kind: Type.Literal('stock-low'),
    productId: Id,
    productName: Type.String(),
    stockCount: Type.Integer({ minimum: 0 }),
  }),
]);
export type NotificationContent = Static<typeof NotificationContent>;

/**
 * Socket event `notification`, and an item of the page. `id` is a UUIDv7, so ids are in the order of `createdAt`, which is an
 * instant of the shop's clock. `readAt` is null while it is unread.
 */
export const Notification = Type.Object({
  id: Uuid,
  content: NotificationContent,
  createdAt: Instant,
  readAt: Type.Union([Instant, Type.Null()]),
});
export type Notification = Static<typeof Notification>;

/** The most that one connection is given again; the newest, oldest of them first. */
export const MAX_NOTIFICATIONS_GIVEN = 20;
/** The most ids of `notifications:shown` and of POST /notifications/read. */
export const MAX_NOTIFICATION_IDS = 100;
export const MAX_NOTIFICATION_PAGE_SIZE = 50;
/** More unread ones than this are not counted: a screen says "99+". */
export const MAX_UNREAD_COUNTED = 100;

/** GET /notifications: the customer's own, newest first. `before`: the `next` of the page before. */
export const NotificationQuery = Type.Object(
  {
    before: Type.Optional(Uuid),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_NOTIFICATION_PAGE_SIZE, default: MAX_NOTIFICATION_PAGE_SIZE }),
    ),
  },
  { additionalProperties: false },
);
export type NotificationQuery = Static<typeof NotificationQuery>;

export const NotificationPage = Type.Object({
  items: Type.Array(Notification, { maxItems: MAX_NOTIFICATION_PAGE_SIZE }),
  /** null on the last page. */
  next: Type.Union([Uuid, Type.Null()]),
  /** Of all pages; at most MAX_UNREAD_COUNTED. */
  unreadCount: Type.Integer(),
});
export type NotificationPage = Static<typeof NotificationPage>;

/** POST /notifications/read: these were read. Ids of somebody else's, unknown ones and those that were read before change nothing. */
export const NotificationsReadBody = Type.Object(
  { ids: Type.Array(Uuid, { minItems: 1, maxItems: MAX_NOTIFICATION_IDS }) },
  { additionalProperties: false },
);
export type NotificationsReadBody = Static<typeof NotificationsReadBody>;

/** Its answer; all sockets of the customer hear the same as `notifications:read`, with the ids that were unread before. */
export const NotificationsRead = Type.Object({ unreadCount: Type.Integer() });
export type NotificationsRead = Static<typeof NotificationsRead>;

/** Socket event `notifications:shown`; `screenId` is made once by each tab and told with each of its requests. */
export const NotificationsShown = Type.Object(
  { screenId: Uuid, ids: Type.Array(Uuid, { minItems: 1, maxItems: MAX_NOTIFICATION_IDS }) },
  { additionalProperties: false },
);
export type NotificationsShown = Static<typeof NotificationsShown>;
