// The pages while Redis is away, in a real browser against a real shop: what needs it is left out, the rest is there, and all of it
// comes back by itself.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { type RedisBehind, startRedisBehind } from '../faults/redis-behind.ts';
import { afterTests, createTestRedis } from '../platform/testing.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, pressIfThere, signIn, startTestShop, type TestShop } from './testing.ts';

const IN_THE_SHOP = /^\d+ in the shop$/;

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describeInBrowser('while Redis is away', () => {
  let shop: TestShop;
  let redis: RedisBehind;
  let browser: TestBrowser;
  beforeAll(async () => {
    const real = createTestRedis();
    redis = await startRedisBehind(real.url);
    afterTests(() => redis.close());
    shop = await startTestShop({ REDIS_URL: redis.url, REDIS_KEY_PREFIX: real.keyPrefix });
    browser = await launchBrowser([SCRIPT_BUILD]);
  });

  async function openPage(): Promise<Page> {
    return browser.newPage({ baseURL: shop.url });
  }

  test('guests look around, fill a cart and see what it costs', async () => {
    const page = await openPage();
    redis.setAway(true);
    try {
      await page.goto('/');
      await heading(page, 'Everything for the busiest hour').waitFor();
      await page.getByRole('navigation', { name: 'Categories' }).getByRole('link').first().click();
      await heading(page, '신선 과일/채소').waitFor();
      await page.locator('.card').first().locator('a').click();
      await button(page, 'Add to cart').click();
      await page.getByRole('link', { name: 'Cart, 1 item' }).click();
      await page.locator('.line').waitFor();
      await page.getByRole('searchbox').fill('사과');
      await page.getByRole('searchbox').press('Enter');
      await page.locator('.card').getByText('유기농 사과 2kg').waitFor();
    } finally {
      redis.setAway(false);
    }
  });

  test('whoever is signed in goes on looking around, also anew, and has counters, wishes and cart again when it is back', async () => {
    const page = await openPage();
    await signIn(page, await createShopper(shop), '/');
    await page.getByText(IN_THE_SHOP).waitFor();
    redis.setAway(true);
    try {
      await page.goto('/#/products/2');
      await heading(page, '유기농 사과 2kg').waitFor();
      await page.reload();
      await heading(page, '유기농 사과 2kg').waitFor();
      await page.goto('/#/');
      await heading(page, 'Everything for the busiest hour').waitFor();
      await page.goto('/#/products?categoryId=1&inStock=only');
      await heading(page, '신선 과일/채소').waitFor();
      await expect.poll(() => page.locator('.card .counts').allInnerTexts()).toEqual(['', '']);
      // What needs a session says that it cannot be had now, and asks nobody to sign in anew.
      await page.goto('/#/orders');
      await button(page, 'Try again').waitFor();
    } finally {
      redis.setAway(false);
    }
    await expect
      .poll(async () => {
        await pressIfThere(button(page, 'Try again'));
        return heading(page, 'My orders').count();
      })
      .toBe(1);
    await page.getByText(IN_THE_SHOP).waitFor();
    await page.goto('/#/products/2');
    await page.getByText('You are looking at it now').waitFor();
    await button(page, 'Wish for it').waitFor();
    await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor();
  });
});
