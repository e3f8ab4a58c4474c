// A shopper's way through the storefront in a real browser, against real processes: one serves the pages, another one,
// started only when an order is waiting, decides orders.
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchBrowser } from '../../deploy/local/testing/vitest-browser.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Environment } from '../platform/settings/settings.ts';
import { afterTests, createTestDatabase, createTestRedis, testConfig, testLog } from '../platform/testing.ts';
import { type ServingProcess, serve } from '../serve.ts';
import { SCRIPT_BUILD } from './bundle.ts';

const HOSTILE = `딸기 <img src=x onerror="document.title='broken'"> 1kg`;

const prefix = `test-${randomBytes(6).toString('hex')}.`;
const complaints: string[] = [];
const processes: ServingProcess[] = [];
let environment: Environment;
let database: Database;
let page: Page;

async function openShop(): Promise<void> {
  const created = await createTestDatabase();
  const redis = createTestRedis();
  database = created.database;
  const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
  environment = {
    DATABASE_URL: created.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    ORDERS_TRANSPORT: 'kafka',
    SHOP_RULES: 'on',
  };
  await seed();
  const kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(prefix));
  afterTests(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: topicDefinitions(prefix).map(({ name }) => name) });
    await admin.disconnect();
  });
  afterTests(() => Promise.all(processes.map((process) => process.close())));
  const { url } = await start('api');
  const browser = await launchBrowser([SCRIPT_BUILD]);
  page = await browser.newPage({ baseURL: url });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
}

async function start(role: string): Promise<ServingProcess> {
  const serving = await serve(testConfig({ ...environment, SHOP_ROLES: role }), testLog);
  processes.push(serving);
  return serving;
}

async function seed(): Promise<void> {
  await database.query(`INSERT INTO categories (name) VALUES ('신선 과일/채소'), ('골프')`);
  await database.query(
    `INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count, sold_out, image)
     VALUES (1, $1, 12300, 15000, 100, 100, false, '/images/categories/fresh-produce.svg'),
            (1, '유기농 사과 2kg', 20000, 20000, 0, 0, false, 'https://elsewhere.example/apple.png'),
            (2, '골프공 12개입', 30000, 30000, 100, 100, false, '')`,
    [HOSTILE],
  );
}

const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000 });
const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const link = (name: string | RegExp) => page.getByRole('link', { name });
const cartCount = () => link(/^Cart/).locator('.count');

describeInBrowser('the storefront', () => {
  beforeAll(openShop);

  test('products are found by category, search and price, and shown as what they are', async () => {
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: '골프' }).click();
    await heading('골프').waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await page.goto('/#/products');
    await heading('All products').waitFor();
    await page.getByLabel('Sort by').selectOption('Price, high to low');
    await eventually(() => page.locator('.card strong').allTextContents()).toEqual([
      '₩30,000',
      '₩20,000',
      '₩12,300',
    ]);
    expect(await page.locator('.card.sold-out').innerText()).toMatch(/Sold out\s+유기농 사과 2kg/);
    await page.getByRole('searchbox').fill('딸기');
    await page.getByRole('searchbox').press('Enter');
    await heading('“딸기”').waitFor();
    const card = page.locator('.card');
    expect(await card.locator('.name').innerText()).toBe(HOSTILE);
    expect(await card.locator('s').innerText()).toMatch(/₩15,000/);
    await page.getByRole('searchbox').fill('<b>딸끼</b>');
    await page.getByRole('searchbox').press('Enter');
    await heading('“<b>딸끼</b>”').waitFor();
    await page.getByText('Nothing here').or(card).first().waitFor();
    await page.getByRole('searchbox').fill('딸끼');
    await page.getByRole('searchbox').press('Enter');
    await heading('“딸끼”').waitFor();
    await eventually(() => card.locator('.name').allInnerTexts()).toEqual([HOSTILE]);
  });

  test('what a guest puts into the cart is still there after signing up on the way to the checkout', async () => {
    await link(HOSTILE).click();
    await button('Add to cart').click();
    await eventually(() => cartCount().innerText()).toBe('1');
    await page.goto('/#/checkout');
    await heading('Sign in').waitFor();
    await link('Make an account').click();
    await page.getByLabel('E-mail').fill('minji@example');
    await page.getByLabel('Password').fill('horse');
    await button('Make the account').click();
    await page.getByText('At least 8 characters are needed.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('E-mail').fill('minji@example.kr');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByLabel('Name', { exact: true }).fill('김민지');
    await page.getByLabel('Nickname').fill('<b>민지</b>');
    await button('Make the account').click();
    await page.getByLabel('Phone').fill('010-1234-5678');
    await page.getByLabel('Postcode').fill('04524');
    await page.getByLabel('Street').fill('세종대로 110');
    await button('Deliver here').click();
    await button('Place the order for ₩14,800').waitFor();
    await page.goto('/#/products/1');
    await button('Add to cart').click();
    await eventually(() => cartCount().innerText()).toBe('2');
    expect(await page.locator('.who').innerText()).toBe('<b>민지</b>');
  });

  test('an order is waited for across a reload, and its outcome told on whatever page is open, with a link', async () => {
    await link(/^Cart/).click();
    await button(`Remove ${HOSTILE}`).waitFor();
    await link('Checkout').click();
    await page.getByLabel('Kakao Pay').check();
    // 2 × 12,300 and shipping.
    await button('Place the order for ₩27,100').click();
    await heading('Your order is on its way').waitFor();
    await page.reload();
    await heading('Your order is on its way').waitFor();
    await page.goto('/#/products');
    await heading('All products').waitFor();
    await start('orders-consumer');
    await page.getByText('Your order over ₩27,100 is confirmed.').waitFor({ timeout: 90_000 });
    await link('See the order').click();
    await heading('Confirmed').waitFor();
    expect(await page.locator('.outcome').innerText()).toContain('₩27,100 · Kakao Pay');
    await page.getByText('Goes to 김민지 · 010-1234-5678 · (04524) 세종대로 110').waitFor();
    await eventually(() => cartCount().count()).toBe(0);
  });

  test('an order whose price changes meanwhile is rejected, which its page says by itself', async () => {
    await page.goto('/#/products/3');
    await button('Add to cart').click();
    await eventually(() => cartCount().innerText()).toBe('1');
    await page.goto('/#/checkout');
    await button('Place the order for ₩32,500').waitFor();
    await database.query('UPDATE products SET price_krw = 29000 WHERE id = 3');
    await button(/^Place the order/).click();
    await heading('Rejected').waitFor();
    expect(await page.locator('.outcome').innerText()).toContain('A price changed');
  });

  test('an order is cancelled from the list, and its stock is on the shelf again', async () => {
    await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'My orders' }).click();
    await heading('My orders').waitFor();
    await button('Cancel').click();
    await button('Keep it').click();
    await button('Cancel').click();
    await button('Cancel it').click();
    await page.locator('.state.cancelled').waitFor();
    const { rows } = await database.query('SELECT stock_count FROM products WHERE id = 1');
    expect(rows).toEqual([{ stock_count: 100 }]);
  });

  test('after signing out the orders ask to sign in, and a wrong password is told', async () => {
    await button('Sign out').click();
    await link('Sign in').waitFor();
    await page.goto('/#/orders');
    await heading('Sign in').waitFor();
    await page.getByLabel('E-mail').fill('minji@example.kr');
    await page.getByLabel('Password').fill('wrong horse');
    await button('Sign in').click();
    await page.getByText('The e-mail or the password is wrong.').waitFor();
    await page.getByLabel('Password').fill('correct horse');
    await button('Sign in').click();
    await heading('My orders').waitFor();
  });

  test('looking at a category three times brings a coupon for it, which is used at the checkout', async () => {
    await start('rules-engine');
    for (let visit = 1; visit <= 3; visit++) {
      await page.goto('/#/');
      await heading('Everything for the busiest hour').waitFor();
      await page.goto('/#/products?categoryId=1');
      await heading('신선 과일/채소').waitFor();
    }
    // It shows by itself what comes while it is open.
    await page.goto('/#/notifications');
    await page.locator('.told').getByText('A coupon for you: 10% off on 신선 과일/채소.').waitFor();
    await page.goto('/#/products/1');
    await button('Add to cart').click();
    await page.getByText('It is in your cart.').waitFor();
    await page.goto('/#/checkout');
    await page.locator('input[name="coupon"]:checked').waitFor();
    await button(/^Place the order/).click();
    await heading('Confirmed').waitFor();
    await page.locator('dt').getByText('Coupon').waitFor();
  });

  test('the browser had nothing to complain about but the answers that say no', () => {
    // Chromium writes a line for each answer of 4xx. An order has one for each time that it was asked for undecided, a
    // session one when its token had been used up, however long all that took.
    const expected = /status of (404 .*\/orders\/[0-9a-f-]{36}|401 .*\/sessions(\/refresh)?)$/;
    expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
  });
});
