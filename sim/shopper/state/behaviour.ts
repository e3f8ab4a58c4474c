// Every figure of how shoppers behave, in one table that a scenario may override. [pub] published, [calc] computed from
// published data, [found] in the origin's code, [ours] our own; sources in docs/realism.md and docs/shop-rules.md.

import type { RecommendedList } from './steps.ts';

export type PaymentMethod = 'card' | 'naver' | 'kakao' | 'bank';

/** Time on a page: Weibull with this mean; a shape below 1 means that most leave soon and a few stay very long. */
export type Dwell = { meanMs: number; shape: number };

export type Behaviour = {
  /** Share of sessions that sign in by password instead of coming back with a session. */
  passwordSignInRatio: number;
  /** What the session is for, drawn at its start. */
  intent: {
    /** Leaves after the home page. */
    bounceRatio: number;
    /** Puts something into the cart, of those who stay. */
    cartRatio: number;
    /** Places the order, of those who fill a cart (1 − cart abandonment). */
    checkoutRatio: number;
    /** The cart ratio is multiplied by (base score / referenceScore)^exponent, within `least` and `most`. */
    score: { referenceScore: number; exponent: number; least: number; most: number };
  };
  browsing: {
    /** Looks for products by searching instead of opening a category. */
    searchRatio: number;
    /** Of those who open a category: looks first at what is newest or cheapest in it. */
    glanceRatio: number;
    glanceWeights: { newest: number; 'price-ascending': number };
    /** Finds something there, instead of going on to what others buy. */
    chooseAtGlanceRatio: number;
    /** On a list: dwells on a product before one is opened, and after each with the same chance on another. */
    hoverRatio: number;
    /** After a product page: another product of the same list, a new list or search; the rest leaves. */
    sameListRatio: number;
    newListRatio: number;
    /** A product viewed by somebody who still wants lines goes into the cart. */
    addToCartRatio: number;
    /** Nobody looks at more product pages than this. */
    mostProductPages: number;
  };
  recommendations: {
    /** Looks at a list there, of those who do not bounce. */
    lookRatio: Readonly<Record<'home' | 'product', number>>;
    listWeights: Readonly<Record<'home' | 'product', Readonly<Record<RecommendedList, number>>>>;
    /** Position bias: the share of those who look at a list that see its first, second, … product. */
    seenRatios: readonly number[];
    /** Opens a product that is seen: one of the category in mind, or another. */
    openRatio: { wanted: number; other: number };
  };
  cart: {
    /** Weights of 1, 2, … 10 lines in an order. */
    lineCountWeights: readonly number[];
    /** Of lines of 2 or more: put in with one piece first and raised later. */
    raiseLaterRatio: number;
    /** Of all lines: put in with one piece too many and lowered later. */
    lowerLaterRatio: number;
    /** Of all lines: an extra product is put in before it and taken out again. */
    regretRatio: number;
    /** Of abandoners: look at the cart before they leave. */
    viewBeforeAbandoningRatio: number;
  };
  checkout: {
    /** Weights of payment methods by age: [youngest age, weights]; the last row that is not above the age holds. */
    paymentByAge: readonly (readonly [number, Readonly<Record<PaymentMethod, number>>])[];
    /** After a confirmed order. */
    viewOrdersRatio: number;
    cancelRatio: number;
    /** Looks, before ordering, at what their coupons are worth and takes the best, where there is one. */
    useCouponRatio: number;
    /** After a refusal for want of stock: drops the scarcest line and tries once more (if a line is left). */
    retryWithoutLineRatio: number;
  };
  /** A failed step is tried once more by this share; the others, and all after a second failure, give up. */
  retryRatio: number;
  dwell: {
    home: Dwell;
    list: Dwell;
    product: Dwell;
    /** On a page, before one looks at a list beside it. */
    recommended: Dwell;
    /** Between two changes of one cart line. */
    cartChange: Dwell;
    cart: Dwell;
    /** On the coupons at the checkout. */
    coupons: Dwell;
    outcome: Dwell;
    orders: Dwell;
    beforeRetry: Dwell;
  };
  /** No page holds anybody longer. */
  longestDwellMs: number;
};

export const BEHAVIOUR: Behaviour = {
  passwordSignInRatio: 0.02, // [ours]
  intent: {
    bounceRatio: 0.47, // [pub] quartiles 38/47/62 %
    cartRatio: 0.22, // [ours] set so that 3.5 % of the sessions at 20:00 convert ([pub] 2.43 % overall, 3.95 % at a peak)
    checkoutRatio: 0.3, // [pub] 70 % of carts are abandoned (Baymard)
    score: { referenceScore: 78, exponent: 0.5, least: 0.75, most: 1.25 }, // [ours]; 78 is the mean of 20:00's candidates
  },
  browsing: {
    searchRatio: 0.35, // [ours] this and the next six
    glanceRatio: 0.4,
    glanceWeights: { newest: 1, 'price-ascending': 1 },
    chooseAtGlanceRatio: 0.1,
    hoverRatio: 0.5,
    sameListRatio: 0.45,
    newListRatio: 0.25,
    addToCartRatio: 0.55, // [ours] of people who came to fill a cart; view→cart over all is far lower
    mostProductPages: 60,
  },
  // [ours] all of it: a declared law, so that better lists can be told from worse ones
  recommendations: {
    lookRatio: { home: 0.3, product: 0.25 },
    listWeights: {
      home: { 'for-you': 3, trending: 2, category: 1, discounts: 1, viewed: 0, 'bought-together': 0 },
      product: { viewed: 3, 'bought-together': 3, 'for-you': 1, category: 0, discounts: 0, trending: 0 },
    },
    seenRatios: [1, 0.8, 0.65, 0.55],
    openRatio: { wanted: 0.35, other: 0.05 },
  },
  cart: {
    lineCountWeights: [25, 20, 15, 12, 10, 7, 5, 3, 2, 1], // [found]
    raiseLaterRatio: 0.3, // [ours] this and the rest: every action of the behaviour log occurs
    lowerLaterRatio: 0.06,
    regretRatio: 0.08,
    viewBeforeAbandoningRatio: 0.5,
  },
  checkout: {
    // [found]
    paymentByAge: [
      [0, { card: 45, naver: 25, kakao: 20, bank: 10 }],
      [30, { card: 50, naver: 20, kakao: 20, bank: 10 }],
      [40, { card: 65, naver: 10, kakao: 15, bank: 10 }],
      [50, { card: 75, naver: 5, kakao: 5, bank: 15 }],
    ],
    viewOrdersRatio: 0.3, // [ours]
    cancelRatio: 0.03, // [ours]
    useCouponRatio: 0.8, // [ours] declared: no published log says how many who hold a coupon think of it
    retryWithoutLineRatio: 0.7, // [ours]
  },
  retryRatio: 0.6, // [ours]
  dwell: {
    home: { meanMs: 12_000, shape: 0.7 }, // [ours] means except the product page
    list: { meanMs: 18_000, shape: 0.7 },
    product: { meanMs: 37_700, shape: 0.7 }, // [calc] UCI shoppers; [pub] shape < 1 (Liu, White, Dumais 2010)
    recommended: { meanMs: 3_000, shape: 0.9 }, // [given] a page of a list is shown for 3 s
    cartChange: { meanMs: 4_000, shape: 0.9 },
    cart: { meanMs: 25_000, shape: 0.7 },
    coupons: { meanMs: 6_000, shape: 0.9 },
    outcome: { meanMs: 6_000, shape: 0.7 },
    orders: { meanMs: 15_000, shape: 0.7 },
    beforeRetry: { meanMs: 4_000, shape: 0.9 },
  },
  longestDwellMs: 600_000, // [ours] cuts off about 3 in 10,000 product pages
};
