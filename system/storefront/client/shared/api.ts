// The shop's API as the pages use it. Its refusals come as ShopProblem; see request.ts for what other failures mean.
import type { BehaviourAnswer, BehaviourReport } from '../../../contract/behaviour.ts';
import type { CartView } from '../../../contract/cart.ts';
import type { CategoryView, ProductList, ProductView } from '../../../contract/catalog.ts';
import type { CouponList, CouponQuotes } from '../../../contract/coupons.ts';
import type {
  Address,
  AddressView,
  ChangeCustomerBody,
  CustomerView,
  SessionView,
  SignInBody,
  SignUpBody,
} from '../../../contract/customers.ts';
import type { NotificationPage, NotificationsRead } from '../../../contract/notifications.ts';
import type {
  OrderAccepted,
  OrderDetails,
  OrderLine,
  OrderList,
  OrderView,
  PlaceOrderBody,
} from '../../../contract/orders.ts';
import type { RecommendationKind, RecommendationPage } from '../../../contract/recommendations.ts';
import type { WishList } from '../../../contract/wishes.ts';
import { texts } from '../language/language.ts';
import { type Answer, exchange, NotDone, problemOf } from './request.ts';
import type { Session } from './session.ts';

export type Api = ReturnType<typeof createApi>;

/** `isLast`: it is sent also when the page goes away meanwhile. */
type Sent = { token: string | null; isLast?: boolean };

/**
 * Requests carry the session's access token; one that has run out is renewed and the request made again. What everybody may read is
 * asked for without one, so that it is there when no session can be had.
 */
export function createApi(session: Session) {
  function send(
    method: string,
    path: string,
    body: unknown,
    { token, isLast = false }: Sent,
  ): Promise<Answer> {
    return exchange(path, {
      method,
      keepalive: isLast,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** A request without a good token has done nothing, also when no new one can be had. */
  function renew(): Promise<boolean> {
    return session.refresh().catch(() => {
      throw new NotDone(texts().failure.silent);
    });
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    if (session.accessToken() === null && session.isSignedIn()) await renew();
    const ask = () => send(method, path, body, { token: session.accessToken() });
    let answer = await ask();
    const isSignIn = path === '/sessions' && method === 'POST';
    if (answer.status === 401 && !isSignIn && (await renew())) answer = await ask();
    return read<T>(answer);
  }

  async function callAsAnybody<T>(method: string, path: string, body?: unknown): Promise<T> {
    return read<T>(await send(method, path, body, { token: null }));
  }

  function read<T>(answer: Answer): T {
    if (!answer.isOk) throw problemOf(answer);
    return (answer.status === 204 ? null : JSON.parse(answer.body)) as T;
  }

  const keep = (view: SessionView): void => session.keep(view);

  return {
    categories: () => callAsAnybody<CategoryView[]>('GET', '/categories'),
    beginVisit: () => callAsAnybody<null>('POST', '/visits'),
    products: (query: URLSearchParams) => callAsAnybody<ProductList>('GET', `/products?${query}`),
    product: (id: number) => callAsAnybody<ProductView>('GET', `/products/${id}`),
    quoteCart: (lines: OrderLine[]) => callAsAnybody<CartView>('POST', '/cart/quotes', { lines }),
    recommendations: (kind: RecommendationKind, page: number) =>
      (kind === 'trending' ? callAsAnybody : call)<RecommendationPage>(
        'GET',
        `/recommendations/${kind}?page=${page}`,
      ),
    signUp: async (body: SignUpBody) => keep(await call('POST', '/customers', body)),
    signIn: async (body: SignInBody) => keep(await call('POST', '/sessions', body)),
    async signOut() {
      await call('DELETE', '/sessions/current').finally(() => session.forget());
    },
    /** What was done, from a page that goes away. */
    async tellLast(actions: BehaviourReport[]): Promise<BehaviourAnswer> {
      const token = session.accessToken();
      const answer = await send('POST', '/behaviour', { actions }, { token, isLast: true });
      if (answer.isOk) return { kind: 'accepted', acceptedCount: actions.length };
      const { code, message } = problemOf(answer);
      return { kind: 'refused', code, detail: message, retryAfterMs: null };
    },
    me: () => call<CustomerView>('GET', '/me'),
    changeMe: (body: ChangeCustomerBody) => call<CustomerView>('PUT', '/me', body),
    address: async () => (await call<AddressView>('GET', '/me/address')).address,
    keepAddress: (address: Address) => call<null>('PUT', '/me/address', address),
    forgetAddress: () => call<null>('DELETE', '/me/address'),
    cart: () => call<CartView>('GET', '/cart'),
    setCartItem: (id: number, quantity: number) => call<null>('PUT', `/cart/items/${id}`, { quantity }),
    removeCartItem: (id: number) => call<null>('DELETE', `/cart/items/${id}`),
    coupons: (query: URLSearchParams) => call<CouponList>('GET', `/coupons?${query}`),
    couponQuotes: (lines: OrderLine[]) => call<CouponQuotes>('POST', '/coupons/quotes', { lines }),
    wishes: () => call<WishList>('GET', '/wishes'),
    wish: (id: number) => call<null>('PUT', `/wishes/${id}`),
    unwish: (id: number) => call<null>('DELETE', `/wishes/${id}`),
    notifications: (query: URLSearchParams) => call<NotificationPage>('GET', `/notifications?${query}`),
    readNotifications: (ids: string[]) => call<NotificationsRead>('POST', '/notifications/read', { ids }),
    placeOrder: (order: PlaceOrderBody) => call<OrderView | OrderAccepted>('POST', '/orders', order),
    orders: (page: number) => call<OrderList>('GET', `/orders?page=${page}&pageSize=10`),
    order: (id: string) => call<OrderDetails>('GET', `/orders/${encodeURIComponent(id)}`),
    cancelOrder: (id: string) => call<OrderView>('POST', `/orders/${encodeURIComponent(id)}/cancel`),
  };
}
