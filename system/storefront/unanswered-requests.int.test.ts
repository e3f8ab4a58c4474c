// Requests other than orders that are not answered, and two tabs at once, in a real browser against a real shop.
import type { Page, Route } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import type { CartView } from '../contract/cart.ts';
import type { OrderView } from '../contract/orders.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, type Shopper, signIn, startTestShop, type TestShop } from './testing.ts';

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const told = (page: Page, text: string | RegExp) => page.locator('.notice').getByText(text);

/** The shop does it, and its answer gets lost. */
const loseAnswer = async (route: Route): Promise<void> => {
  await route.fetch();
  await route.fulfill({ status: 502, body: '' });
};
const neverArrives = (route: Route): Promise<void> => route.fulfill({ status: 504, body: '' });

describeInBrowser('requests that are not answered', () => {
  let shop: TestShop;
  let browser: TestBrowser;
  beforeAll(async () => {
    shop = await startTestShop();
    browser = await launchBrowser([SCRIPT_BUILD]);
  });

  async function openPage(): Promise<Page> {
    return browser.newPage({ baseURL: shop.url });
  }

  /** Plants what becomes of the next request of a kind that reads nothing. */
  async function plantOnce(
    page: Page,
    path: string,
    planted: (route: Route) => Promise<void>,
  ): Promise<void> {
    let isPlanted = false;
    await page.route(path, (route) => {
      if (isPlanted || route.request().method() === 'GET') return route.fallback();
      isPlanted = true;
      return planted(route);
    });
  }

  async function quantities({ ask }: Shopper): Promise<Record<number, number>> {
    const { lines } = await ask<CartView>('GET', '/cart');
    return Object.fromEntries(lines.map(({ productId, quantity }) => [productId, quantity]));
  }

  test('what is put into the cart without an answer is put there once, however often it is tried', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/products/2');
    await plantOnce(page, '**/cart/items/2', loseAnswer);
    await button(page, 'Add to cart').click();
    await told(page, 'It is in your cart.').waitFor();
    expect(await quantities(shopper)).toEqual({ 1: 1, 2: 1 });
  });

  test('where not even the cart can be read, that is said, and the next try adds nothing twice', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/products/2');
    let isAway = false;
    await page.route('**/cart', (route) => (isAway ? route.abort('connectionreset') : route.fallback()));
    await plantOnce(page, '**/cart/items/2', (route) => {
      isAway = true;
      return loseAnswer(route);
    });
    await button(page, 'Add to cart').click();
    await told(page, /not known whether it is in your cart/).waitFor();
    expect(await button(page, 'Sign out').isVisible()).toBe(true);
    isAway = false;
    await button(page, 'Add to cart').click();
    await told(page, 'It is in your cart.').waitFor();
    expect(await quantities(shopper)).toEqual({ 1: 1, 2: 1 });
  });

  test('a quantity that was set without an answer is shown as the shop has it', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/cart');
    await plantOnce(page, '**/cart/items/1', neverArrives);
    await page.getByLabel('Quantity of 딸기 1kg').fill('5');
    await page.getByLabel('Quantity of 딸기 1kg').press('Enter');
    await told(page, /not known whether that was done/).waitFor();
    expect(await page.getByLabel('Quantity of 딸기 1kg').inputValue()).toBe('1');
    await shopper.ask('PUT', '/cart/items/1', { quantity: 5 });
    await page.locator('.notice').getByRole('link', { name: 'Look again' }).click();
    await expect.poll(() => page.getByLabel('Quantity of 딸기 1kg').inputValue()).toBe('5');
  });

  test('an order whose cancelling was not answered is shown as cancelled, or as what it is', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/checkout');
    await button(page, /^Place the order/).click();
    await heading(page, 'Confirmed').waitFor();
    await plantOnce(page, '**/cancel', neverArrives);
    await button(page, 'Cancel the order').click();
    await button(page, 'Cancel it').click();
    await told(page, /not cancelled so far/).waitFor();
    await heading(page, 'Confirmed').waitFor();
    await page.unroute('**/cancel');
    await plantOnce(page, '**/cancel', loseAnswer);
    await button(page, 'Cancel the order').click();
    await button(page, 'Cancel it').click();
    await told(page, 'The order is cancelled.').waitFor();
    await heading(page, 'Cancelled').waitFor();
  });

  test('an order that was cancelled elsewhere meanwhile is told as cancelled', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/checkout');
    await button(page, /^Place the order/).click();
    await heading(page, 'Confirmed').waitFor();
    const [order] = (await shopper.ask<{ items: OrderView[] }>('GET', '/orders')).items;
    await shopper.ask('POST', `/orders/${order!.id}/cancel`);
    await button(page, 'Cancel the order').click();
    await button(page, 'Cancel it').click();
    await told(page, 'The order is cancelled.').waitFor();
    await heading(page, 'Cancelled').waitFor();
  });

  test('an account whose making was not answered is signed in to', async () => {
    const page = await openPage();
    await plantOnce(page, '**/customers', loseAnswer);
    await page.goto('/#/sign-up');
    await page.getByLabel('E-mail').fill(`${crypto.randomUUID()}@example.kr`);
    await page.getByLabel('Password').fill('correct horse');
    await page.getByLabel('Name', { exact: true }).fill('김민지');
    await page.getByLabel('Nickname').fill('민지');
    await button(page, 'Make the account').click();
    await button(page, 'Sign out').waitFor();
  });

  test('an account whose making was lost on the way is made by the next try', async () => {
    const page = await openPage();
    await plantOnce(page, '**/customers', neverArrives);
    await page.goto('/#/sign-up');
    await page.getByLabel('E-mail').fill(`${crypto.randomUUID()}@example.kr`);
    await page.getByLabel('Password').fill('correct horse');
    await page.getByLabel('Name', { exact: true }).fill('김민지');
    await page.getByLabel('Nickname').fill('민지');
    await button(page, 'Make the account').click();
    await told(page, /no such account so far/).waitFor();
    await button(page, 'Make the account').click();
    await button(page, 'Sign out').waitFor();
  });

  test('signing out without an answer signs out here, and says what it could not do', async () => {
    const page = await openPage();
    await signIn(page, await createShopper(shop), '/cart');
    await plantOnce(page, '**/sessions/current', neverArrives);
    await button(page, 'Sign out').click();
    await told(page, /signed out on this device/).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });

  test('a reload while the shop does not answer signs nobody out', async () => {
    const page = await openPage();
    await signIn(page, await createShopper(shop), '/cart');
    await page.route('**/sessions/refresh', (route) => route.fulfill({ status: 502, body: '' }));
    await page.reload();
    await heading(page, 'That did not work').waitFor();
    await page.unroute('**/sessions/refresh');
    await button(page, 'Try again').click();
    await heading(page, 'Your cart').waitFor();
  });

  test('the same cart at the checkout in two tabs is ordered once', async () => {
    const shopper = await createShopper(shop);
    const first = await openPage();
    await signIn(first, shopper, '/checkout');
    await button(first, /^Place the order/).waitFor();
    const second = await first.context().newPage();
    await signIn(second, shopper, '/checkout');
    await button(second, /^Place the order/).waitFor();
    await Promise.all([first, second].map((page) => button(page, /^Place the order/).click()));
    await Promise.all([first, second].map((page) => heading(page, 'Confirmed').waitFor()));
    const { items } = await shopper.ask<{ items: OrderView[] }>('GET', '/orders');
    expect(items).toHaveLength(1);
  });
});
