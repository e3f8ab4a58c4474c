// Shoppers for fault tests: they order without a break, whatever happens, and keep account of every order. Whether the
// account is in order afterwards is checked in account.ts. Not used by the shop itself.
import { connect, type Socket } from 'socket.io-client';
import type { OrderOutcome, PlaceOrderBody } from '../contract/orders.ts';
import {
  type ClientToServerEvents,
  MAX_RESUME_ORDERS,
  type ServerToClientEvents,
} from '../contract/sockets.ts';
import { orderBody } from '../orders/testing.ts';

const ORDER_EVERY_MS = 50;
const ANSWER_WITHIN_MS = 8_000;

/** An order as its shopper knows it. `refused`: surely not placed. */
export type Attempt = {
  customerId: number;
  order: PlaceOrderBody;
  sentMs: number;
  answer: 'open' | 'accepted' | 'refused' | 'unknown';
};

export type Shopper = { customerId: number; url: string; accessToken: string; refreshToken: string };

export type Shoppers = {
  customerIds: readonly number[];
  attempts: ReadonlyMap<string, Attempt>;
  /** Outcomes heard by socket. */
  heard: ReadonlyMap<string, OrderOutcome[]>;
  /** Answers that the shop must not give, in words. */
  violations: readonly string[];
  /** Sends an order again with its id. */
  resend(attempt: Attempt): Promise<void>;
  /** Asks by socket for the stored outcomes of one's orders. */
  resume(customerId: number, orderIds: readonly string[]): Promise<OrderOutcome[]>;
  /** Makes no more orders and waits for the answers still open. */
  stopOrdering(): Promise<void>;
  close(): void;
};

/** Lets each shopper connect its socket and order one thing of the products given in turn, 20 times a second. */
export function startShoppers(shoppers: readonly Shopper[], productIds: readonly number[]): Shoppers {
  const attempts = new Map<string, Attempt>();
  const heard = new Map<string, OrderOutcome[]>();
  const violations: string[] = [];
  const open = new Set<Promise<void>>();
  const clients = new Map(
    shoppers.map((shopper) => [shopper.customerId, createClient(shopper, { heard, violations })]),
  );

  function order(customerId: number): void {
    const body = orderBody([productIds[attempts.size % productIds.length] as number]);
    const attempt: Attempt = { customerId, order: body, sentMs: performance.now(), answer: 'open' };
    attempts.set(body.id, attempt);
    const sending = send(attempt).finally(() => open.delete(sending));
    open.add(sending);
  }
  async function send(attempt: Attempt): Promise<void> {
    const answer = await clients.get(attempt.customerId)?.send(attempt.order);
    attempt.answer = answer ?? 'refused';
  }

  const timers = shoppers.map(({ customerId }) => setInterval(() => order(customerId), ORDER_EVERY_MS));
  return {
    customerIds: shoppers.map(({ customerId }) => customerId),
    attempts,
    heard,
    violations,
    resend: send,
    async resume(customerId, orderIds) {
      const socket = clients.get(customerId)?.socket;
      const outcomes: OrderOutcome[] = [];
      for (let start = 0; start < orderIds.length; start += MAX_RESUME_ORDERS) {
        const some = orderIds.slice(start, start + MAX_RESUME_ORDERS);
        outcomes.push(...((await socket?.timeout(30_000).emitWithAck('orders:resume', some)) ?? []));
      }
      return outcomes;
    },
    async stopOrdering() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(open);
    },
    close() {
      for (const timer of timers) clearInterval(timer);
      for (const { socket } of clients.values()) socket.close();
    },
  };
}

type Account = { heard: Map<string, OrderOutcome[]>; violations: string[] };

/** One shopper's HTTP and socket, with the tokens of a session that is renewed when the shop does not know it any more. */
function createClient(shopper: Shopper, { heard, violations }: Account) {
  const { url, customerId } = shopper;
  let tokens = { accessToken: shopper.accessToken, refreshToken: shopper.refreshToken };
  let renewing: Promise<void> | undefined;

  async function renew(): Promise<void> {
    const answer = await post(`${url}/sessions/refresh`, { refreshToken: tokens.refreshToken }).catch(
      () => null,
    );
    if (answer?.status === 201) tokens = (await answer.json()) as typeof tokens;
    else if (answer?.status === 401) violations.push(`customer ${customerId} lost their session`);
  }
  function renewOnce(): Promise<void> {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function send(order: PlaceOrderBody): Promise<Attempt['answer']> {
    let answer: Response;
    try {
      answer = await post(`${url}/orders`, order, tokens.accessToken);
    } catch {
      return 'unknown';
    }
    if (answer.status === 401) await renewOnce();
    const body = (await answer.json().catch(() => ({}))) as { code?: string };
    const violation = violationOf(answer, body.code);
    if (violation !== null) violations.push(violation);
    if (answer.status === 201 || answer.status === 202) return 'accepted';
    return answer.status === 401 || body.code === 'order-not-placed' ? 'refused' : 'unknown';
  }

  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = connect(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    auth: (give) => give({ accessToken: tokens.accessToken }),
  });
  const hear = (outcome: OrderOutcome) =>
    heard.set(outcome.orderId, [...(heard.get(outcome.orderId) ?? []), outcome]);
  socket.on('order:confirmed', hear);
  socket.on('order:rejected', hear);
  socket.on('connect_error', async () => {
    // Refused by the shop itself: the token is not known any more, or could not be looked up.
    if (socket.active) return;
    await renewOnce();
    setTimeout(() => socket.connect(), 100);
  });
  return { send, socket };
}

function violationOf(answer: Response, code: string | undefined): string | null {
  if ([201, 202, 401].includes(answer.status)) return null;
  if (answer.status !== 503) return `POST /orders answered ${answer.status} ${code ?? ''}`;
  if (code !== 'order-not-placed' && code !== 'outcome-unknown') return `503 with code ${code ?? 'none'}`;
  return answer.headers.has('retry-after') ? null : '503 without Retry-After';
}

function post(url: string, body: unknown, accessToken?: string): Promise<Response> {
  const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
}
