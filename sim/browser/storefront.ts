// Where things stand in the storefront: addresses, what a page shows once it is there, and what is clicked on it. By addresses and
// names of fields, never by words, which are in the shopper's language.
import type { WalkedPage } from './protocol.ts';

export const HOME_ADDRESS = '/#/';
/** It leads on to where one says where orders go. */
export const SIGN_IN_ADDRESS = '/#/sign-in?next=/address';
export const CART_ADDRESS = '/#/cart';
export const CHECKOUT_ADDRESS = '/#/checkout';

/** What is on a page when it can be used. */
export const SHOWS: Readonly<Record<WalkedPage, string>> = {
  home: 'main a[href^="#/products/"]',
  category: 'main a[href^="#/products/"]',
  product: 'main form [name="quantity"], main .sold-out',
  cart: 'main [name="quantity"], main a[href="#/checkout"]',
  checkout: 'main form [name="paymentMethod"]',
};

export const CATEGORY_LINKS = 'main a[href*="categoryId="]';
export const PRODUCT_LINKS = 'main .card:not(.sold-out) a[href^="#/products/"]';

export const SIGN_IN = {
  email: 'main form [name="email"]',
  password: 'main form [name="password"]',
  button: 'main form:has([name="password"]) [type="submit"]',
  /** Kept by the tab once somebody is signed in. */
  isDone: 'sessionStorage.getItem("customerId") !== null',
} as const;

/** Where orders go; a checkout asks whoever has given no address. */
export const ADDRESS = {
  fields: {
    recipient: '김민지',
    phone: '010-1234-5678',
    postcode: '06236',
    street: '서울특별시 강남구 테헤란로 1',
    detail: '101호',
  },
  fieldOf: (name: string) => `main form [name="${name}"]`,
  button: 'main form:has([name="postcode"]) [type="submit"]',
} as const;

export const ADD_TO_CART = 'main form:has([name="quantity"]) [type="submit"]';
export const GO_TO_CHECKOUT = 'main a[href="#/checkout"]';
export const PLACE_ORDER = 'main form:has([name="paymentMethod"]) [type="submit"]';

/** The page has not taken the place of the one before while it says so. */
export const NOT_BUSY = 'main:not([aria-busy="true"])';
