// What the small shop of the tests answers: REST with a cookie for the session, one GraphQL operation, read-only calls of its owner,
// and each of them broken on purpose.
import type { IncomingHttpHeaders } from 'node:http';

export type FakeItem = { id: string; name: string; category: string; price: number; stock: number };

export type FakeOrder = {
  id: string;
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
  /** Keeps with each order one that nobody placed. */
  | 'adds-orders'
  /** Takes a piece too many out of its stock with each line. */
  | 'miscounts-stock'
  /** Says ok and keeps no order. */
  | 'loses-orders'
  /** Keeps another total than it says. */
  | 'changes-totals'
  /** Says no, and keeps the order. */
  | 'keeps-rejected'
  /** Gives every order the same id. */
  | 'repeats-ids'
  /** Answers checkouts never, but keeps the order. */
  | 'never-answers-checkouts'
  /** Answers HTML with status 200. */
  | 'answers-html'
  /** Answers 503 to everything. */
  | 'is-overloaded';

export type State = {
  items: FakeItem[];
  itemById: Map<string, FakeItem>;
  orders: FakeOrder[];
  /** All that were ever placed, kept or not. */
  orderCount: number;
  carts: Map<string, Map<string, number>>;
  faults: Set<Fault>;
  isPending: boolean;
};

export type Asked = { method: string; url: URL; body: string; session: string; headers: IncomingHttpHeaders };
export type Answer = { status: number; body: unknown; headers?: Record<string, string> } | 'never';

const PAGE = 20;

const ok = (body: unknown): Answer => ({ status: 200, body });
const notFound: Answer = { status: 404, body: { because: 'not-found' } };
const soldOut: Answer = { status: 409, body: { because: 'sold-out' } };

export function answerOf(state: State, asked: Asked): Answer {
  const { method, url } = asked;
  if (state.faults.has('is-overloaded')) return { status: 503, body: { because: 'overloaded' } };
  if (state.faults.has('answers-html')) return ok('<!doctype html><title>Welcome</title>');
  const [, area, id, more] = url.pathname.split('/').map(decodeURIComponent);
  switch (area) {
    case 'products':
      return id === undefined ? itemsPage(state, url) : itemPage(state, id);
    case 'cart':
      return id === undefined ? ok(pricedLines(state, cartOf(state, asked))) : setLine(state, asked, id);
    case 'orders':
      if (id === undefined)
        return method === 'POST'
          ? checkout(state, asked)
          : ok(ordersOf(state, url.searchParams.get('email')));
      return more === 'cancel' && method === 'POST' ? cancel(state, id) : orderPage(state, id);
    case 'graphql':
      return graphql(state, asked);
    case 'admin':
      return admin(state, asked, id);
    case 'moved':
      return { status: 302, body: {}, headers: { location: '/products?page=1' } };
    case 'elsewhere':
      return { status: 302, body: {}, headers: { location: 'http://127.0.0.1:9/away' } };
    default:
      return notFound;
  }
}

/** All of them, or a page, with whether there is another in `Link`. */
function itemsPage({ items }: State, { searchParams }: URL): Answer {
  const category = searchParams.get('category');
  const text = searchParams.get('q')?.toLowerCase();
  const found = items.filter(
    (item) =>
      (category === null || item.category === category) &&
      (text === undefined || item.name.toLowerCase().includes(text)),
  );
  const page = searchParams.get('page');
  if (page === null) return ok(found);
  const size = Number(searchParams.get('size') ?? PAGE);
  const end = Number(page) * size;
  const next = end < found.length ? { link: `<?page=${Number(page) + 1}>; rel="next"` } : {};
  return { status: 200, body: found.slice(end - size, end), headers: next };
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

function setLine(state: State, asked: Asked, id: string): Answer {
  const item = state.itemById.get(id);
  if (item === undefined) return notFound;
  const cart = cartOf(state, asked);
  if (asked.method === 'DELETE') cart.delete(id);
  else {
    const { quantity } = JSON.parse(asked.body) as { quantity: number };
    if (quantity > item.stock && !state.faults.has('oversells')) return soldOut;
    cart.set(id, quantity);
  }
  return ok({});
}

function checkout(state: State, asked: Asked): Answer {
  const { faults } = state;
  const cart = cartOf(state, asked);
  const { email } = JSON.parse(asked.body) as { email: string };
  const { lines, total } = pricedLines(state, cart);
  if (lines.length === 0) return { status: 400, body: { because: 'empty' } };
  const isShort = lines.some(({ id, quantity }) => quantity > (state.itemById.get(id)?.stock ?? 0));
  const isRejected = faults.has('keeps-rejected') || (isShort && !faults.has('oversells'));
  state.orderCount += 1;
  const order: FakeOrder = {
    id: faults.has('repeats-ids') ? 'order-1' : `order-${state.orderCount}`,
    email,
    lines,
    total: faults.has('changes-totals') ? total + 1 : total,
    state: state.isPending ? 'pending' : 'stands',
    placedAtMs: Date.now(),
  };
  if (isRejected ? faults.has('keeps-rejected') : !faults.has('loses-orders')) keep(state, order);
  if (isRejected) return soldOut;
  cart.clear();
  if (faults.has('never-answers-checkouts')) return 'never';
  return { status: state.isPending ? 202 : 201, body: { id: order.id, total, state: order.state } };
}

function keep(state: State, order: FakeOrder): void {
  const { faults, orders, itemById } = state;
  const again = faults.has('doubles-orders') ? [{ ...order, id: `${order.id}-again` }] : [];
  const [first] = order.lines;
  const nobodys =
    faults.has('adds-orders') && first !== undefined
      ? [{ ...order, id: `${order.id}-nobodys`, lines: [{ ...first, quantity: first.quantity + 100 }] }]
      : [];
  for (const kept of [order, ...again, ...nobodys]) {
    orders.push(kept);
    for (const { id, quantity } of kept.lines) {
      const item = itemById.get(id);
      if (item !== undefined) item.stock -= quantity + (faults.has('miscounts-stock') ? 1 : 0);
    }
  }
}

const ordersOf = ({ orders }: State, email: string | null): FakeOrder[] =>
  orders.filter((order) => order.email === email).reverse();

function orderPage({ orders }: State, id: string): Answer {
  const order = orders.find((one) => one.id === id);
  return order === undefined ? notFound : ok(order);
}

function cancel({ orders, itemById }: State, id: string): Answer {
  const order = orders.find((one) => one.id === id);
  if (order === undefined) return notFound;
  if (order.state === 'cancelled') return { status: 409, body: { because: 'already-cancelled' } };
  order.state = 'cancelled';
  for (const line of order.lines) {
    const item = itemById.get(line.id);
    if (item !== undefined) item.stock += line.quantity;
  }
  return ok({});
}

function admin(state: State, { url, headers }: Asked, kind: string | undefined): Answer {
  if (headers['x-admin'] !== 'secret') return { status: 401, body: { because: 'who-are-you' } };
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
