// A shop without a broker, with people at its sockets who look at pages, for tests of the counters. Not used by the shop itself.
import { io, type Socket } from 'socket.io-client';
import { until } from '../behaviour/testing.ts';
import { readConfig } from '../config.ts';
import type { CountersChanged, ProductCounters } from '../contract/counters.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../contract/sockets.ts';
import { createSessions } from '../customers/sessions.ts';
import { type ShopProcess, startShopProcess } from '../faults/shop-process.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createClock } from '../platform/settings/clock.ts';
import { createTestDatabase, createTestRedis, type TestRedis, testLog } from '../platform/testing.ts';
import { type ServingProcess, serve } from '../serve.ts';

/** A page in a tab: a socket, and the newest values that it was told. */
export type Tab = {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  messages: CountersChanged[];
  product(productId: number): Omit<ProductCounters, 'productId'>;
  inShop(): number | undefined;
};

export type CountingShop = {
  database: Database;
  redis: TestRedis;
  /** In this process. */
  start(changes?: Record<string, string>): Promise<ServingProcess>;
  /** In a process of its own, which can be killed. */
  startProcess(): Promise<ShopProcess>;
  /** @param who a customer by their number, or a guest by the cookie of their visit */
  open(shop: Pick<ServingProcess, 'url'>, who: number | string): Promise<Tab>;
  /** The cookie of a guest. */
  beginVisit(shop: Pick<ServingProcess, 'url'>): Promise<string>;
  ask(
    shop: Pick<ServingProcess, 'url'>,
    customerId: number,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Response>;
  closeOpened(): Promise<void>;
};

const CUSTOMER_COUNT = 10;

/** Ten products and ten customers, numbered from 1. */
export async function prepareCountingShop(): Promise<CountingShop> {
  const redis = createTestRedis();
  const { database, url } = await createTestDatabase();
  await database.query(`INSERT INTO categories (id, name) VALUES (1, 'fruit')`);
  await database.query(`
    INSERT INTO products (id, category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count)
    SELECT n, 1, 'strawberries ' || n, '{}', 1000, 1000, 100, 100 FROM generate_series(1, 10) AS n`);
  await database.query(
    `INSERT INTO customers (id, name, nickname, region, email)
     SELECT n, 'Kim', 'kim', 'Seoul', 'kim@example.kr' FROM generate_series(1, $1::int) AS n`,
    [CUSTOMER_COUNT],
  );
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis: redis.redis, database, clock });
  const tokens = [''];
  for (let customerId = 1; customerId <= CUSTOMER_COUNT; customerId += 1)
    tokens.push((await sessions.issue({ customerId, roles: ['customer'] })).accessToken);
  const environment = {
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    ORDERS_TRANSPORT: 'direct',
    BEHAVIOUR_TRANSPORT: 'direct',
    SHOP_ROLES: 'api',
    PORT: '0',
    LOG_LEVEL: 'silent',
    COUNTERS_LEASE_MS: '1000',
  };
  const opened: (() => unknown)[] = [];
  return {
    database,
    redis,
    async start(changes = {}) {
      const shop = await serve(readConfig({ ...environment, ...changes }), testLog);
      opened.push(shop.close);
      return shop;
    },
    async startProcess() {
      const started = await startShopProcess({ ...environment, LOG_LEVEL: 'info' });
      opened.push(() => (started.isRunning() ? started.kill() : undefined));
      return started;
    },
    async open(shop, who) {
      const tab =
        typeof who === 'string'
          ? openTab(shop.url, { guest: true }, who)
          : openTab(shop.url, { accessToken: tokens[who] });
      opened.push(() => tab.socket.disconnect());
      await until('a socket', () => tab.socket.connected);
      return tab;
    },
    async beginVisit(shop) {
      const { headers } = await fetch(`${shop.url}/visits`, { method: 'POST' });
      return headers.getSetCookie()[0]?.split(';')[0] ?? '';
    },
    ask: (shop, customerId, method, path, body) =>
      fetch(`${shop.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${tokens[customerId]}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    async closeOpened() {
      for (const close of opened.splice(0).reverse()) await close();
    },
  };
}

function openTab(url: string, auth: Record<string, unknown>, cookie?: string): Tab {
  const socket: Tab['socket'] = io(url, {
    auth,
    extraHeaders: cookie === undefined ? {} : { cookie },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  });
  const messages: CountersChanged[] = [];
  socket.on('counters:changed', (changed) => messages.push(changed));
  return {
    socket,
    messages,
    product(productId) {
      const told = messages.flatMap(({ products = [] }) =>
        products.filter((one) => one.productId === productId),
      );
      const { productId: _, ...values } = Object.assign({ productId }, ...told) as ProductCounters;
      return values;
    },
    inShop: () => messages.findLast(({ shop }) => shop !== undefined)?.shop,
  };
}
