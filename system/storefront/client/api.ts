// The shop's API as the pages use it. Expected refusals come as ShopProblem.
import type { CartView } from '../../contract/cart.ts';
import type { CategoryView, ProductList, ProductView } from '../../contract/catalog.ts';
import type { Problem } from '../../contract/common.ts';
import type { CustomerView, SessionView, SignInBody, SignUpBody } from '../../contract/customers.ts';
import type { OrderAccepted, OrderList, OrderView, PlaceOrderBody } from '../../contract/orders.ts';
import type { Session } from './session.ts';

/** What the shop answers when it does not do what it was asked. */
export class ShopProblem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(problem: Pick<Problem, 'status' | 'code' | 'title'> & { detail?: string | undefined }) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
  }
}

export type Api = ReturnType<typeof createApi>;

/** Requests carry the session's access token; one that has run out is renewed and the request made again. */
export function createApi(session: Session) {
  async function send(method: string, path: string, body: unknown): Promise<Response> {
    const token = session.accessToken();
    return fetch(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    if (session.accessToken() === null && session.isSignedIn()) await session.refresh();
    let answer = await send(method, path, body);
    const isSignIn = path === '/sessions' && method === 'POST';
    if (answer.status === 401 && !isSignIn && (await session.refresh())) {
      answer = await send(method, path, body);
    }
    if (!answer.ok) throw await problemOf(answer);
    return (answer.status === 204 ? null : await answer.json()) as T;
  }

  const keep = (view: SessionView): void => session.keep(view);

  return {
    categories: () => call<CategoryView[]>('GET', '/categories'),
    products: (query: URLSearchParams) => call<ProductList>('GET', `/products?${query}`),
    product: (id: number) => call<ProductView>('GET', `/products/${id}`),
    signUp: async (body: SignUpBody) => keep(await call('POST', '/customers', body)),
    signIn: async (body: SignInBody) => keep(await call('POST', '/sessions', body)),
    async signOut() {
      await call('DELETE', '/sessions/current').finally(() => session.forget());
    },
    me: () => call<CustomerView>('GET', '/me'),
    cart: () => call<CartView>('GET', '/cart'),
    setCartItem: (id: number, quantity: number) => call<null>('PUT', `/cart/items/${id}`, { quantity }),
    removeCartItem: (id: number) => call<null>('DELETE', `/cart/items/${id}`),
    placeOrder: (order: PlaceOrderBody) => call<OrderView | OrderAccepted>('POST', '/orders', order),
    orders: (page: number) => call<OrderList>('GET', `/orders?page=${page}&pageSize=10`),
    order: (id: string) => call<OrderView>('GET', `/orders/${encodeURIComponent(id)}`),
    cancelOrder: (id: string) => call<OrderView>('POST', `/orders/${encodeURIComponent(id)}/cancel`),
  };
}

async function problemOf(answer: Response): Promise<ShopProblem> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
  if (isProblem) return new ShopProblem((await answer.json()) as Problem);
  return new ShopProblem({
    status: answer.status,
    code: 'unknown',
    title: `The shop answered ${answer.status}.`,
  });
}
