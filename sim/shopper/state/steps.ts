// What a shopper does, in the shop's words. A shopper emits steps; an adapter (sim/engine) turns them into requests.
// Somebody's own shop is another adapter.
/** The lists that a shop may recommend, by what they go by. */
export type RecommendedList =
  | 'category'
  | 'discounts'
  | 'viewed'
  | 'for-you'
  | 'trending'
  | 'bought-together';

export type Step =
  /** Come in: sign in if `signIn` is `password`, open the socket. */
  | { kind: 'arrive'; signIn: 'session' | 'password' }
  | { kind: 'home' }
  | { kind: 'list'; categoryId: number; sort: 'popular' | 'newest' | 'price-ascending'; page: number }
  | { kind: 'search'; text: string; page: number }
  /**
   * `hoveredIds`: products of the list that the shopper dwelt on before this one was opened, in that order; `recommendedIn`: the list of
   * recommendations in which it was found.
   */
  | {
      kind: 'view-product';
      productId: number;
      hoveredIds?: readonly number[];
      recommendedIn?: RecommendedList;
    }
  /** Look at one of the lists that the shop recommends, beside the page that is open. */
  | { kind: 'view-recommendations'; list: RecommendedList }
  /** Set the quantity of a cart line; `change` is the action of the behaviour log. */
  | {
      kind: 'set-cart-line';
      productId: number;
      quantity: number;
      change: 'cart-create' | 'cart-modify-plus' | 'cart-modify-minus';
    }
  | { kind: 'remove-cart-line'; productId: number }
  | { kind: 'view-cart' }
  /** Ask what the coupons at hand are worth on what is in the cart. */
  | { kind: 'view-coupons'; lines: { productId: number; quantity: number }[] }
  /** `coupon`: the one that is to be used, as it was shown. */
  | {
      kind: 'place-order';
      lines: { productId: number; quantity: number }[];
      paymentMethod: 'card' | 'naver' | 'kakao' | 'bank';
      coupon?: ShownCoupon;
    }
  /** Wait on the socket for the outcome of the order just placed. */
  | { kind: 'await-outcome' }
  /** Do something on a product's page and wait on the socket for lists that take it into account. */
  | { kind: 'act'; action: 'click' | 'hover' | 'cart-create'; productId: number }
  | { kind: 'view-orders' }
  | { kind: 'cancel-order' }
  | { kind: 'leave'; because: 'bounced' | 'browsed' | 'abandoned-cart' | 'bought' | 'gave-up' };

export type CartChange = Extract<Step, { kind: 'set-cart-line' | 'remove-cart-line' }>;

/** A step and how long the shopper thinks before it, uncompressed. */
export type PlannedStep = { step: Step; thinkMs: number };

/** A product as a list, a search or a recommendation shows it. */
export type ShownProduct = { id: number; categoryId: number; priceKrw: number; soldOut: boolean };

/** A coupon and what it takes off the lines that were asked about; `definitionId` is its type. */
export type ShownCoupon = { couponId: string; definitionId: number; discountKrw: number };

/** What a step brought before the shopper's eyes. */
export type Shown =
  | { kind: 'home'; categoryIds: readonly number[]; products: readonly ShownProduct[] }
  | { kind: 'products'; products: readonly ShownProduct[]; hasNext: boolean }
  | { kind: 'product'; product: ShownProduct & { stockCount: number } }
  /** Best first. */
  | { kind: 'coupons'; coupons: readonly ShownCoupon[] }
  | {
      kind: 'cart';
      lines: readonly { productId: number; quantity: number; unitPriceKrw: number; soldOut: boolean }[];
      itemsTotalKrw: number;
    };

/**
 * How a step ended: `ok`; `refused` (the shop said no: sold out, rejected); `failed` (error or no answer). `shown` reads what
 * came back, when and only when a decision needs it; null when it cannot be read, absent where a step shows nothing. `reason`
 * is the shop's own word, such as `sold-out`, `payment-declined` or `price-changed`; null where it gave none.
 */
export type StepResult =
  | { outcome: 'ok'; shown?: () => Shown | null }
  | { outcome: 'refused'; reason: string | null }
  | { outcome: 'failed' };

/** A shopper's session: ask for the first step with null, then for each next one with the result of the last. */
export type Shopper = { next(last: StepResult | null): PlannedStep };
