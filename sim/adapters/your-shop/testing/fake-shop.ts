// A small shop over HTTP for tests, on a free port of loopback. Its API is that of the file that `npm run target -- init` writes, with
// what other shops have besides; what it answers is fake-shop-answers.ts. Faults are planted while it runs.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Answer, answerOf, type FakeItem, type FakeOrder, type Fault } from './fake-shop-answers.ts';
import { createPushes } from './fake-shop-pushes.ts';

export type { FakeItem, FakeOrder, Fault };

type Instead = { status: number; body: string; type?: string };

export type FakeShop = {
  url: string;
  items: FakeItem[];
  orders: FakeOrder[];
  faults: Set<Fault>;
  /** All that was asked: "GET /products/a", with the headers. */
  requests: { line: string; headers: IncomingMessage['headers']; body: string }[];
  /** Answers in the place of the shop where it gives something; null lets the shop answer. */
  instead: ((request: IncomingMessage) => Instead | null) | null;
  /** Where it sends webhooks; null: nowhere. */
  hookUrl: string | null;
  /** Streams and sockets that are open now. */
  listenerCount(): number;
  /** Pending orders are decided when this is called, and whoever listens is told. */
  decidePending(): void;
  /** Ends all streams and sockets. */
  hangUp(): void;
  close(): Promise<void>;
};

const CATEGORIES = ['lamps', 'desks', 'chairs'] as const;

/** `itemCount` items of three categories, `stock` pieces each. */
export function fakeItems(itemCount: number, stock = 1_000): FakeItem[] {
  return Array.from({ length: itemCount }, (_, index) => {
    const category = CATEGORIES[index % CATEGORIES.length] ?? 'lamps';
    return {
      id: `item-${index + 1}`,
      name: `Plain ${category} ${index + 1}`,
      category,
      price: 1_000 + index,
      stock,
    };
  });
}

type FakeShopOptions = {
  items?: FakeItem[];
  /** Checkouts are answered as pending until they are decided. */
  isPending?: boolean;
  faults?: readonly Fault[];
  /** Serves https with this certificate. */
  secure?: { cert: Buffer; key: Buffer };
};

export async function startFakeShop(options: FakeShopOptions = {}): Promise<FakeShop> {
  const items = options.items ?? fakeItems(60);
  const state = {
    items,
    itemById: new Map(items.map((item) => [item.id, item])),
    orders: [] as FakeOrder[],
    orderCount: 0,
    carts: new Map<string, Map<string, number>>(),
    faults: new Set<Fault>(options.faults),
    isPending: options.isPending ?? false,
  };
  let sessionCount = 0;
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      shop.requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      const instead = shop.instead?.(request) ?? null;
      if (instead === null && request.url === '/events') return pushes.stream(response);
      if (instead !== null) {
        response
          .writeHead(instead.status, { 'content-type': instead.type ?? 'text/plain' })
          .end(instead.body);
        return;
      }
      const session = /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
      const asked = {
        method: request.method ?? 'GET',
        url: new URL(request.url ?? '/', 'http://shop'),
        body,
        session: session ?? `s${++sessionCount}`,
        headers: request.headers,
      };
      send(response, answerOf(state, asked), session === undefined ? asked.session : null);
    });
  };
  const { secure } = options;
  const server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener);
  const pushes = createPushes(server);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shop: FakeShop = {
    url: `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    items,
    orders: state.orders,
    faults: state.faults,
    requests: [],
    instead: null,
    hookUrl: null,
    listenerCount: pushes.listenerCount,
    decidePending() {
      for (const order of state.orders) {
        if (order.state !== 'pending') continue;
        order.state = 'stands';
        pushes.push(order, shop.hookUrl);
      }
    },
    hangUp: pushes.hangUp,
    close() {
      pushes.hangUp();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return shop;
}

function send(response: ServerResponse, answer: Answer, newSession: string | null): void {
  if (answer === 'never') return;
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...(newSession === null ? {} : { 'set-cookie': `sid=${newSession}; Path=/; HttpOnly` }),
    ...answer.headers,
  });
  response.end(isText ? String(answer.body) : JSON.stringify(answer.body));
}
