// What a shopper is at stays as it is when a page shows something new, in a real browser against a real shop.
import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, signIn, startTestShop, type TestShop } from './testing.ts';

/** What has the focus: its name and what is typed into it. */
const atHand = (page: Page) =>
  page.evaluate<{ name: string; value: string }>(
    '({ name: document.activeElement.name, value: document.activeElement.value })',
  );
/** A page that has been led to has the focus as soon as it is there. */
const hasArrived = (page: Page) =>
  expect.poll(() => page.locator('main:focus').count(), { timeout: 60_000 }).toBe(1);
const headerShowsCart = (page: Page, items: number) =>
  page.getByRole('link', { name: `Cart, ${items} ${items === 1 ? 'item' : 'items'}`, exact: true }).waitFor();

describeInBrowser('a page that shows something new', () => {
  let shop: TestShop;
  let browser: TestBrowser;
  beforeAll(async () => {
    shop = await startTestShop();
    browser = await launchBrowser([SCRIPT_BUILD]);
  });

  async function openPage(): Promise<Page> {
    return browser.newPage({ baseURL: shop.url });
  }

  test('leaves a search that is being typed alone when an outcome comes in', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/products');
    await hasArrived(page);
    await headerShowsCart(page, 1);
    await page.getByRole('searchbox').pressSequentially('사과');
    await shopper.ask('POST', '/orders', {
      id: uuidv7(),
      lines: [{ productId: 1, quantity: 1 }],
      paymentMethod: 'card',
    });
    await headerShowsCart(page, 0);
    expect(await atHand(page)).toEqual({ name: 'search', value: '사과' });
  });

  test('leaves the quantity that is being typed alone when another one has been set', async () => {
    const shopper = await createShopper(shop);
    await shopper.ask('PUT', '/cart/items/2', { quantity: 1 });
    const page = await openPage();
    await signIn(page, shopper, '/cart');
    await hasArrived(page);
    const quantity = (product: string) => page.getByLabel(`Quantity of ${product}`);
    const mayArrive = Promise.withResolvers<void>();
    await page.route('**/cart/items/1', async (route) => {
      await mayArrive.promise;
      await route.continue();
    });
    await quantity('딸기 1kg').fill('3');
    await quantity('딸기 1kg').press('Enter');
    await quantity('유기농 사과 2kg').press('ControlOrMeta+a');
    await quantity('유기농 사과 2kg').pressSequentially('7');
    mayArrive.resolve();
    await headerShowsCart(page, 4);
    await page.getByText('₩60,000').first().waitFor();
    expect(await atHand(page)).toEqual({ name: 'quantity', value: '7' });
    expect(await quantity('딸기 1kg').inputValue()).toBe('3');
  });

  test('carries nothing that was typed over to another page', async () => {
    const page = await openPage();
    await page.goto('/#/sign-in');
    await page.getByLabel('E-mail').fill('minji@example.kr');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.getByRole('heading', { name: 'Make an account' }).waitFor();
    expect(await page.getByLabel('Password').inputValue()).toBe('');
  });
});
