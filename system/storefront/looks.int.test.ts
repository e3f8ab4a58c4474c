// Every page as its readers see it: wide and narrow, light and dark, in both languages, and how it looks without anything to show and
// without Redis. It takes pictures for somebody to look at, so it runs only where it is told where to put them:
// STOREFRONT_PICTURES=<folder> vitest run --project integration system/storefront/looks.int.test.ts
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { RECOMMENDATION_KINDS } from '../contract/recommendations.ts';
import { seedCoupons } from '../coupons/testing.ts';
import { type RedisBehind, startRedisBehind } from '../faults/redis-behind.ts';
import { createNotificationStore } from '../notifications/store.ts';
import { afterTests, createTestRedis } from '../platform/testing.ts';
import { createRecommendationStore, EVERYBODY } from '../recommendations/store.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, type Shopper, signIn, startTestShop, type TestShop } from './testing.ts';

const FOLDER = process.env.STOREFRONT_PICTURES ?? '';
const WIDTHS = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGES = ['en', 'ko'] as const;
const CATEGORIES: readonly (readonly [string, string, string])[] = [
  ['세제/위생용품', 'detergent-hygiene', '초고농축 액체 세제 3L 리필 대용량 가족 기획'],
  ['화장지/물티슈', 'tissue-paper', '무형광 3겹 화장지 30롤'],
  ['스킨케어', 'skincare', '수분 진정 크림 50ml'],
  ['정육/가공육', 'meat-processed', '한우 등심 구이용 500g'],
  ['영양제', 'supplements', '멀티비타민 90정'],
  ['봄/여름 의류', 'spring-summer-wear', '린넨 반팔 셔츠'],
  ['가을/겨울 의류', 'autumn-winter-wear', '구스 롱패딩'],
  ['입장권/이용권', 'tickets-passes', '아쿠아리움 종일권'],
  ['항공', 'flights', '제주 왕복 항공권'],
  ['숙박', 'lodging', '해변 호텔 오션뷰 더블 1박'],
  ['사무/문구', 'office-school', '젤 펜 12색 세트'],
  ['IT/게이밍', 'it-gaming', '무선 게이밍 키보드'],
  ['캠핑', 'camping', '4인용 원터치 텐트'],
  ['골프', 'golf', '골프공 12개입'],
  ['가전', 'home-appliances', '드럼 세탁기 21kg'],
  ['소파/침대', 'sofas-beds', '3인용 패브릭 소파'],
];

/** The shop's products: named as in a real one, some reduced, some sold out, one with a name that has no end. */
async function stock({ database }: TestShop): Promise<void> {
  for (const [name, key, product] of CATEGORIES) {
    await database.query(
      `WITH category AS (INSERT INTO categories (name) VALUES ($1) RETURNING id)
       INSERT INTO products (category_id, name, description, tags, price_krw, list_price_krw, stock_count, stocked_count,
                             order_count, sold_out, image)
       SELECT id, $2 || CASE WHEN n > 1 THEN ' ' || n || '호' ELSE '' END, '오래 쓰는 튼튼한 상품입니다. 매일 쓰기 좋습니다.',
              ARRAY['인기', '추천'], 9900 * n * n, 9900 * n * n + CASE WHEN n % 2 = 0 THEN 4000 ELSE 0 END,
              CASE WHEN n = 3 THEN 0 ELSE 7 * n END, 100, n * 37, false, '/images/categories/' || $3 || '.svg'
         FROM category, generate_series(1, 3) AS n`,
      [name, product, key],
    );
  }
}

async function storeLists({ database }: TestShop, customerId: number): Promise<void> {
  const store = createRecommendationStore({ database, kinds: RECOMMENDATION_KINDS, keepHours: 24 });
  const madeAt = new Date().toISOString();
  const lists = RECOMMENDATION_KINDS.map((kind, index) => ({
    customerId: kind === 'trending' ? EVERYBODY : customerId,
    list: {
      kind,
      productIds: Array.from({ length: 8 }, (_, n) => 3 + index * 6 + n),
      reflectsActionId: null,
      madeAt,
    },
  }));
  await store.add(lists);
}

/** Somebody with orders, coupons, wishes, a full cart and news. */
async function createRegular(shop: TestShop): Promise<Shopper & { orderId: string }> {
  const shopper = await createShopper(shop);
  const { customerId, ask } = shopper;
  const orderIds = [1, 2, 3].map(
    (n) => `0190a0b0-c0d0-7000-8000-${String(customerId * 10 + n).padStart(12, '0')}`,
  );
  for (const [n, id] of orderIds.entries())
    await ask('POST', '/orders', {
      id,
      lines: [3 + n, 9 + n].map((productId) => ({ productId, quantity: 1 + n })),
      paymentMethod: 'card',
    });
  await ask('POST', `/orders/${orderIds[1]}/cancel`);
  for (const id of [3, 6, 12, 35]) await ask('PUT', `/cart/items/${id}`, { quantity: 2 });
  for (const id of [3, 4, 8, 10, 21]) await ask('PUT', `/wishes/${id}`);
  await seedCoupons(shop.database, [customerId], new Date());
  await seedCoupons(shop.database, [customerId], new Date(), {
    rule: 'small',
    name: '소파/침대 5,000원 할인',
    scope: { kind: 'category', categoryId: 17 },
    benefit: { kind: 'amount', amountKrw: 5_000 },
  });
  const contents = [
    { kind: 'stock-low', productId: 3, productName: CATEGORIES[0]?.[2] ?? '', stockCount: 3 },
    { kind: 'cart-reminder', productId: 6, productName: '무형광 3겹 화장지 30롤', coupon: null },
    { kind: 'stock-low', productId: 4, productName: '무형광 3겹 화장지 30롤', stockCount: 0 },
  ] as const;
  await createNotificationStore(shop.database).add(
    shop.database,
    contents.map((content) => ({ customerId, content })),
    new Date(),
  );
  await storeLists(shop, customerId);
  return { ...shopper, orderId: orderIds[0] ?? '' };
}

const PUBLIC = [
  '/',
  '/products',
  '/products?categoryId=2',
  '/products?search=세제&inStock=only',
  '/products?search=zzzz',
  '/products/3',
  '/products/5',
  '/products/999999',
  '/cart',
  '/sign-in',
  '/sign-up',
  '/nowhere',
];
const OWN = [
  '/checkout',
  '/orders',
  '/coupons',
  '/wishes',
  '/notifications',
  '/me',
  '/account',
  '/address?next=/account',
];

const nameOf = (address: string): string =>
  address
    .slice(1)
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .slice(0, 40) || 'home';

(FOLDER === '' ? describe.skip : describeInBrowser)('every page is there to be looked at', () => {
  let shop: TestShop;
  let redis: RedisBehind;
  let browser: TestBrowser;
  let regular: Shopper & { orderId: string };
  let newcomer: Shopper;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    const real = createTestRedis();
    redis = await startRedisBehind(real.url);
    afterTests(() => redis.close());
    shop = await startTestShop({
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: real.keyPrefix,
      RATE_LIMIT_PER_SECOND: '0',
      RECOMMENDATIONS_ENGINE: 'incremental',
      BEHAVIOUR_TRANSPORT: 'kafka',
      KAFKA_BROKERS: process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '',
    });
    await stock(shop);
    browser = await launchBrowser([SCRIPT_BUILD]);
    regular = await createRegular(shop);
    newcomer = await createShopper(shop);
    await newcomer.ask('DELETE', '/cart');
    await newcomer.ask('DELETE', '/me/address');
  });

  async function open(size: keyof typeof WIDTHS, scheme: (typeof SCHEMES)[number]): Promise<Page> {
    return browser.newPage({
      baseURL: shop.url,
      viewport: WIDTHS[size],
      colorScheme: scheme,
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
  }
  /** Takes a picture of a page, and says what is cut off in it. */
  async function take(page: Page, kind: string, address: string, of = nameOf(address)): Promise<string[]> {
    await page.evaluate(`document.activeElement?.blur(); location.hash = '${address}'`);
    await page.locator('main:not([aria-busy])').waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate('scrollTo(0, document.body.scrollHeight); scrollTo(0, 0)');
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(FOLDER, `${of}--${kind}.png`), fullPage: true });
    const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    return width === 0 ? [] : [`${of} ${kind} is ${width} px too wide`];
  }

  for (const size of ['wide', 'narrow'] as const)
    for (const scheme of SCHEMES)
      test(`${size}, ${scheme}`, { timeout: 600_000 }, async () => {
        const page = await open(size, scheme);
        const flaws: string[] = [];
        await page.goto('/');
        for (const language of LANGUAGES) {
          const kind = `${size}-${scheme}-${language}`;
          const speak = async () => {
            await page.evaluate(`localStorage.setItem('language', '${language}')`);
            await page.reload();
          };
          await page.evaluate('sessionStorage.clear()');
          await speak();
          flaws.push(...(await take(page, kind, '/cart', 'guest-cart-empty')));
          await page.evaluate(
            `localStorage.setItem('guestCart', JSON.stringify([{productId: 3, quantity: 2}, {productId: 35, quantity: 1}]))`,
          );
          for (const address of PUBLIC) flaws.push(...(await take(page, kind, address)));
          await page.evaluate(`localStorage.removeItem('guestCart'); localStorage.setItem('language', 'en')`);
          await page.reload();
          await signIn(page, newcomer, '/me');
          await speak();
          for (const address of ['/cart', ...OWN])
            flaws.push(...(await take(page, kind, address, `empty-${nameOf(address)}`)));
          await page.evaluate(`sessionStorage.clear(); localStorage.setItem('language', 'en')`);
          await page.reload();
          await signIn(page, regular, '/me');
          await speak();
          for (const address of ['/', '/products/3', '/cart', ...OWN])
            flaws.push(...(await take(page, kind, address, `own-${nameOf(address)}`)));
          flaws.push(...(await take(page, kind, `/orders/${regular.orderId}`, 'own-order')));
          redis.setAway(true);
          for (const address of ['/', '/products?categoryId=2', '/products/3', '/me'])
            flaws.push(...(await take(page, kind, address, `redis-away-${nameOf(address)}`)));
          redis.setAway(false);
          await page.evaluate('sessionStorage.clear()');
        }
        expect(flaws).toEqual([]);
      });
});
