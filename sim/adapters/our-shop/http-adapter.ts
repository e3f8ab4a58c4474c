// Our shop's adapter: a shopper's steps as the requests and socket of system/contract, and the answers as step results.
import type { OrderView } from '../../../system/contract/orders.ts';
import type { OrderAttempt } from '../../engine/protocol/protocol.ts';
import type { OpenVisit, Visit } from '../../engine/visit.ts';
import type { Step, StepResult } from '../../shopper/steps.ts';
import {
  type Asked,
  createMeasuredRequests,
  type MeasuredRequests,
  type RequestDeps,
} from './measured-requests.ts';
import { type OrderWatch, watchOrder } from './order-watch.ts';
import { answerOf, stepResultOf } from './request-verdict.ts';
import { ROUTES, type Route } from './routes.ts';
import type { OpenSocket, ShopSocket } from './sockets.ts';

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
  const requests = createMeasuredRequests(deps);
  return (personId) => new HttpVisit(deps, requests, personId);
}

/** A class, because visits are many and short: its methods are shared where closures would be made anew for each. */
class HttpVisit implements Visit {
  private readonly deps: HttpAdapterDeps;
  private readonly requests: MeasuredRequests;
  private readonly personId: number;
  private readonly orders: OrderWatch[] = [];
  private socket: ShopSocket | null = null;
  private underWay: Promise<StepResult> | null = null;
  private isOver = false;

  constructor(deps: HttpAdapterDeps, requests: MeasuredRequests, personId: number) {
    this.deps = deps;
    this.requests = requests;
    this.personId = personId;
  }

  perform(step: Step, intendedMs: number): Promise<StepResult> {
    this.underWay = this.begin(step, intendedMs);
    return this.underWay;
  }

  private begin(step: Step, intendedMs: number): Promise<StepResult> {
    switch (step.kind) {
      case 'arrive':
        return this.arrive(step.signIn, intendedMs);
      case 'home':
        return this.home(intendedMs);
      case 'list': {
        const { categoryId, sort, page } = step;
        const path = `/products${query({ categoryId, sort, page })}`;
        return this.ask(ROUTES.products, { path, intendedMs });
      }
      case 'search': {
        const path = `/products${query({ search: step.text, page: step.page })}`;
        return this.ask(ROUTES.products, { path, intendedMs });
      }
      case 'view-product':
        return this.ask(ROUTES.product, { path: `/products/${step.productId}`, intendedMs });
      case 'set-cart-line': {
        const path = `/cart/items/${step.productId}`;
        return this.ask(ROUTES.setCartLine, { path, intendedMs, body: { quantity: step.quantity } });
      }
      case 'remove-cart-line':
        return this.ask(ROUTES.removeCartLine, { path: `/cart/items/${step.productId}`, intendedMs });
      case 'view-cart':
        return this.ask(ROUTES.cart, { path: '/cart', intendedMs });
      case 'place-order':
        return this.placeOrder(step, intendedMs);
      case 'await-outcome':
        return this.awaitOutcome();
      case 'view-orders':
        return this.ask(ROUTES.orders, { path: '/orders', intendedMs });
      case 'cancel-order':
        return this.cancelOrder(intendedMs);
      case 'leave':
        return this.leave();
    }
  }

  async abandon(): Promise<void> {
    await Promise.all(this.orders.map((order) => order.ask()));
    // With its orders decided and its requests cut off the step ends at once; what it measures must not come too late.
    await this.underWay;
    this.end();
  }

  private ask(route: Route, asked: Asked): Promise<StepResult> {
    return this.requests.send(this.personId, route, asked).then(stepResultOf);
  }

  private async arrive(signIn: 'session' | 'password', intendedMs: number): Promise<StepResult> {
    const { deps, personId, requests } = this;
    const renewToken = () => requests.renew(personId);
    if (signIn === 'password') {
      const result = await requests.signIn(personId, intendedMs, deps.credentialsOf(personId));
      if (result.kind === 'no-answer' || result.status >= 300) return FAILED;
    } else if (deps.sessions.accessTokenOf(personId) === null && !(await renewToken())) {
      return FAILED;
    }
    if (this.isOver) return FAILED;
    this.socket = deps.openSocket({
      accessToken: () => deps.sessions.accessTokenOf(personId) ?? '',
      renewToken,
      onConnectError(lacked) {
        if (lacked === null) deps.measures.failed('socket connect', deps.timeline.nowMs());
        else deps.measures.starved(lacked);
      },
    });
    return OK;
  }

  private async home(intendedMs: number): Promise<StepResult> {
    const [categories, products] = await Promise.all([
      this.ask(ROUTES.categories, { path: '/categories', intendedMs }),
      this.ask(ROUTES.products, { path: `/products${query({ sort: 'popular' })}`, intendedMs }),
    ]);
    return categories.outcome === 'ok' ? products : categories;
  }

  private async retrieve(orderId: string): Promise<OrderView | null> {
    const ask = () => {
      const asked = { path: `/orders/${orderId}`, intendedMs: this.deps.timeline.nowMs() };
      return this.requests.send(this.personId, ROUTES.order, asked);
    };
    let result = await ask();
    // The question that the end of the run cut off is the last one all the same, so it is put once more.
    if (result.kind === 'no-answer' && result.reason === 'unfinished') result = await ask();
    return result.kind === 'answer' && result.status === 200 ? (result.json() as OrderView) : null;
  }

  private beginOrder(lines: OrderAttempt['lines'], intendedMs: number): OrderWatch {
    const { deps } = this;
    const attempt: OrderAttempt = {
      orderId: deps.newOrderId(),
      customerId: this.personId,
      ...deps.attemptedAt(intendedMs),
      lines,
      answer: 'unknown',
      httpStatus: null,
      outcome: null,
      outcomeSeenBy: null,
      outcomeAfterMs: null,
      totalKrw: null,
      cancel: null,
    };
    const retrieve = (orderId: string) => this.retrieve(orderId);
    const order = watchOrder({ ...deps, retrieve }, attempt, intendedMs);
    this.orders.push(order);
    deps.measures.count('ordersAttempted');
    this.socket?.expect(attempt.orderId, order.seen);
    return order;
  }

  private async placeOrder(step: Step & { kind: 'place-order' }, intendedMs: number): Promise<StepResult> {
    const { lines, paymentMethod } = step;
    const last = this.orders.at(-1);
    // Sent again after an unknown end, it is the same order and keeps its id, so that it cannot be placed twice.
    const isRepeated = last?.attempt.answer === 'unknown' && last.attempt.lines === lines;
    const order = isRepeated ? last : this.beginOrder(lines, intendedMs);
    const { orderId } = order.attempt;
    const asked = { path: '/orders', intendedMs, body: { id: orderId, lines, paymentMethod } };
    const result = await this.requests.send(this.personId, ROUTES.placeOrder, asked);
    order.answered(result);
    if (order.attempt.answer === 'refused') this.socket?.forget(orderId);
    return stepResultOf(result);
  }

  private async awaitOutcome(): Promise<StepResult> {
    const order = this.orders.at(-1);
    if (order === undefined) throw new Error('a shopper waits for an outcome without having placed an order');
    await order.settled;
    if (order.attempt.outcome === null) return FAILED;
    if (order.attempt.outcome === 'confirmed') return OK;
    return { outcome: 'refused', soldOut: order.rejectionReason() === 'sold-out' };
  }

  private async cancelOrder(intendedMs: number): Promise<StepResult> {
    const order = this.orders.at(-1);
    if (order === undefined) throw new Error('a shopper cancels without having placed an order');
    const { attempt } = order;
    attempt.cancel = 'unknown';
    const asked = { path: `/orders/${attempt.orderId}/cancel`, intendedMs };
    const result = await this.requests.send(this.personId, ROUTES.cancelOrder, asked);
    attempt.cancel = answerOf(result);
    return stepResultOf(result);
  }

  /** Orders whose fate is open keep the socket until their deadline: the shopper stays, as it were, on the page. */
  private async leave(): Promise<StepResult> {
    if (this.orders.length > 0) await Promise.all(this.orders.map((order) => order.settled));
    this.end();
    return OK;
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.socket?.close();
    for (const order of this.orders) this.deps.onOrder(order.attempt);
  }
}
