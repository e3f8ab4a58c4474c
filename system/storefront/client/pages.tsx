// Which page an address leads to.

import { signInPage, signUpPage } from './pages/account.tsx';
import { cartPage } from './pages/cart.tsx';
import { checkoutPage } from './pages/checkout.tsx';
import { homePage } from './pages/home.tsx';
import { orderPage } from './pages/order.tsx';
import { ordersPage } from './pages/orders.tsx';
import { productPage } from './pages/product.tsx';
import { productsPage } from './pages/products.tsx';
import type { Page, Route } from './shared/view.ts';

type Place = { page: Page; needsSession: boolean };

const everybody = (page: Page): Place => ({ page, needsSession: false });
const signedIn = (page: Page): Place => ({ page, needsSession: true });

const nowhere: Page = async () => ({
  title: 'Not found',
  body: (
    <>
      <h1>Not found</h1>
      <p class="nothing">
        There is no such page. <a href="#/">Home</a>
      </p>
    </>
  ),
});

/** The page for an address, and whether only signed-in people may see it. */
export function findPage({ path }: Route): Place {
  const [first = '', second] = path;
  if (path.length > 2) return everybody(nowhere);
  if (second !== undefined) {
    if (first === 'products') return everybody(productPage);
    return first === 'orders' ? signedIn(orderPage) : everybody(nowhere);
  }
  switch (first) {
    case '':
      return everybody(homePage);
    case 'products':
      return everybody(productsPage);
    case 'sign-in':
      return everybody(signInPage);
    case 'sign-up':
      return everybody(signUpPage);
    case 'cart':
      return signedIn(cartPage);
    case 'checkout':
      return signedIn(checkoutPage);
    case 'orders':
      return signedIn(ordersPage);
    default:
      return everybody(nowhere);
  }
}
