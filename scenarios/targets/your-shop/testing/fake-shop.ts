// A tiny shop with a JSON API, for the tests: what it sells, what it keeps, and what of it can be broken on purpose. Its API is that
// of the file that `npm run target -- init` writes.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeProduct = { id: string; name: string; category: string; price: number; stock: number };
export type FakeLine = { id: string; quantity: number };
export type FakeOrder = { id: string; lines: FakeLine[]; total: number; state: 'stands' | 'cancelled' };

export type FakeShop = {
  url: string;
  products: Map<string, FakeProduct>;
  orders: FakeOrder[];
  /** Every request so far: its method and path, and its headers. */
  asked: { path: string; headers: IncomingMessage['headers'] }[];
  /** Answers in the place of the shop where it gives something; null lets the shop answer. */
  instead: ((request: IncomingMessage) => { status: number; body: string; type?: string } | null) | null;
  /** Done to each order as it is placed, before it is answered. */
  spoil: ((order: FakeOrder, shop: FakeShop) => void) | null;
  close(): Promise<void>;
};

const CATEGORIES = ['tea', 'cups', 'books'];

/** @param products how many, each with `stock` pieces */
export async function startFakeShop(products = 12, stock = 1_000): Promise<FakeShop> {
  const carts = new Map<string, Map<string, number>>();
  const server = createServer((request, response) => {
    shop.asked.push({ path: `${request.method} ${request.url}`, headers: request.headers });
    const instead = shop.instead?.(request) ?? null;
    if (instead === null) return void answer(shop, carts, request, response);
    request.resume();
    response.writeHead(instead.status, { 'content-type': instead.type ?? 'text/plain' }).end(instead.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const shop: FakeShop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    products: new Map(
      Array.from({ length: products }, (_, index) => {
        const category = CATEGORIES[index % CATEGORIES.length] ?? '';
        const id = `${category}-${index + 1}`;
        return [id, { id, name: `${category} no. ${index + 1}`, category, price: 3.5 + index, stock }];
      }),
    ),
    orders: [],
    asked: [],
    instead: null,
    spoil: null,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return shop;
}

type Carts = Map<string, Map<string, number>>;

async function answer(shop: FakeShop, carts: Carts, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', shop.url);
  const body = await bodyOf(request);
  const known = /cart=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  const cartId = known ?? crypto.randomUUID().replaceAll('-', '');
  const cart = carts.get(cartId) ?? new Map<string, number>();
  carts.set(cartId, cart);
  const { status = 200, json } = reply(shop, cart, `${request.method} ${url.pathname}`, url, body);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      ...(known === undefined ? { 'set-cookie': `cart=${cartId}; Path=/; HttpOnly` } : {}),
    })
    .end(JSON.stringify(json));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : JSON.parse(text);
}

type Reply = { status?: number; json: unknown };

function reply(
  shop: FakeShop,
  cart: Map<string, number>,
  route: string,
  url: URL,
  body: Record<string, unknown>,
): Reply {
  const [method = '', , place = '', id = ''] = route.split(/[ /]/);
  const lines = [...cart].map(([lineId, quantity]) => ({ id: lineId, quantity }));
  switch (`${method} ${place}${id === '' ? '' : '/'}`) {
    case 'GET products':
      return { json: listed(shop, url.searchParams) };
    case 'GET products/':
      return oneOf(shop.products.get(id));
    case 'PUT cart/':
      return putLine(shop, cart, id, Number(body.quantity));
    case 'DELETE cart/':
      cart.delete(id);
      return { json: {} };
    case 'GET cart':
      return { json: { lines, total: totalOf(shop, lines) } };
    case 'POST orders':
      return placeOrder(shop, cart, lines);
    case 'GET orders/':
      return oneOf(shop.orders.find((order) => order.id === id));
    case 'GET admin/':
      return { json: id === 'orders' ? shop.orders : [...shop.products.values()] };
    default:
      return { status: 404, json: { because: 'no-such-page' } };
  }
}

function listed({ products }: FakeShop, asked: URLSearchParams): FakeProduct[] {
  const category = asked.get('category');
  const all = [...products.values()];
  if (category === null) return all;
  return Number(asked.get('page') ?? 1) > 1 ? [] : all.filter((product) => product.category === category);
}

function oneOf(found: unknown): Reply {
  return found === undefined ? { status: 404, json: { because: 'none' } } : { json: found };
}

function putLine({ products }: FakeShop, cart: Map<string, number>, id: string, quantity: number): Reply {
  if ((products.get(id)?.stock ?? 0) < quantity) return { status: 409, json: { because: 'sold-out' } };
  cart.set(id, quantity);
  return { json: {} };
}

const totalOf = ({ products }: FakeShop, lines: readonly FakeLine[]): number =>
  lines.reduce((sum, { id, quantity }) => sum + (products.get(id)?.price ?? 0) * quantity, 0);

function placeOrder(shop: FakeShop, cart: Map<string, number>, lines: FakeLine[]): Reply {
  const isThere = lines.every(({ id, quantity }) => (shop.products.get(id)?.stock ?? 0) >= quantity);
  if (lines.length === 0 || !isThere) return { status: 409, json: { because: 'sold-out' } };
  for (const { id, quantity } of lines) {
    const product = shop.products.get(id);
    if (product !== undefined) product.stock -= quantity;
  }
  cart.clear();
  const order: FakeOrder = {
    id: `o${shop.orders.length + 1}`,
    lines,
    total: totalOf(shop, lines),
    state: 'stands',
  };
  const told = structuredClone(order);
  shop.orders.push(order);
  shop.spoil?.(order, shop);
  return { status: 201, json: told };
}
