// A small shop over HTTP for tests: REST with a cookie for the session, one GraphQL operation, and faults that a test plants while
// it runs.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeItem = { id: string; name: string; category: string; price: number; stock: number };

export type FakeOrder = {
  orderId: string;
  email: string;
  lines: { id: string; quantity: number; price: number }[];
  total: number;
  state: 'stands' | 'cancelled' | 'pending';
  placedAtMs: number;
};

export type Fault =
  /** Takes orders for more pieces than it has. */
  | 'oversells'
  /** Takes each order twice. */
  | 'doubles-orders'
  /** Says ok and keeps no order. */
  | 'loses-orders'
  /** Keeps another total than it says. */
  | 'changes-totals'
  /** Keeps an order though it says no. */
  | 'keeps-rejected'
  /** Gives every order the same id. */
  | 'repeats-ids'
  /** Answers checkouts never, but keeps the order. */
  | 'never-answers-checkouts'
  /** Answers HTML with status 200. */
  | 'answers-html'
  /** Answers 503 to everything. */
  | 'is-overloaded';

export type FakeShop = {
  url: string;
  items: FakeItem[];
  orders: FakeOrder[];
  faults: Set<Fault>;
  /** All that was asked: "GET /api/items/a", with the headers. */
  requests: { line: string; headers: IncomingMessage['headers']; body: string }[];
  /** Pending orders are decided when this is called. */
  decidePending(): void;
  close(): Promise<void>;
};

type Answer = { status: number; body: unknown; headers?: Record<string, string> } | 'never';
type Asked = { method: string; url: URL; body: string; session: string; headers: IncomingMessage['headers'] };

const CATEGORIES = ['lamps', 'desks', 'chairs'] as const;
const PAGE = 20;

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

/** Starts the shop on a free port of loopback. `isPending`: checkouts are answered as pending until they are decided. */
export async function startFakeShop(
  options: { items?: FakeItem[]; isPending?: boolean; faults?: readonly Fault[] } = {},
): Promise<FakeShop> {
  const items = options.items ?? fakeItems(60);
  const state = {
    items,
    itemById: new Map(items.map((item) => [item.id, item])),
    orders: [] as FakeOrder[],
    carts: new Map<string, Map<string, number>>(),
    faults: new Set<Fault>(options.faults),
    isPending: options.isPending ?? false,
  };
  const requests: FakeShop['requests'] = [];
  let sessionCount = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
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
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    items,
    orders: state.orders,
    faults: state.faults,
    requests,
    decidePending() {
      for (const order of state.orders) if (order.state === 'pending') order.state = 'stands';
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
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

type State = {
  items: FakeItem[];
  itemById: Map<string, FakeItem>;
  orders: FakeOrder[];
  carts: Map<string, Map<string, number>>;
  faults: Set<Fault>;
  isPending: boolean;
};

const ok = (body: unknown): Answer => ({ status: 200, body });
const notFound: Answer = { status: 404, body: { error: 'not-found' } };

function answerOf(state: State, asked: Asked): Answer {
  const { method, url } = asked;
  if (state.faults.has('is-overloaded')) return { status: 503, body: { error: 'overloaded' } };
  if (state.faults.has('answers-html')) return ok('<!doctype html><title>Welcome</title>');
  const [, area, kind, id, more] = url.pathname.split('/').map(decodeURIComponent);
  if (area === 'graphql') return graphql(state, asked);
  if (area === 'elsewhere')
    return { status: 302, body: {}, headers: { location: 'http://127.0.0.1:9/away' } };
  if (area === 'moved') return { status: 302, body: {}, headers: { location: '/api/items?page=1' } };
  if (area === 'admin') return admin(state, asked, kind);
  if (area !== 'api') return notFound;
  switch (kind) {
    case 'items':
      return id === undefined ? itemsPage(state, url) : itemPage(state, id);
    case 'cart':
      return id === undefined ? cartPage(state, asked) : setLine(state, asked, id);
    case 'checkout':
      return checkout(state, asked);
    case 'orders':
      if (id === undefined) return ok(ordersOf(state, asked.url.searchParams.get('email')));
      return more === 'cancel' && method === 'POST' ? cancel(state, id) : orderPage(state, id);
    default:
      return notFound;
  }
}

function itemsPage({ items }: State, { searchParams }: URL): Answer {
  const category = searchParams.get('category');
  const text = searchParams.get('q')?.toLowerCase();
  const size = Number(searchParams.get('size') ?? PAGE);
  const page = Number(searchParams.get('page') ?? 1);
  const found = items.filter(
    (item) =>
      (category === null || item.category === category) &&
      (text === undefined || item.name.toLowerCase().includes(text)),
  );
  return ok({ items: found.slice((page - 1) * size, page * size), hasNext: page * size < found.length });
}

function itemPage({ itemById }: State, id: string): Answer {
  const item = itemById.get(id);
  return item === undefined ? notFound : ok(item);
}

function cartOf({ carts }: State, { session }: Asked): Map<string, number> {
  const cart = carts.get(session) ?? new Map<string, number>();
  carts.set(session, cart);
  return cart;
}

function pricedLines({ itemById }: State, cart: ReadonlyMap<string, number>) {
  const lines = Array.from(cart, ([id, quantity]) => ({ id, quantity, price: itemById.get(id)?.price ?? 0 }));
  return { lines, total: lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0) };
}

const cartPage = (state: State, asked: Asked): Answer => ok(pricedLines(state, cartOf(state, asked)));

function setLine(state: State, asked: Asked, id: string): Answer {
  const item = state.itemById.get(id);
  if (item === undefined) return notFound;
  const cart = cartOf(state, asked);
  if (asked.method === 'DELETE') cart.delete(id);
  else {
    const { quantity } = JSON.parse(asked.body) as { quantity: number };
    if (quantity > item.stock && !state.faults.has('oversells'))
      return { status: 409, body: { error: 'sold-out' } };
    cart.set(id, quantity);
  }
  return ok({});
}

function checkout(state: State, asked: Asked): Answer {
  const { faults, orders } = state;
  const cart = cartOf(state, asked);
  const { email } = JSON.parse(asked.body) as { email: string };
  const { lines, total } = pricedLines(state, cart);
  if (lines.length === 0) return { status: 400, body: { error: 'empty' } };
  const isShort = lines.some(({ id, quantity }) => quantity > (state.itemById.get(id)?.stock ?? 0));
  const isRejected = isShort && !faults.has('oversells');
  const order: FakeOrder = {
    orderId: faults.has('repeats-ids') ? 'order-1' : `order-${orders.length + 1}`,
    email,
    lines,
    total: faults.has('changes-totals') ? total + 1 : total,
    state: state.isPending ? 'pending' : 'stands',
    placedAtMs: Date.now(),
  };
  const isKept = isRejected ? faults.has('keeps-rejected') : !faults.has('loses-orders');
  if (isKept) {
    orders.push(order);
    if (faults.has('doubles-orders')) orders.push({ ...order, orderId: `order-${orders.length + 1}` });
    for (const { id, quantity } of lines) {
      const item = state.itemById.get(id);
      if (item !== undefined) item.stock -= quantity;
    }
  }
  if (isRejected) return { status: 409, body: { error: 'sold-out' } };
  cart.clear();
  if (faults.has('never-answers-checkouts')) return 'never';
  return { status: state.isPending ? 202 : 201, body: { orderId: order.orderId, total, state: order.state } };
}

const ordersOf = ({ orders }: State, email: string | null): FakeOrder[] =>
  orders.filter((order) => order.email === email).reverse();

function orderPage({ orders }: State, id: string): Answer {
  const order = orders.find(({ orderId }) => orderId === id);
  return order === undefined ? notFound : ok(order);
}

function cancel({ orders, itemById }: State, id: string): Answer {
  const order = orders.find(({ orderId }) => orderId === id);
  if (order === undefined) return notFound;
  if (order.state === 'cancelled') return { status: 409, body: { error: 'already-cancelled' } };
  order.state = 'cancelled';
  for (const line of order.lines) {
    const item = itemById.get(line.id);
    if (item !== undefined) item.stock += line.quantity;
  }
  return ok({});
}

function admin(state: State, { url, headers }: Asked, kind: string | undefined): Answer {
  if (headers['x-admin'] !== 'secret') return { status: 401, body: { error: 'who-are-you' } };
  if (kind === 'stock') return ok(Object.fromEntries(state.items.map(({ id, stock }) => [id, stock])));
  const sinceMs = Number(url.searchParams.get('since') ?? 0);
  return ok(state.orders.filter(({ placedAtMs }) => placedAtMs >= sinceMs));
}

function graphql({ itemById }: State, { body }: Asked): Answer {
  const { variables } = JSON.parse(body) as { variables?: { id?: string } };
  const item = itemById.get(variables?.id ?? '');
  if (item !== undefined) return ok({ data: { item } });
  return ok({
    data: null,
    errors: [{ message: 'There is no such item.', extensions: { code: 'NOT_FOUND' } }],
  });
}
