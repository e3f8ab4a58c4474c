// A product that gets another price while it is cached, bought through the shop's own interface under every policy: the price
// that was shown at checkout is paid, or nothing is.
import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { CACHE_HEADER, CACHE_POLICIES, type CachePolicy } from '../contract/cache.ts';
import type { CartView } from '../contract/cart.ts';
import type { ProductView } from '../contract/catalog.ts';
import type { OrderView } from '../contract/orders.ts';
import { shippingKrw } from '../contract/pricing.ts';
import { createSessions } from '../customers/sessions.ts';
import { auditFindings, seedShop } from '../orders/testing.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { createClock } from '../platform/settings/clock.ts';
import {
  createTestDatabase,
  createTestRedis,
  type TestRedis,
  testConfig,
  testLog,
} from '../platform/testing.ts';
import { serve } from '../serve.ts';

const WITHIN = { timeout: 60_000, interval: 50 };
const HOUR_MS = '3600000';
const REGION = 'Seoul';

let database: Database;
let databaseUrl: string;
let redis: TestRedis;
beforeAll(async () => {
  ({ database, url: databaseUrl } = await createTestDatabase());
  redis = createTestRedis();
  await seedShop(database, { stockCounts: CACHE_POLICIES.map(() => 100), customerCount: 1 });
});

/** A shop under a policy whose entries outlive the test, and its customer. */
async function openShop(policy: CachePolicy) {
  const environment = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: `${redis.keyPrefix}${policy}:`,
    ORDERS_TRANSPORT: 'direct',
    SHOP_ROLES: policy === 'worker' ? 'api,cache-worker' : 'api',
    CACHE_POLICY: policy,
    CACHE_WAIT_MS: '2000',
    CACHE_TTL_MS: HOUR_MS,
    CACHE_REFRESH_MS: HOUR_MS,
  };
  const shop = await serve(testConfig(environment), testLog);
  onTestFinished(() => shop.close());
  const keys = { ...redis.redis.options, keyPrefix: environment.REDIS_KEY_PREFIX };
  const connection = redis.redis.duplicate(keys);
  onTestFinished(() => connection.disconnect());
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis: connection, database, clock });
  const { accessToken } = await sessions.issue({ customerId: 1, roles: ['customer'] });
  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(shop.url + path, { method, headers, ...sent });
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
    return answer;
  }
  return {
    async page(productId: number) {
      const answer = await ask('GET', `/products/${productId}`);
      const { priceKrw } = (await answer.json()) as ProductView;
      return { priceKrw, outcome: answer.headers.get(CACHE_HEADER) };
    },
    async cart(productId: number): Promise<number> {
      await ask('PUT', `/cart/items/${productId}`, { quantity: 1 });
      return ((await (await ask('GET', '/cart')).json()) as CartView).itemsTotalKrw;
    },
    /** Buys one at the price that was shown; gives what became of it and what was expected. */
    async buy(productId: number, shownKrw: number) {
      const expectedTotalKrw = shownKrw + shippingKrw(shownKrw, REGION);
      const lines = [{ productId, quantity: 1 }];
      const order = { id: uuidv7(), lines, paymentMethod: 'card', expectedTotalKrw };
      const { state, rejectionReason, totalKrw } = (await (
        await ask('POST', '/orders', order)
      ).json()) as OrderView;
      return { state, rejectionReason, paidKrw: state === 'confirmed' ? totalKrw : 0, expectedTotalKrw };
    },
  };
}

const reprice = (productId: number, priceKrw: number) =>
  database.query('UPDATE products SET price_krw = $2, list_price_krw = 90000 WHERE id = $1', [
    productId,
    priceKrw,
  ]);

test.each(CACHE_POLICIES.map((policy, index) => [policy, index + 1] as const))(
  '%s: nobody pays another price than the one that was shown',
  async (policy, productId) => {
    const shop = await openShop(policy);
    const outcome = policy === 'none' ? null : 'hit';
    await expect.poll(async () => (await shop.page(productId)).outcome, WITHIN).toBe(outcome);
    await reprice(productId, 12_000);
    const page = await shop.page(productId);
    expect(page).toEqual({ priceKrw: policy === 'none' ? 12_000 : 10_000, outcome });
    const fromPage = await shop.buy(productId, page.priceKrw);
    if (policy === 'none')
      expect(fromPage).toMatchObject({ state: 'confirmed', paidKrw: fromPage.expectedTotalKrw });
    else expect(fromPage).toMatchObject({ state: 'rejected', rejectionReason: 'price-changed', paidKrw: 0 });
    // The cart is shown at checkout, and does not come from the cache.
    const inCartKrw = await shop.cart(productId);
    expect(inCartKrw).toBe(12_000);
    await reprice(productId, 8_000);
    expect(await shop.buy(productId, inCartKrw)).toMatchObject({
      rejectionReason: 'price-changed',
      paidKrw: 0,
    });
    const again = await shop.buy(productId, await shop.cart(productId));
    expect(again).toMatchObject({ state: 'confirmed', paidKrw: 8_000 + shippingKrw(8_000, REGION) });
    expect(await auditFindings(database)).toEqual([]);
  },
);
