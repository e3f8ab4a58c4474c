// Our shop's adapter: a shopper's steps as the requests and socket of system/contract, and the answers as step results.
import type { OrderView } from '../../system/contract/orders.ts';
import type { Step, StepResult } from '../shopper/steps.ts';
import type { HttpResult } from './http-client.ts';
import { createMeasuredRequests, type RequestDeps } from './measured-requests.ts';
import { type OrderWatch, watchOrder } from './order-watch.ts';
import type { OrderAttempt } from './protocol.ts';
import { orderAnswerOf, stepResultOf } from './request-verdict.ts';
import { ROUTES } from './routes.ts';
import type { OpenSocket, ShopSocket } from './sockets.ts';
import type { OpenVisit, Visit } from './visit.ts';

export type HttpAdapterDeps = RequestDeps & {
  openSocket: OpenSocket;
  credentialsOf: (personId: number) => { email: string; password: string };
  newOrderId: () => string;
  outcomeDeadlineMs: number;
  /** Phase and time to report for an order intended at this time of the timeline. */
  attemptedAt: (intendedMs: number) => Pick<OrderAttempt, 'attemptedAtMs' | 'phase'>;
  /** Called once per order when the visit that placed it is over. */
  onOrder: (attempt: OrderAttempt) => void;
};

const OK: StepResult = { outcome: 'ok' };
const FAILED: StepResult = { outcome: 'failed' };

const query = (parameters: Record<string, string | number>): string =>
  `?${Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;

/** Opens visits to the shop of system/contract. What a visit opens is closed by `leave` or `abandon`. */
export function createHttpAdapter(deps: HttpAdapterDeps): OpenVisit {
  return (personId) => openVisit(deps, personId);
}

function openVisit(deps: HttpAdapterDeps, personId: number): Visit {
  const requests = createMeasuredRequests(deps, personId);
  const orders: OrderWatch[] = [];
  let socket: ShopSocket | null = null;
  let isOver = false;

  async function arrive(signIn: 'session' | 'password', intendedMs: number): Promise<StepResult> {
    if (signIn === 'password') {
      const result = await requests.signIn(intendedMs, deps.credentialsOf(personId));
      if (result.kind === 'no-answer' || result.status >= 300) return FAILED;
    } else if (deps.sessions.accessTokenOf(personId) === null && !(await requests.renew())) {
      return FAILED;
    }
    if (isOver) return FAILED;
    socket = deps.openSocket({
      accessToken: () => deps.sessions.accessTokenOf(personId) ?? '',
      renewToken: requests.renew,
      onConnectError: () => deps.measures.failed('socket connect', deps.timeline.nowMs()),
    });
    return OK;
  }

  async function home(intendedMs: number): Promise<StepResult> {
    const [categories, products] = await Promise.all([
      requests.send(ROUTES.categories, '/categories', intendedMs),
      requests.send(ROUTES.products, `/products${query({ sort: 'popular' })}`, intendedMs),
    ]);
    const worst = stepResultOf(categories);
    return worst.outcome === 'ok' ? stepResultOf(products) : worst;
  }

  async function retrieve(orderId: string): Promise<OrderView | null> {
    const result = await requests.send(ROUTES.order, `/orders/${orderId}`, deps.timeline.nowMs());
    return result.kind === 'answer' && result.status === 200 ? (result.json() as OrderView) : null;
  }

  function beginOrder(lines: OrderAttempt['lines'], intendedMs: number): OrderWatch {
    const attempt: OrderAttempt = {
      orderId: deps.newOrderId(),
      customerId: personId,
      ...deps.attemptedAt(intendedMs),
      lines,
      answer: 'unknown',
      httpStatus: null,
      outcome: null,
      outcomeSeenBy: null,
      totalKrw: null,
      cancel: null,
    };
    const order = watchOrder({ ...deps, retrieve }, attempt, intendedMs);
    orders.push(order);
    deps.measures.count('ordersAttempted');
    socket?.expect(attempt.orderId, order.seen);
    return order;
  }

  async function placeOrder(step: Step & { kind: 'place-order' }, intendedMs: number): Promise<StepResult> {
    const { lines, paymentMethod } = step;
    const last = orders.at(-1);
    // Sent again after an unknown end, it is the same order and keeps its id, so that it cannot be placed twice.
    const isRepeated = last?.attempt.answer === 'unknown' && last.attempt.lines === lines;
    const order = isRepeated ? last : beginOrder(lines, intendedMs);
    const { orderId } = order.attempt;
    const body = { id: orderId, lines, paymentMethod };
    const result = await requests.send(ROUTES.placeOrder, '/orders', intendedMs, body);
    order.answered(result);
    if (order.attempt.answer === 'refused') socket?.forget(orderId);
    return stepResultOf(result);
  }

  async function awaitOutcome(): Promise<StepResult> {
    const order = orders.at(-1);
    if (order === undefined) throw new Error('a shopper waits for an outcome without having placed an order');
    await order.settled;
    if (order.attempt.outcome === null) return FAILED;
    if (order.attempt.outcome === 'confirmed') return OK;
    return { outcome: 'refused', soldOut: order.rejectionReason() === 'sold-out' };
  }

  async function cancelOrder(intendedMs: number): Promise<StepResult> {
    const order = orders.at(-1);
    if (order === undefined) throw new Error('a shopper cancels without having placed an order');
    const { attempt } = order;
    const path = `/orders/${attempt.orderId}/cancel`;
    attempt.cancel = 'unknown';
    const result = await requests.send(ROUTES.cancelOrder, path, intendedMs);
    attempt.cancel = orderAnswerOf(result);
    return stepResultOf(result);
  }

  /** Orders whose fate is open keep the socket until their deadline: the shopper stays, as it were, on the page. */
  async function leave(): Promise<StepResult> {
    await Promise.all(orders.map((order) => order.settled));
    end();
    return OK;
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    socket?.close();
    for (const order of orders) deps.onOrder(order.attempt);
  }

  const get = async (sent: Promise<HttpResult>): Promise<StepResult> => stepResultOf(await sent);

  function perform(step: Step, intendedMs: number): Promise<StepResult> {
    switch (step.kind) {
      case 'arrive':
        return arrive(step.signIn, intendedMs);
      case 'home':
        return home(intendedMs);
      case 'list': {
        const { categoryId, sort, page } = step;
        const path = `/products${query({ categoryId, sort, page })}`;
        return get(requests.send(ROUTES.products, path, intendedMs));
      }
      case 'search': {
        const path = `/products${query({ search: step.text, page: step.page })}`;
        return get(requests.send(ROUTES.products, path, intendedMs));
      }
      case 'view-product':
        return get(requests.send(ROUTES.product, `/products/${step.productId}`, intendedMs));
      case 'set-cart-line': {
        const path = `/cart/items/${step.productId}`;
        return get(requests.send(ROUTES.setCartLine, path, intendedMs, { quantity: step.quantity }));
      }
      case 'remove-cart-line':
        return get(requests.send(ROUTES.removeCartLine, `/cart/items/${step.productId}`, intendedMs));
      case 'view-cart':
        return get(requests.send(ROUTES.cart, '/cart', intendedMs));
      case 'place-order':
        return placeOrder(step, intendedMs);
      case 'await-outcome':
        return awaitOutcome();
      case 'view-orders':
        return get(requests.send(ROUTES.orders, '/orders', intendedMs));
      case 'cancel-order':
        return cancelOrder(intendedMs);
      case 'leave':
        return leave();
    }
  }

  return {
    perform,
    async abandon() {
      await Promise.all(orders.map((order) => order.ask()));
      end();
    },
  };
}
