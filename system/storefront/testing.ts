// A shop for the storefront's tests: real processes on services of their own, and shoppers who are signed in and have
// something in their cart. Not used by the shop itself.
import { randomBytes } from 'node:crypto';
import type { Locator, Page, WebSocketRoute } from 'playwright-core';
import type { SessionView } from '../contract/customers.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Environment } from '../platform/settings/settings.ts';
import {
  afterTests,
  createTestDatabase,
  createTestRedis,
  type TestRedis,
  testConfig,
  testLog,
} from '../platform/testing.ts';
import { serve } from '../serve.ts';

export type TestShop = { url: string; database: Database; redis: Pick<TestRedis, 'url' | 'keyPrefix'> };

/** A shop that decides orders at once; two products: 1 at 20,000 won, 2 at 30,000 won. Call it in `beforeAll`. */
export async function startTestShop(changes: Environment = {}): Promise<TestShop> {
  const { url: databaseUrl, database } = await createTestDatabase();
  const redis = createTestRedis();
  const environment: Environment = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    ORDERS_TRANSPORT: 'direct',
    SHOP_ROLES: 'api',
    ...changes,
  };
  await database.query(`INSERT INTO categories (name) VALUES ('신선 과일/채소')`);
  await database.query(
    `INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count, sold_out, image)
     VALUES (1, '딸기 1kg', 20000, 20000, 100, 100, false, ''), (1, '유기농 사과 2kg', 30000, 30000, 100, 100, false, '')`,
  );
  const serving = await serve(testConfig(environment), testLog);
  afterTests(() => serving.close());
  return { url: serving.url, database, redis };
}

export type Shopper = SessionView & {
  email: string;
  password: string;
  /** What the shop answers this person beside the browser; throws for anything but success. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
};

/** Somebody new, with product 1 in their cart and an address that their orders go to. */
export async function createShopper({ url }: TestShop): Promise<Shopper> {
  const email = `shopper-${randomBytes(6).toString('hex')}@example.kr`;
  const password = 'correct horse';
  const person = { name: '김민지', nickname: '민지', gender: null, birthYear: null, region: 'Seoul' };
  const body = { email, password, ...person, marketingConsent: false };
  const session = await request<SessionView>(url, 'POST', '/customers', { body });
  const ask = <T>(method: string, path: string, sent?: unknown) =>
    request<T>(url, method, path, { body: sent, token: session.accessToken });
  await ask('PUT', '/cart/items/1', { quantity: 1 });
  await ask('PUT', '/me/address', ADDRESS);
  return { ...session, email, password, ask };
}

async function request<T>(
  url: string,
  method: string,
  path: string,
  sent: { body: unknown; token?: string },
): Promise<T> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(sent.body !== undefined && { 'content-type': 'application/json' }),
      ...(sent.token && { authorization: `Bearer ${sent.token}` }),
    },
    body: sent.body === undefined ? null : JSON.stringify(sent.body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}, needed success`);
  return (answer.status === 204 ? null : await answer.json()) as T;
}

const ADDRESS = {
  recipient: '김민지',
  phone: '010-1234-5678',
  postcode: '04524',
  street: '세종대로 110',
  detail: '',
};

/** Signs in through the form and goes on to a page, e.g. `/checkout`. */
export async function signIn(page: Page, { email, password }: Shopper, next: string): Promise<void> {
  await page.goto(`/#/sign-in?next=${next}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**/#${next}`);
}

/**
 * Presses a button that may go at any moment, as what is asked for again may be there meanwhile. `click` would wait for it to
 * come back, and a poll with it.
 */
export async function pressIfThere(button: Locator): Promise<void> {
  await button.evaluateAll((found) => {
    for (const each of found) each.click();
  });
}

/** Keeps what the shop pushes away from a page until told otherwise. Call it before the page connects. */
export async function holdPushes(page: Page): Promise<{ letThrough(): void }> {
  let isHolding = true;
  await page.routeWebSocket(/socket\.io/, (socket: WebSocketRoute) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!isHolding || !String(message).startsWith('42')) socket.send(message);
    });
  });
  return {
    letThrough() {
      isHolding = false;
    },
  };
}
