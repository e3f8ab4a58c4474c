// The operator's page of the cache: its figures are those of Redis and of the shop, and it keeps itself up to date in Chromium.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { describeInBrowser, launchBrowser } from '../../../deploy/local/testing/vitest-browser.ts';
import { createLookReader } from '../../../scenarios/monitor/read-look.ts';
import { CACHE_HEADER, HOT_SET_KEYS } from '../../contract/cache.ts';
import { type CacheFigures, HOT_SET_FIGURES, HOT_SET_PAGE } from '../../contract/cache-figures.ts';
import {
  afterTests,
  createTestDatabase,
  createTestRedis,
  type TestRedis,
  testConfig,
  testLog,
} from '../../platform/testing.ts';
import { serve } from '../../serve.ts';
import { seedHotShop } from '../testing.ts';
import { HOT_SET_SCRIPT_BUILD } from './page.ts';

const WITHIN = { timeout: 60_000, interval: 50 };

let url: string;
let redis: TestRedis;
beforeAll(async () => {
  const { url: databaseUrl, database } = await createTestDatabase();
  redis = createTestRedis();
  await seedHotShop(database, { customerCount: 80, productCount: 150 });
  const environment = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    ORDERS_TRANSPORT: 'direct',
    KAFKA_BROKERS: '',
    SHOP_ROLES: 'api,cache-worker',
    CACHE_POLICY: 'worker',
    CACHE_WAIT_MS: '2000',
    CACHE_SIZE: '100',
    HOT_SET_CUSTOMERS: '60',
    CACHE_REFRESH_MS: '600000',
  };
  const shop = await serve(testConfig(environment), testLog);
  afterTests(() => shop.close());
  ({ url } = shop);
  await vi.waitUntil(async () => (await redis.redis.hlen(HOT_SET_KEYS.products)) === 100, WITHIN);
});

/** Pages of products, some of the set and some not; gives how they were read, as the shop said. */
async function lookAround(): Promise<{ hit: number; miss: number }> {
  const seen = { hit: 0, miss: 0 };
  for (let id = 1; id <= 150; id += 10) {
    const answer = await fetch(`${url}/products/${id}`);
    seen[answer.headers.get(CACHE_HEADER) as 'hit' | 'miss']++;
  }
  return seen;
}

const figuresNow = async () => (await (await fetch(url + HOT_SET_FIGURES)).json()) as CacheFigures;

test('the page’s figures and the monitor’s are those of Redis and of what the shop answered', async () => {
  const before = await figuresNow();
  const seen = await lookAround();
  expect(seen.hit).toBeGreaterThan(0);
  expect(seen.miss).toBeGreaterThan(0);
  const figures = await figuresNow();
  const watched = { redisUrl: redis.url, redisKeyPrefix: redis.keyPrefix, shopUrls: [url] };
  const reader = createLookReader(watched, Date.now);
  afterTests(reader.close);
  const shopOf = async () => (await reader.look()).shop;
  await expect.poll(shopOf, WITHIN).toEqual({ reads: figures.reads, evictedCount: figures.evictedCount });
  const look = await reader.look();
  const meta = JSON.parse((await redis.redis.hget(HOT_SET_KEYS.meta, 'set')) ?? '');
  expect(meta).toMatchObject({ customerCount: 60, productCount: 100 });
  const evictedCount = Number(/^evicted_keys:(\d+)/m.exec(await redis.redis.info('stats'))?.[1]);
  const product = {
    hit: before.reads.product.hit + seen.hit,
    miss: before.reads.product.miss + seen.miss,
    bypass: before.reads.product.bypass,
  };
  expect(figures).toMatchObject({ meta, cachePolicy: 'worker', reads: { product }, redis: { evictedCount } });
  expect(look.redis).toMatchObject({ meta, figures: { evictedCount } });
});

test('the monitor says who is away, and goes on when they are back', async () => {
  const nowhere = 'http://127.0.0.1:1';
  const reader = createLookReader(
    { redisUrl: 'redis://:s3cret@127.0.0.1:1', redisKeyPrefix: 'x:', shopUrls: [url, nowhere] },
    Date.now,
  );
  const look = await reader.look();
  reader.close();
  expect(look.redis).toMatch(/127\.0\.0\.1:1: .*ECONNREFUSED/);
  expect(look.redis).not.toContain('s3cret');
  expect(look.shop).toMatch(/^http:\/\/127\.0\.0\.1:1: .+/);
});

describe('who comes through a balancer', () => {
  test.each([HOT_SET_PAGE, `${HOT_SET_PAGE}/page.js`, HOT_SET_FIGURES])('is told of no %s', async (path) => {
    expect((await fetch(url + path)).status).toBe(200);
    const forwarded = await fetch(url + path, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(forwarded.status).toBe(404);
  });
});

describeInBrowser('in Chromium', () => {
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    const browser = await launchBrowser([HOT_SET_SCRIPT_BUILD]);
    page = await browser.newPage({ baseURL: url, viewport: { width: 1_280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(HOT_SET_PAGE);
  });
  const cellsOf = (kind: string) => page.getByRole('row', { name: kind }).getByRole('cell').allInnerTexts();

  test('the page shows the figures and renews them by itself', async () => {
    await page.getByText('Next refresh in').waitFor();
    const fact = (name: string) =>
      page.locator('dl > div').filter({ hasText: name }).locator('dd').innerText();
    expect(await fact('Users')).toBe('60');
    expect(await fact('Products')).toBe('100');
    expect(complaints).toEqual([]);
    const before = (await figuresNow()).reads.product;
    const seen = await lookAround();
    await expect
      .poll(async () => (await cellsOf('Product pages')).slice(0, 2), WITHIN)
      .toEqual([String(before.hit + seen.hit), String(before.miss + seen.miss)]);
  });

  test.each([1_280, 390])('nothing is cut off at %d px, with millions of reads too', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const many = { hit: 12_345_678, miss: 9_876_543, bypass: 1_234_567 };
    await page.route(`**${HOT_SET_FIGURES}`, async (route) => {
      const figures = await figuresNow();
      await route.fulfill({ json: { ...figures, reads: { product: many, list: many, customer: many } } });
    });
    await page.getByText('12,345,678').first().waitFor();
    const beyond = await page.evaluate<string[]>(
      `[...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0).map((element) => element.tagName + ' ' + element.textContent)`,
    );
    await page.unroute(`**${HOT_SET_FIGURES}`);
    expect(beyond).toEqual([]);
    const whole = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(whole).toBeLessThanOrEqual(width);
  });

  test('a shop that is silent is said, the last figures stay, and it goes on when the shop answers', async () => {
    await page.route(`**${HOT_SET_FIGURES}`, (route) => route.abort());
    await page.getByText('The shop has not answered since').waitFor();
    expect(await page.locator('dl > div').count()).toBe(4);
    await page.unroute(`**${HOT_SET_FIGURES}`);
    await page.getByText('Live', { exact: true }).waitFor();
  });

  test('no set in Redis is said', async () => {
    await page.route(`**${HOT_SET_FIGURES}`, async (route) => {
      const figures = await figuresNow();
      await route.fulfill({ json: { ...figures, meta: null, redis: null } });
    });
    await page.getByText('Redis does not answer; the database is asked instead').waitFor();
    await page.getByText('Whether there is a hot set is not known').waitFor();
  });
});
