// The orders of one visit: placed, waited for, cancelled, and reported when the visit is over.
import type { OrderView } from '../../../system/contract/orders.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { Step, StepResult } from '../../shopper/state/steps.ts';
import type { OrderAttempt, OurShopHooks } from './attempts.ts';
import { type OrderWatch, watchOrder } from './order-watch.ts';
import { answerOf, stepResultOf } from './request-verdict.ts';
import { requestsOf, type ShopRequest, type VisitSoFar } from './requests-of.ts';
import { ROUTES } from './routes.ts';
import type { ShopSocket } from './sockets.ts';

export type OrdersOfVisit = {
  /** The id of the order placed last, or of the one that is being placed. */
  lastId(): string;
  place(step: Step & { kind: 'place-order' }, intendedMs: number): Promise<StepResult>;
  /** Waits until the last order's outcome is known, or its deadline has passed and it was asked for once. */
  awaitOutcome(): Promise<StepResult>;
  cancel(step: Step & { kind: 'cancel-order' }, intendedMs: number): Promise<StepResult>;
  /** Resolves when the fate of each is known, or known not to be. */
  settled(): Promise<void>;
  /** Asks the shop at once for every outcome that is still waited for. */
  ask(): Promise<void>;
  /** Reports each; call it once, at the end. */
  report(): void;
};

/** For the first order of a visit: most visits place none. */
export function createOrdersOfVisit(
  deps: Pick<OurShopHooks, 'measures' | 'attemptedAt' | 'onAttempt'> & {
    timeline: Timeline;
    httpDeadlineMs: number;
    outcomeDeadlineMs: number;
    newOrderId: () => string;
    personId: number;
    credentials: VisitSoFar['credentials'];
    socket: () => ShopSocket | null;
    send: (request: ShopRequest, intendedMs: number) => Promise<HttpResult>;
  },
): OrdersOfVisit {
  const orders: OrderWatch[] = [];

  function last(): OrderWatch {
    const order = orders.at(-1);
    if (order === undefined) throw new Error('a shopper speaks of an order before it was begun');
    return order;
  }

  const lastId = (): string => last().attempt.orderId;

  function requestOf(step: Step & { kind: 'place-order' | 'cancel-order' }): ShopRequest {
    const [request] = requestsOf(step, { orderId: lastId, credentials: deps.credentials }).requests;
    if (request === undefined) throw new Error(`the step ${step.kind} sends no request`);
    return request;
  }

  async function retrieve(orderId: string): Promise<OrderView | null> {
    const ask = () => deps.send({ route: ROUTES.order, path: `/orders/${orderId}` }, deps.timeline.nowMs());
    let result = await ask();
    // The question that the end of the run cut off is the last one all the same, so it is put once more.
    if (result.kind === 'no-answer' && result.reason === 'unfinished') result = await ask();
    return result.kind === 'answer' && result.status === 200 ? (result.json() as OrderView) : null;
  }

  function begin({ lines, coupon }: Step & { kind: 'place-order' }, intendedMs: number): OrderWatch {
    const attempt: OrderAttempt = {
      kind: 'order',
      orderId: deps.newOrderId(),
      customerId: deps.personId,
      ...deps.attemptedAt(intendedMs),
      lines,
      coupon: coupon === undefined ? null : { id: coupon.couponId, quotedKrw: coupon.discountKrw },
      answer: 'unknown',
      httpStatus: null,
      outcome: null,
      refusedBecause: null,
      outcomeSeenBy: null,
      outcomeAfterMs: null,
      totalKrw: null,
      cancel: null,
    };
    const order = watchOrder({ ...deps, retrieve }, attempt, intendedMs);
    orders.push(order);
    deps.measures.count('ordersAttempted');
    deps.socket()?.expect(attempt.orderId, order.seen);
    return order;
  }

  return {
    lastId,
    async place(step, intendedMs) {
      const present = orders.at(-1);
      // Sent again after an unknown end, it is the same order and keeps its id, so that it cannot be placed twice.
      const isRepeated = present?.attempt.answer === 'unknown' && present.attempt.lines === step.lines;
      const order = isRepeated ? present : begin(step, intendedMs);
      const result = await deps.send(requestOf(step), intendedMs);
      order.answered(result);
      if (order.attempt.answer === 'refused') deps.socket()?.forget(order.attempt.orderId);
      return stepResultOf([result]);
    },
    async awaitOutcome() {
      const { attempt, settled } = last();
      await settled;
      if (attempt.outcome === null) return { outcome: 'failed' };
      if (attempt.outcome === 'confirmed') return { outcome: 'ok' };
      return { outcome: 'refused', reason: attempt.refusedBecause };
    },
    async cancel(step, intendedMs) {
      const { attempt } = last();
      attempt.cancel = 'unknown';
      const result = await deps.send(requestOf(step), intendedMs);
      attempt.cancel = answerOf(result);
      return stepResultOf([result]);
    },
    async settled() {
      // One after the other: mostly there is one, and what waits for all at once costs more than that one.
      for (const order of orders) await order.settled;
    },
    async ask() {
      await Promise.all(orders.map((order) => order.ask()));
    },
    report() {
      for (const { attempt } of orders) deps.onAttempt(attempt);
    },
  };
}
