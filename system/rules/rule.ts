// What a rule of the shop is: on what kind of moment it looks at a person, whom or what that speaks for, what they then get, and how
// long it leaves them alone after that. Moments and effects are values; who finds the ones and does the others is not told here.
import type { CouponScope } from '../contract/coupons.ts';
import type { CouponRule } from '../contract/notifications.ts';
import type { RecommendationKind } from '../contract/recommendations.ts';
import type { PersonView } from './person.ts';
import type { RuleAction } from './rule-action.ts';

/** What a rule's effect is for. */
export type Target = CouponScope;

export type CartLine = { productId: number; categoryId: number; quantity: number; unitPriceKrw: number };

/** An order that was confirmed and still stands. */
export type Purchase = {
  orderId: string;
  totalKrw: number;
  /** Unix ms. */
  placedMs: number;
  productIds: readonly number[];
  /** Of its lines. */
  categoryIds: readonly number[];
};

/** Something that may speak for an effect, of one person. */
export type Moment =
  | { kind: 'acted'; action: RuleAction }
  /** They have been on a product's page for PAGE_REST_MS and have not touched their cart. */
  | { kind: 'page-rest'; productId: number }
  /** They put something into their cart; all that is in it. */
  | { kind: 'cart-filled'; lines: readonly CartLine[] }
  /** They have not touched their cart for the set time; all that is in it. */
  | { kind: 'cart-untouched'; lines: readonly CartLine[] }
  /** They bought something, at this time (Unix ms) or a little before; their newest purchases, newest first, and all categories. */
  | {
      kind: 'purchased';
      atMs: number;
      purchases: readonly Purchase[];
      categoryIds: readonly number[];
    }
  /** So few are left of a product that they look at or wish for. */
  | { kind: 'stock-seen'; productId: number; stockCount: number };

export type MomentKind = Moment['kind'];

export type Effect =
  /** A coupon for the target, which is of kind `covers`; `alert` is the notification that tells of it. */
  | {
      kind: 'coupon';
      ratio: number;
      covers: Target['kind'];
      validForMs: number;
      alert: 'coupon-issued' | 'cart-reminder';
    }
  /** One of the person's six lists is made anew, by the engine that makes them. */
  | { kind: 'list'; list: RecommendationKind }
  /** A notification alone. */
  | { kind: 'alert'; alert: 'stock-low' };

/** How long one person does not get the same of the same rule again, whatever they do. */
export type CoolDown = {
  /** What counts as the same: anything, the same target, the same order. */
  per: 'person' | 'target' | 'order';
  /** `ever`; until midnight in Seoul; or no time at all. */
  lasts: 'ever' | 'day' | 'none';
};

/** What a rule wants to happen; `orderId` where it is about one. */
export type Wanted = { target: Target; orderId?: string };

type RuleOn<Kind extends MomentKind> = {
  on: Kind;
  /** Nothing, where the moment does not speak for it. */
  wants(person: PersonView, moment: Extract<Moment, { kind: Kind }>): readonly Wanted[];
};

/** One of the fifteen. */
export type Rule = {
  /** 1–15, as in docs/shop-rules.md. */
  number: number;
  name: CouponRule | `list-${RecommendationKind}` | 'low-stock';
  /** In words, for docs/rules.md. */
  condition: string;
  effect: Effect;
  coolDown: CoolDown;
} & { [Kind in MomentKind]: RuleOn<Kind> }[MomentKind];

export const targetKey = (target: Target): string =>
  target.kind === 'all'
    ? 'all'
    : target.kind === 'category'
      ? `category:${target.categoryId}`
      : `product:${target.productId}`;
