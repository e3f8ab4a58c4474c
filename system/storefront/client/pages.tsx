// Which page an address leads to.
import { texts } from './language/language.ts';
import { accountPage } from './pages/account.tsx';
import { addressPage } from './pages/address.tsx';
import { cartPage } from './pages/cart.tsx';
import { checkoutPage } from './pages/checkout.tsx';
import { couponsPage } from './pages/coupons.tsx';
import { homePage } from './pages/home.tsx';
import { mePage } from './pages/me.tsx';
import { notificationsPage } from './pages/notifications.tsx';
import { orderPage } from './pages/order.tsx';
import { ordersPage } from './pages/orders.tsx';
import { productPage } from './pages/product.tsx';
import { productsPage } from './pages/products.tsx';
import { signInPage } from './pages/sign-in.tsx';
import { signUpPage } from './pages/sign-up.tsx';
import { wishesPage } from './pages/wishes.tsx';
import type { Route } from './shared/route.ts';
import type { SkeletonKind } from './shared/skeleton.tsx';
import type { Page } from './shared/view.ts';

type Place = { page: Page; needsSession: boolean; skeleton: SkeletonKind };

const everybody = (page: Page, skeleton: SkeletonKind): Place => ({ page, skeleton, needsSession: false });
const signedIn = (page: Page, skeleton: SkeletonKind): Place => ({ page, skeleton, needsSession: true });

const nowherePage: Page = async () => {
  const { failure, frame } = texts();
  return {
    title: failure.notFound,
    body: (
      <>
        <h1>{failure.notFound}</h1>
        <p class="nothing">
          {failure.noSuchPage} <a href="#/">{frame.home}</a>
        </p>
      </>
    ),
  };
};
const NOWHERE = everybody(nowherePage, 'form');

/** By the only part of their address. */
const PLACES: Readonly<Record<string, Place>> = {
  '': everybody(homePage, 'home'),
  products: everybody(productsPage, 'list'),
  'sign-in': everybody(signInPage, 'form'),
  'sign-up': everybody(signUpPage, 'form'),
  cart: everybody(cartPage, 'lines'),
  checkout: signedIn(checkoutPage, 'lines'),
  orders: signedIn(ordersPage, 'lines'),
  coupons: signedIn(couponsPage, 'lines'),
  wishes: signedIn(wishesPage, 'list'),
  notifications: signedIn(notificationsPage, 'lines'),
  me: signedIn(mePage, 'lines'),
  account: signedIn(accountPage, 'form'),
  address: signedIn(addressPage, 'form'),
};
/** By the first part of an address whose second one names a thing. */
const PLACES_OF_ONE: Readonly<Record<string, Place>> = {
  products: everybody(productPage, 'product'),
  orders: signedIn(orderPage, 'lines'),
};

/** The page for an address, what stands there meanwhile, and whether only signed-in people may see it. */
export function findPage({ path }: Route): Place {
  const [first = '', second] = path;
  if (path.length > 2) return NOWHERE;
  const places = second === undefined ? PLACES : PLACES_OF_ONE;
  return Object.hasOwn(places, first) ? (places[first] ?? NOWHERE) : NOWHERE;
}
