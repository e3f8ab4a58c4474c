// Every text of the storefront in English. What it holds, the other languages must hold; what comes from the shop's data, as
// the names of products and categories, stays as it is.

import type { ProductSort } from '../../../contract/catalog.ts';
import type { PaymentMethod, Region } from '../../../contract/common.ts';
import type { OrderOutcome, OrderState } from '../../../contract/orders.ts';

type Reason = NonNullable<OrderOutcome['rejectionReason']>;

const items = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`;

const states: Record<OrderState, string> = {
  reserved: 'Being checked',
  approved: 'Paid, being confirmed',
  confirmed: 'Confirmed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
};

const reasons: Record<Reason, string> = {
  'sold-out': 'Something in it was sold out a moment before.',
  'unknown-product': 'Something in it is no longer on sale.',
  'price-changed': 'A price changed while you were ordering.',
  'payment-declined': 'The payment was declined.',
  'customer-not-active': 'This account cannot order.',
  'order-id-taken': 'Its number was in use, so nothing was placed. Order again.',
  'coupon-unknown': 'This coupon cannot be used.',
  'coupon-used': 'This coupon was used already.',
  'coupon-expired': 'This coupon has expired.',
  'coupon-does-not-apply': 'This coupon takes nothing off what is in the order.',
};

const paymentMethods: Record<PaymentMethod, string> = {
  card: 'Card',
  naver: 'Naver Pay',
  kakao: 'Kakao Pay',
  bank: 'Bank transfer',
};

const sorts: Record<ProductSort, string> = {
  popular: 'Popular',
  newest: 'Newest',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
};

const regions: Record<Region, string> = {
  Seoul: 'Seoul',
  Busan: 'Busan',
  Daegu: 'Daegu',
  Incheon: 'Incheon',
  Gwangju: 'Gwangju',
  Daejeon: 'Daejeon',
  Ulsan: 'Ulsan',
  Gyeonggi: 'Gyeonggi',
  Gangwon: 'Gangwon',
  Chungcheong: 'Chungcheong',
  Jeolla: 'Jeolla',
  Gyeongsang: 'Gyeongsang',
  Jeju: 'Jeju',
};

/** Refusals of the shop by their code; what is not here is told in the shop's own words. */
const problems: Partial<Record<string, string>> = {};

export const english = {
  frame: {
    shop: 'Stampede shop',
    skip: 'Skip to the content',
    footer: 'A rehearsal shop: nothing here is sold, nobody is charged.',
    interface: 'The shop’s API',
    close: 'Close',
    tryAgain: 'Try again',
    home: 'Home',
    lookAgain: 'Look again',
    loading: 'Loading',
  },
  header: {
    account: 'Account',
    search: 'Search products',
    signIn: 'Sign in',
    signOut: 'Sign out',
    myOrders: 'My orders',
    myPage: 'My page',
    cart: (count: number) => `Cart, ${items(count)}`,
    signedOutHere:
      'You are signed out on this device. The shop did not answer, so your session there may go on until it runs out.',
  },
  failure: {
    notFound: 'Not found',
    didNotWork: 'That did not work',
    noSuchPage: 'There is no such page.',
    missing: 'What stood here is not in the shop, or no longer.',
    silent: 'The shop does not answer. Try again in a moment.',
    unknown: 'The shop did not answer, so it is not known whether that was done.',
    notNow: 'The shop cannot do that now; nothing was done. Try again in a moment.',
    problems,
  },
  form: {
    missing: 'This is needed.',
    notEmail: 'This is not an e-mail address.',
    tooShort: (least: number) => `At least ${least} characters are needed.`,
    notNumber: 'A whole number is needed.',
    outOfRange: (least: string, most: string) => `A number from ${least} to ${most} is needed.`,
    notValid: 'This does not look right.',
  },
  home: {
    title: 'Home',
    headline: 'Everything for the busiest hour',
    invitation: (categories: number) => `${categories} categories, delivered free from ₩50,000.`,
    seeAll: 'See all products',
    categories: 'Categories',
    popular: 'Popular now',
    newest: 'New in',
    more: 'More',
  },
  lists: {
    'for-you': 'For you',
    category: 'From what you look at most',
    trending: 'Everybody looks at',
    discounts: 'Reduced for you',
    viewed: 'Like what you viewed',
    'bought-together': 'Bought together',
    pause: 'Pause',
    others: 'Show others',
  },
  products: {
    all: 'All products',
    category: 'Category',
    any: 'All',
    price: 'Price',
    upTo: (price: string) => `up to ${price}`,
    from: (price: string) => `${price} and more`,
    sortBy: 'Sort by',
    sorts,
    nothing: 'Nothing here. Try fewer words or another category.',
    clearSearch: 'Clear the search',
    found: (text: string) => `“${text}”`,
    pages: 'Pages',
    page: (page: number) => `Page ${page}`,
    previous: 'Previous',
    next: 'Next',
    inStock: 'In stock only',
    soldOut: 'Sold out',
    insteadOf: 'instead of',
  },
  product: {
    way: 'Where you are',
    inStock: 'In stock',
    onlyLeft: (count: number) => `Only ${count} left`,
    ordered: (count: number) => `ordered ${count.toLocaleString('en-US')} times`,
    cannotOrder: 'It cannot be ordered at the moment.',
    quantity: 'Quantity',
    add: 'Add to cart',
    isInCart: 'It is in your cart.',
    seeCart: 'See the cart',
    notInCart: 'The shop did not answer; it is not in your cart so far. Add it again.',
    maybeInCart:
      'The shop did not answer, so it is not known whether it is in your cart. Adding it again adds it once.',
  },
  cart: {
    title: 'Your cart',
    empty: 'It is empty.',
    find: 'Find something',
    quantityOf: (name: string) => `Quantity of ${name}`,
    takeOut: (name: string) => `Remove ${name}`,
    each: (price: string) => `${price} each`,
    remove: 'Remove',
    removeSoldOut: 'Remove what is sold out before you order.',
    tooMany: (most: number) => `An order holds at most ${most} different products.`,
    items: 'Items',
    note: 'Shipping and your discount are shown at the checkout.',
    checkout: 'Checkout',
    signInToOrder: 'Sign in to order; your cart comes with you.',
    merged: 'What was in your cart before you signed in is in it now.',
    notMerged: 'Not everything that was in your cart before you signed in could be put into it.',
  },
  checkout: {
    title: 'Checkout',
    empty: 'Your cart is empty.',
    address: 'Where does it go?',
    recipient: 'Recipient',
    phone: 'Phone',
    postcode: 'Postcode',
    street: 'Street and number',
    detail: 'Flat, floor (optional)',
    useAddress: 'Deliver here',
    changeAddress: 'Change the address',
    addressNote: 'The shop keeps it for your next orders; nothing is delivered from here.',
    coupon: 'Coupon',
    best: 'Takes most off',
    noCoupon: 'Without a coupon',
    payment: 'How do you pay?',
    shipping: 'Shipping',
    free: 'free',
    discount: (grade: string) => `${grade} discount`,
    total: 'Total',
    place: (total: string) => `Place the order for ${total}`,
    orderedAlready:
      'You have just ordered exactly this, and the shop is deciding. Your cart is emptied then.',
    seeOrder: 'See the order',
    paymentMethods,
  },
  order: {
    title: 'Your order',
    states,
    reasons,
    adjustments: { shipping: 'Shipping', discount: 'Discount', coupon: 'Coupon' },
    placed: (time: string) => `Placed ${time}`,
    number: (id: string) => `Order ${id}`,
    deliveredTo: (address: string) => `Goes to ${address}`,
    onItsWay: 'Your order is on its way',
    decides: 'The shop decides in a moment; this page changes by itself.',
    cancel: 'Cancel the order',
    goOn: 'Go on shopping',
    items,
    rejected: 'An order was rejected.',
    became: (total: string, state: OrderState) =>
      state === 'reserved' || state === 'approved'
        ? `Your order over ${total} is being checked.`
        : `Your order over ${total} ${state === 'cancelled' || state === 'refunded' ? 'was' : 'is'} ${state}.`,
  },
  cancelling: {
    question: 'Cancel this order?',
    consequence: 'What you paid is given back, and what you ordered goes back on the shelf.',
    yes: 'Cancel it',
    no: 'Keep it',
    isCancelled: 'The order is cancelled.',
    unknown: 'The shop did not answer, so it is not known whether the order is cancelled.',
    notCancelled: 'The shop did not answer; the order is not cancelled so far. You may cancel it again.',
  },
  doubt: {
    title: 'It is not known yet whether your order was placed',
    told: 'It is not known yet whether your order was placed.',
    explained:
      'The shop did not answer in time, and your order may have reached it or not. As soon as the shop tells, this page changes by itself. You can look again, or send the same order again: it is placed once, however often it is sent.',
    looked: (time: string, hasAnswered: boolean) =>
      `Looked at ${time}: ${hasAnswered ? 'the shop has no such order so far' : 'the shop did not answer'}.`,
    sendAgain: 'Send the same order again',
    notTaken: 'The order was not placed: the shop cannot take it now. Try again in a moment.',
    notTakenAgain:
      'The shop cannot take it now. Whether it came in before is still not known; try again in a moment.',
  },
  orders: {
    title: 'My orders',
    none: 'No orders yet.',
    order: 'Order',
    andMore: (count: number) => ` and ${count} more`,
    orderOf: (count: number) => `Order of ${items(count)}`,
    lookAtIt: 'The shop did not answer; look at it again.',
    decides: 'The shop decides in a moment.',
    notKnown: 'Not known yet',
    onItsWay: 'On its way',
    cancel: 'Cancel',
    newer: 'Newer',
    older: 'Older',
  },
  account: {
    signIn: 'Sign in',
    signUp: 'Make an account',
    email: 'E-mail',
    password: 'Password',
    newHere: 'New here?',
    haveOne: 'You have one?',
    name: 'Name',
    nickname: 'Nickname',
    gender: 'Gender',
    genders: { none: 'not said', F: 'female', M: 'male' },
    birthYear: 'Year of birth',
    optional: 'optional',
    region: 'Region',
    regions,
    offers: 'Tell me about offers',
    make: 'Make the account',
    inDoubt:
      'The shop did not answer, so it is not known whether your account was made. Send it again in a moment: it is made once.',
    notMade: 'The shop did not answer, and there is no such account so far. Send it again in a moment.',
  },
  coupons: {
    title: 'My coupons',
    none: 'No coupons yet. They come to whoever looks around.',
    off: (amount: string) => `${amount} off`,
    on: (name: string) => `on ${name}`,
    onEverything: 'on everything',
    until: (time: string) => `until ${time}`,
    states: { usable: 'Usable', used: 'Used', expired: 'Expired' },
    use: 'Use it',
  },
  wishes: {
    title: 'Wish list',
    none: 'Nothing is wished for.',
    wish: 'Wish for it',
    wishFor: (name: string) => `Wish for ${name}`,
    takeOff: (name: string) => `Remove ${name} from the wish list`,
  },
  notifications: {
    title: 'Notifications',
    none: 'Nothing has been told so far.',
    unread: 'New:',
    unreadOf: (count: string) => `Notifications, ${count} unread`,
    coupon: (benefit: string, scope: string) => `A coupon for you: ${benefit} ${scope}.`,
    cart: (name: string) => `Your cart is waiting, with ${name} in it.`,
    soldOut: (name: string) => `${name} is sold out.`,
    few: (name: string, count: number) => `Only ${count} left of ${name}.`,
    seeProduct: 'See the product',
  },
  counters: {
    viewing: (count: number) => `${count.toLocaleString('en-US')} looking`,
    viewingNow: (count: number) =>
      count === 1
        ? 'You are looking at it now'
        : `${count.toLocaleString('en-US')} people are looking at it now`,
    bought: (count: number) => `${count.toLocaleString('en-US')} bought it`,
    inCart: (count: number) => `${count.toLocaleString('en-US')} have it in the cart`,
    used: (count: number) =>
      `${count.toLocaleString('en-US')} ${count === 1 ? 'person has' : 'people have'} used it`,
    inShop: (count: number) => `${count.toLocaleString('en-US')} in the shop`,
  },
  me: {
    title: 'My page',
    hello: (nickname: string) => `Hello, ${nickname}`,
    grade: 'Grade',
    points: 'Points',
    pointsOf: (count: number) => `${count.toLocaleString('en-US')} P`,
    latest: 'Latest orders',
    account: 'Your account',
    accountNote: 'What the shop knows of you',
    since: 'With us since',
    address: 'Delivery address',
    noAddress: 'None so far; you are asked for it at the checkout.',
    giveAddress: 'Give an address',
    forgetAddress: 'Delete it',
    save: 'Save',
    saved: 'Your account is changed.',
    language: 'Language',
  },
};

/** The texts of a language. */
export type Texts = typeof english;
