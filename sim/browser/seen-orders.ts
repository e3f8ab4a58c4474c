// The orders that a browser's window places, as its own traffic tells them. An order is told again whenever more is known of it,
// so that one of which nothing more is heard stands as what it is: sent, and open.
import type { OrderOutcome } from '../../system/contract/orders.ts';
import type { OrderAttempt } from '../adapters/our-shop/attempts.ts';
import { type Answered, type Asked, eventOf, isObject, listOf, verdictOf } from './traffic.ts';

const PATH = '/orders';
const QUOTES_PATH = '/coupons/quotes';

export type SeenOrders = {
  asked(request: Asked): void;
  answered(request: Answered): void;
  /** A text message of the socket to the window. */
  heard(frame: string): void;
  /** Orders that may exist and of which no outcome was heard. */
  openCount(): number;
};

/** @param deps.sinceSpanMs the present moment, in ms from the start of the measured span */
export function createSeenOrders(deps: {
  customerId: number;
  sinceSpanMs: () => number;
  tell: (order: OrderAttempt) => void;
}): SeenOrders {
  const orders = new Map<string, OrderAttempt>();
  /** What each coupon was last said to take off, in KRW. */
  const quotes = new Map<string, number>();

  function noteQuotes(answer: unknown): void {
    for (const quote of listOf(isObject(answer) ? answer.quotes : null)) {
      if (!isObject(quote) || typeof quote.couponId !== 'string') continue;
      if (typeof quote.discountKrw === 'number') quotes.set(quote.couponId, quote.discountKrw);
    }
  }

  /** Whoever chooses a coupon has been told what it takes off. */
  const couponOf = (id: string | undefined): OrderAttempt['coupon'] =>
    id === undefined ? null : { id, quotedKrw: quotes.get(id) ?? 0 };

  function know(order: OrderAttempt): void {
    orders.set(order.orderId, order);
    deps.tell(order);
  }

  return {
    asked({ method, path, body }) {
      if (method !== 'POST' || path !== PATH || !isOrderBody(body) || orders.has(body.id)) return;
      know({
        kind: 'order',
        orderId: body.id,
        customerId: deps.customerId,
        attemptedAtMs: deps.sinceSpanMs(),
        phase: 'measure',
        lines: body.lines.map(({ productId, quantity }) => ({ productId, quantity })),
        coupon: couponOf(body.couponId),
        answer: 'unknown',
        httpStatus: null,
        outcome: null,
        refusedBecause: null,
        outcomeSeenBy: null,
        outcomeAfterMs: null,
        totalKrw: null,
        cancel: null,
        isOfBrowser: true,
      });
    },
    answered(request) {
      const { method, path, body, status, answer } = request;
      if (method === 'POST' && path === QUOTES_PATH) noteQuotes(answer);
      if (method !== 'POST' || path !== PATH || !isOrderBody(body)) return;
      const known = orders.get(body.id);
      // One that was taken in is taken in, whatever becomes of its being sent again.
      if (known === undefined || known.answer === 'accepted') return;
      const how = verdictOf(request);
      const refusedBecause = how === 'refused' ? codeOf(answer) : known.refusedBecause;
      know({ ...known, answer: how, httpStatus: status, refusedBecause });
    },
    heard(frame) {
      const event = eventOf(frame);
      if (event === null || !isOutcome(event)) return;
      const known = orders.get(event.told.orderId);
      if (known === undefined || known.outcome !== null) return;
      know({
        ...known,
        outcome: event.name === 'order:confirmed' ? 'confirmed' : 'rejected',
        refusedBecause: event.told.rejectionReason,
        outcomeSeenBy: 'socket',
        outcomeAfterMs: deps.sinceSpanMs() - known.attemptedAtMs,
        totalKrw: event.told.totalKrw,
      });
    },
    openCount: () =>
      [...orders.values()].filter(({ answer, outcome }) => answer !== 'refused' && outcome === null).length,
  };
}

/** The storefront makes it by the shop's contract; what is no order at all is passed by. */
function isOrderBody(
  body: unknown,
): body is { id: string; lines: { productId: number; quantity: number }[]; couponId?: string } {
  return isObject(body) && typeof body.id === 'string' && Array.isArray(body.lines);
}

function isOutcome(event: {
  name: string;
  told: unknown;
}): event is { name: 'order:confirmed' | 'order:rejected'; told: OrderOutcome } {
  const isOne = event.name === 'order:confirmed' || event.name === 'order:rejected';
  return isOne && isObject(event.told) && typeof event.told.orderId === 'string';
}

const codeOf = (answer: unknown): string | null =>
  isObject(answer) && typeof answer.code === 'string' ? answer.code : null;
