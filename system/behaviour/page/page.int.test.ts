// An operator's way through the page of the behaviour log in a real browser, against a real shop.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { describeInBrowser, launchBrowser } from '../../../deploy/local/testing/vitest-browser.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import {
  afterTests,
  createTestDatabase,
  createTestRedis,
  testConfig,
  testLog,
} from '../../platform/testing.ts';
import { serve } from '../../serve.ts';
import type { LoggedAction } from '../rules.ts';
import { createPostgresBehaviourStore } from '../store/postgres-store.ts';
import { actionAt, searchAt } from '../testing.ts';
import { SCRIPT_BUILD } from './routes.ts';

const HOSTILE = `<img src=x onerror="document.title='broken'"> 딸기`;
const PASSWORD = 'correct horse';
/** Where the looks are kept when somebody wants to see them. */
const LOOKS = process.env.STAMPEDE_TEST_LOOKS;

describeInBrowser('the page of the behaviour log', () => {
  const complaints: string[] = [];
  let database: Database;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    const created = await createTestDatabase();
    database = created.database;
    const redis = createTestRedis();
    const config = testConfig({
      DATABASE_URL: created.url,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.keyPrefix,
      ORDERS_TRANSPORT: 'direct',
      SHOP_ROLES: 'api',
    });
    const shop = await serve(config, testLog);
    afterTests(() => shop.close());
    url = shop.url;
    for (const name of ['operator', 'shopper']) await signUp(`${name}@example.kr`);
    await database.query(`UPDATE customers SET roles = '{operator}' WHERE email = 'operator@example.kr'`);
    await createPostgresBehaviourStore({ database, retentionDays: 400 }).add(someActions());
    const browser = await launchBrowser([SCRIPT_BUILD]);
    page = await browser.newPage({ baseURL: url, viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });

  async function signUp(email: string): Promise<void> {
    const person = { name: '김민지', nickname: '민지', gender: null, birthYear: null, region: 'Seoul' };
    const answer = await fetch(`${url}/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD, ...person, marketingConsent: false }),
    });
    expect(answer.status).toBe(201);
  }

  /** 120 clicks within the last hours, and two searches. */
  function someActions(): LoggedAction[] {
    const now = Date.now();
    const clicks = Array.from({ length: 120 }, (_, index) =>
      actionAt(new Date(now - (index ** 1.6 + 60) * 15_000), {
        customerId: 1 + (index % 7),
        action: index % 3 === 0 ? 'hover' : 'click',
        target: { type: index % 5 === 0 ? 'category' : 'product', id: 1 + (index % 11) },
      }),
    );
    return [
      ...clicks,
      searchAt(new Date(now - 30_000), HOSTILE, 42),
      searchAt(new Date(now - 40_000), '유기농 사과', 42),
    ];
  }

  const signIn = async (name: string) => {
    await page.getByLabel('E-mail').fill(`${name}@example.kr`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const rows = () => page.locator('#rows tr');
  const rowCount = (count: number) => expect.poll(() => rows().count(), { timeout: 60_000 }).toBe(count);
  async function look(name: string): Promise<void> {
    if (LOOKS === undefined) return;
    mkdirSync(LOOKS, { recursive: true });
    await page.screenshot({ path: join(LOOKS, `behaviour-${name}.png`), fullPage: true });
  }

  test('lets operators in alone', async () => {
    await page.goto('/operator/behaviour');
    await signIn('shopper');
    await page.getByText('This needs the role operator.').waitFor();
    expect(await page.locator('#log').isHidden()).toBe(true);
    // What the browser says of the refusals itself.
    complaints.splice(0);
    await signIn('operator');
    await rows().first().waitFor();
    expect(await rows().count()).toBe(50);
    expect(await page.locator('#sign-in').isHidden()).toBe(true);
  });

  test('shows the newest first, and a search text with HTML as the text that it is', async () => {
    expect(await rows().first().innerText()).toContain(HOSTILE);
    expect(await page.title()).toBe('Behaviour log');
    expect(await page.locator('#rows img').count()).toBe(0);
    expect(await page.locator('#summary').innerText()).toMatch(/^\d+ actions; a bar is 30 min/);
    await look('wide');
  });

  test('goes on with older ones to the last', async () => {
    const older = page.getByRole('button', { name: 'Older' });
    while (await older.isVisible()) {
      const count = await rows().count();
      await older.click();
      await rows().nth(count).waitFor();
    }
    expect(await rows().count()).toBe(122);
  });

  test('asks for a customer, a text and a range, and has the question in its address', async () => {
    await page.getByRole('button', { name: 'customer 42' }).first().click();
    await rowCount(2);
    await page.getByLabel('Searched for').fill('사과');
    await page.getByRole('button', { name: 'Look up' }).click();
    await rowCount(1);
    expect(decodeURIComponent(page.url())).toContain('#customerId=42&search=사과');
    await page.reload();
    await rows().first().waitFor();
    expect(await rows().innerText()).toContain('유기농 사과');
    await page.getByRole('button', { name: 'Clear' }).click();
    await rowCount(50);
    const bars = page.locator('#histogram button');
    await bars.last().click();
    await page.waitForURL(/from=/);
    await page.getByText('a bar is 30 s').waitFor();
    await page.getByLabel('Customer').fill('999');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByText('Nothing was found.').waitFor();
  });

  test('fits a narrow screen', async () => {
    await page.getByRole('button', { name: 'Clear' }).click();
    await rowCount(50);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(390);
    await look('narrow');
  });

  test('is left by signing out', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Operators only').waitFor();
    await page.reload();
    await page.getByText('Operators only').waitFor();
    expect(complaints).toEqual([]);
  });

  test('is not there for who comes through a balancer', async () => {
    const answer = await fetch(`${url}/operator/behaviour`, { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(answer.status).toBe(404);
  });
});
