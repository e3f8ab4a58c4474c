// What to send to our shop for a step, and how to read from the answers what they show. Pure: nothing is sent here, and a body
// is read only when somebody asks what was shown.
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { CartView } from '../../../system/contract/cart.ts';
import { CategoryView, ProductList, ProductView } from '../../../system/contract/catalog.ts';
import { CouponQuotes } from '../../../system/contract/coupons.ts';
import { RecommendationPage } from '../../../system/contract/recommendations.ts';
import type { Shown, Step } from '../../shopper/state/steps.ts';
import { ROUTES, type Route } from './routes.ts';

/** `path` with its query; `body` is sent as JSON. */
export type ShopRequest = { route: Route; path: string; body?: unknown };

export type StepRequests = {
  /** Sent at the same time; none where the step asks nothing over HTTP. */
  requests: readonly ShopRequest[];
  /** Reads what the answers' bodies, in the order of the requests, show; null when they are not what the contract says. */
  shown?: (bodies: readonly unknown[]) => Shown | null;
};

/** What a step's requests may need to know of the visit. */
export type VisitSoFar = {
  /** Of the order that is being placed or was placed last; throws when there is none. */
  orderId(): string;
  credentials(): { email: string; password: string };
};

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
type RequestsOfKinds = {
  readonly [Kind in Step['kind']]: (step: StepOf<Kind>, visit: VisitSoFar) => StepRequests;
};

const nothing: StepRequests = { requests: [] };

const query = (parameters: Record<string, string | number>): string =>
  `?${Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;

const products = (parameters: Record<string, string | number>): ShopRequest => ({
  route: ROUTES.products,
  path: `/products${query(parameters)}`,
});

const lineOf = ({ productId }: { productId: number }): string => `/cart/items/${productId}`;

const REQUESTS: RequestsOfKinds = {
  arrive: ({ signIn }, visit) =>
    signIn === 'session'
      ? nothing
      : { requests: [{ route: ROUTES.signIn, path: '/sessions', body: visit.credentials() }] },
  home: () => ({
    requests: [{ route: ROUTES.categories, path: '/categories' }, products({ sort: 'popular' })],
    shown: ([categories, list]) => {
      const shown = listShown([list]);
      if (!categoriesCheck().Check(categories) || shown === null) return null;
      return { kind: 'home', categoryIds: categories.map(({ id }) => id), products: shown.products };
    },
  }),
  list: ({ categoryId, sort, page }) => ({
    requests: [products({ categoryId, sort, page })],
    shown: listShown,
  }),
  search: ({ text, page }) => ({ requests: [products({ search: text, page })], shown: listShown }),
  'view-product': ({ productId }) => ({
    requests: [{ route: ROUTES.product, path: `/products/${productId}` }],
    shown: ([product]) => (productCheck().Check(product) ? { kind: 'product', product } : null),
  }),
  'view-recommendations': ({ list }) => ({
    requests: [{ route: ROUTES.recommendations, path: `/recommendations/${list}` }],
    shown: ([page]) =>
      recommendationCheck().Check(page) ? { kind: 'products', products: page.items, hasNext: false } : null,
  }),
  'set-cart-line': (step) => ({
    requests: [{ route: ROUTES.setCartLine, path: lineOf(step), body: { quantity: step.quantity } }],
  }),
  'remove-cart-line': (step) => ({ requests: [{ route: ROUTES.removeCartLine, path: lineOf(step) }] }),
  'view-cart': () => ({
    requests: [{ route: ROUTES.cart, path: '/cart' }],
    shown: ([cart]) => (cartCheck().Check(cart) ? { kind: 'cart', ...cart } : null),
  }),
  'view-coupons': ({ lines }) => ({
    requests: [{ route: ROUTES.couponQuotes, path: '/coupons/quotes', body: { lines } }],
    shown: ([quotes]) => (couponsCheck().Check(quotes) ? { kind: 'coupons', coupons: quotes.quotes } : null),
  }),
  'place-order': ({ lines, paymentMethod, coupon }, visit) => ({
    requests: [
      {
        route: ROUTES.placeOrder,
        path: '/orders',
        body: {
          id: visit.orderId(),
          lines,
          paymentMethod,
          ...(coupon === undefined ? {} : { couponId: coupon.couponId }),
        },
      },
    ],
  }),
  'await-outcome': () => nothing,
  // Told by the socket.
  act: () => nothing,
  'view-orders': () => ({ requests: [{ route: ROUTES.orders, path: '/orders' }] }),
  'cancel-order': (_, visit) => ({
    requests: [{ route: ROUTES.cancelOrder, path: `/orders/${visit.orderId()}/cancel` }],
  }),
  leave: () => nothing,
};

/** What to send for a step of a visit. */
export function requestsOf<Kind extends Step['kind']>(step: StepOf<Kind>, visit: VisitSoFar): StepRequests {
  const kind: Kind = step.kind;
  return REQUESTS[kind](step, visit);
}

function listShown([list]: readonly unknown[]) {
  if (!listCheck().Check(list)) return null;
  return { kind: 'products', products: list.items, hasNext: list.hasNext } as const;
}

/** Compiled at the first use: a generator of single requests reads no body at all. */
function once<Check>(compile: () => Check): () => Check {
  let check: Check | undefined;
  return () => {
    check ??= compile();
    return check;
  };
}

const categoriesCheck = once(() => Compile(Type.Array(CategoryView)));
const listCheck = once(() => Compile(ProductList));
const productCheck = once(() => Compile(ProductView));
const recommendationCheck = once(() => Compile(RecommendationPage));
const couponsCheck = once(() => Compile(CouponQuotes));
const cartCheck = once(() => Compile(CartView));
