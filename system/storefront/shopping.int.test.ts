// What a shopper sees and does on the way through the shop, in a real browser against a real shop: languages, phones, screen
// readers, the way back, and what is told of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page, WebSocketRoute } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { seedCoupons } from '../coupons/testing.ts';
import { createNotificationStore } from '../notifications/store.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, type Shopper, signIn, startTestShop, type TestShop } from './testing.ts';

const PHONE = { width: 390, height: 844 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const IN_THE_SHOP = /^\d+ in the shop$/;

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000 });
/** A page that has been led to has the focus as soon as it is there. */
const hasArrived = (page: Page) => eventually(() => page.locator('main:focus').count()).toBe(1);

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate(`document.activeElement.blur(); location.hash = '${address}'`);
  await hasArrived(page);
}

describeInBrowser('shopping', () => {
  let shop: TestShop;
  let browser: TestBrowser;
  beforeAll(async () => {
    shop = await startTestShop();
    browser = await launchBrowser([SCRIPT_BUILD]);
    await shop.database.query(`
      INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count, image)
      SELECT 1, '감귤 ' || n || 'kg', 1000, 1000 + 1000 * (n % 2), 10, 10, '/images/categories/fresh-produce.svg'
        FROM generate_series(3, 30) AS n`);
  });

  async function openPage(options: Parameters<TestBrowser['newPage']>[0] = {}): Promise<Page> {
    return browser.newPage({ baseURL: shop.url, ...options });
  }
  async function actionsOf({ customerId }: Shopper): Promise<string[]> {
    const { rows } = await shop.database.query<{ told: string }>(
      `SELECT concat_ws(' ', action, target_type, target_id, target_text) AS told
         FROM behaviour_actions WHERE customer_id = $1 ORDER BY id`,
      [customerId],
    );
    return rows.map(({ told }) => told);
  }

  test('what somebody who is signed in does is told to the shop, each thing once', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    const askedWhichPicture: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (/^\/images\/products\/\d+$/.test(pathname)) askedWhichPicture.push(pathname);
    });
    await signIn(page, shopper, '/me');
    await hasArrived(page);
    await goTo(page, '/products?categoryId=1&sort=price-descending');
    await page.locator('.card[data-product-id="2"]').hover();
    await eventually(() => actionsOf(shopper)).toEqual(['click category 1', 'hover product 2']);
    await page.locator('.card[data-product-id="2"] a').click();
    await button(page, 'Add to cart').click();
    await page.getByText('It is in your cart.').waitFor();
    await goTo(page, '/cart');
    await page.getByLabel('Quantity of 유기농 사과 2kg').fill('3');
    await page.getByLabel('Quantity of 유기농 사과 2kg').press('Enter');
    await page.getByText('₩90,000').first().waitFor();
    await button(page, 'Remove 딸기 1kg').click();
    await eventually(() => page.locator('.line').count()).toBe(1);
    await page.getByRole('searchbox').fill('사과');
    await page.getByRole('searchbox').press('Enter');
    await heading(page, '“사과”').waitFor();
    await goTo(page, '/checkout');
    await button(page, /^Place the order/).click();
    await heading(page, 'Confirmed').waitFor();
    await button(page, 'Cancel the order').click();
    await button(page, 'Cancel it').click();
    await heading(page, 'Cancelled').waitFor();
    await page.locator('.brief img').waitFor();
    await goTo(page, '/orders');
    await page.locator('.order img').waitFor();
    expect(askedWhichPicture).toEqual([]);
    await eventually(() => actionsOf(shopper)).toEqual([
      'click category 1',
      'hover product 2',
      'click product 2',
      'cart-create product 2',
      'cart-modify-plus product 2',
      'cart-cancel product 1',
      'search text 사과',
      'order-create product 2',
      'order-cancel product 2',
    ]);
  });

  test('one press puts the whole page into Korean, where it stays; names of products stay as they are', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    await signIn(page, shopper, '/cart');
    await button(page, '한국어').click();
    await heading(page, '장바구니').waitFor();
    await page.reload();
    await heading(page, '장바구니').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByText('20,000원').first().waitFor();
    for (const address of [
      '/',
      '/products?search=감귤',
      '/products/1',
      '/checkout',
      '/orders',
      '/me',
      '/account',
      '/address',
      '/nowhere',
    ]) {
      await goTo(page, address);
      const text = await page.locator('body').innerText();
      const leftInEnglish = text
        .replace(/Stampede|English|API|BRONZE|\d+kg|\S+@\S+/g, '')
        .match(/[A-Za-z]{2,}/g);
      expect(leftInEnglish, address).toBeNull();
    }
    await button(page, 'English').click();
    await heading(page, 'Not found').waitFor();
  });

  test('no page is wider than a phone, and none has what keeps somebody out, light or dark', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage({ viewport: PHONE, bypassCSP: true });
    await signIn(page, shopper, '/checkout');
    await button(page, /^Place the order/).click();
    await heading(page, 'Confirmed').waitFor();
    await shopper.ask('PUT', '/cart/items/1', { quantity: 99 });
    const own = [
      '/cart',
      '/checkout',
      '/orders',
      '/coupons',
      '/wishes',
      '/notifications',
      '/me',
      '/account',
      '/address',
      new URL(page.url()).hash.slice(1),
    ];
    await page.evaluate(AXE);
    for (const address of ['/', '/products', '/products/3', '/sign-in', '/sign-up', ...own]) {
      await goTo(page, address);
      expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBe(PHONE.width);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = await page.evaluate<string[]>(
          `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`,
        );
        expect(found, `${address} ${colorScheme}`).toEqual([]);
      }
    }
  });

  test('nothing jumps while a page comes in', async () => {
    const page = await openPage({ viewport: PHONE });
    await page.addInitScript(`
      globalThis.shifted = 0;
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shifted += value;
      }).observe({ type: 'layout-shift', buffered: true });`);
    await signIn(page, await createShopper(shop), '/me');
    for (const address of ['/', '/products/3', '/cart']) {
      await goTo(page, address);
      await page.reload();
      await page.locator('main:not([aria-busy]) h1').waitFor();
      await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('shifted'), address).toBeLessThan(0.1);
    }
  });

  test('the way back leads to where one was, and a new page begins at its top', async () => {
    const page = await openPage({ viewport: PHONE });
    await page.goto('/#/products');
    const last = page.locator('.card[data-product-id]').last();
    await last.scrollIntoViewIfNeeded();
    const scrolledTo = () => page.evaluate<number>('scrollY');
    const before = await scrolledTo();
    expect(before).toBeGreaterThan(500);
    await last.locator('a').click();
    await hasArrived(page);
    expect(await scrolledTo()).toBe(0);
    const mayArrive = Promise.withResolvers<void>();
    await page.route('**/products?*', async (route) => {
      await mayArrive.promise;
      await route.continue();
    });
    await page.goBack();
    await page.locator('.skeleton').waitFor();
    await eventually(scrolledTo).toBe(0);
    mayArrive.resolve();
    await page.locator('.card').last().waitFor();
    await eventually(scrolledTo).toBe(before);
  });

  test('the way back leads to where one was also from a page that was left before it was there', async () => {
    const page = await openPage({ viewport: PHONE });
    await page.goto('/#/products');
    const last = page.locator('.card[data-product-id]').last();
    await last.scrollIntoViewIfNeeded();
    const scrolledTo = () => page.evaluate<number>('scrollY');
    const before = await scrolledTo();
    await last.locator('a').click();
    await hasArrived(page);
    const [left, list] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/products/3', (route) => left.promise.then(() => route.continue()));
    await page.route('**/products?*', (route) => list.promise.then(() => route.continue()));
    const answered = page.waitForResponse('**/products/3');
    await page.evaluate("location.hash = '/products/3'");
    await page.locator('.skeleton').waitFor();
    await page.evaluate('history.go(-2)');
    await page.waitForURL('**/#/products');
    left.resolve();
    await (await answered).finished();
    await page.evaluate('new Promise(requestAnimationFrame)');
    list.resolve();
    await page.locator('.card').last().waitFor();
    await eventually(scrolledTo).toBe(before);
  });

  test('of two people at one product each sees the other, and that they have left', async () => {
    const [first, second] = await Promise.all([openPage(), openPage()]);
    await signIn(first, await createShopper(shop), '/products/4');
    await first.getByText('You are looking at it now').waitFor();
    await signIn(second, await createShopper(shop), '/products/4');
    await first.getByText('2 people are looking at it now').waitFor();
    await second.getByText('2 people are looking at it now').waitFor();
    await button(second, 'Add to cart').click();
    await first.getByText('1 have it in the cart').waitFor();
    await first.getByText(IN_THE_SHOP).waitFor();
    await second.context().close();
    await first.getByText('You are looking at it now').waitFor();
  });

  test('guests are counted as well and see it, in all their tabs as one, and as a customer once they are signed in', async () => {
    const shopper = await createShopper(shop);
    const [guest, other] = await Promise.all([openPage(), openPage()]);
    await guest.goto('/#/products/7');
    await guest.getByText('You are looking at it now').waitFor();
    await guest.getByText(IN_THE_SHOP).waitFor();
    const tab = await guest.context().newPage();
    await tab.goto('/#/products/7');
    await tab.getByText('You are looking at it now').waitFor();
    await other.goto('/#/products/7');
    for (const page of [guest, tab, other]) await page.getByText('2 people are looking at it now').waitFor();
    await signIn(other, shopper, '/products/7');
    await other.getByText('2 people are looking at it now').waitFor();
    await button(other, 'Sign out').click();
    await guest.getByText('You are looking at it now').waitFor();
    await guest.context().close();
    await other.goto('/#/products/7');
    await other.getByText('You are looking at it now').waitFor();
  });

  test('the best coupon is proposed at the checkout, another choice is possible, and one is used', async () => {
    const shopper = await createShopper(shop);
    await seedCoupons(shop.database, [shopper.customerId], new Date(), {
      name: 'Small',
      benefit: { kind: 'amount', amountKrw: 500 },
    });
    await seedCoupons(shop.database, [shopper.customerId], new Date(), { name: 'Large', rule: 'large' });
    const page = await openPage();
    await signIn(page, shopper, '/coupons');
    await page.getByText('10% off').waitFor();
    await goTo(page, '/checkout');
    // 20,000 and shipping of 2,500.
    await button(page, 'Place the order for ₩20,500').waitFor();
    await page.getByLabel('Small').check();
    await button(page, 'Place the order for ₩22,000').waitFor();
    await page.getByLabel('Without a coupon').check();
    await button(page, 'Place the order for ₩22,500').waitFor();
    await page.getByLabel('Large').check();
    await button(page, 'Place the order for ₩20,500').click();
    await heading(page, 'Confirmed').waitFor();
    await page.getByText('−₩2,000').waitFor();
    await goTo(page, '/coupons');
    expect(await page.locator('.coupon .state').allInnerTexts()).toEqual(['Used', 'Usable']);
  });

  test('what is told while somebody is away is shown when they are back, once, and takes the focus from nobody', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    const sockets: WebSocketRoute[] = [];
    let isAway = false;
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (isAway) return void socket.close();
      sockets.push(socket);
      socket.connectToServer();
    });
    await signIn(page, shopper, '/');
    await page.getByText(IN_THE_SHOP).waitFor();
    isAway = true;
    for (const socket of sockets) await socket.close();
    await page.getByText(IN_THE_SHOP).waitFor({ state: 'detached' });
    const content = { kind: 'stock-low', productId: 1, productName: '딸기 1kg', stockCount: 3 } as const;
    await createNotificationStore(shop.database).add(
      shop.database,
      [{ customerId: shopper.customerId, content }],
      new Date(),
    );
    await page.getByRole('searchbox').pressSequentially('사과');
    isAway = false;
    await page.locator('.notice').getByText('Only 3 left of 딸기 1kg.').waitFor();
    expect(await page.evaluate('document.activeElement.value')).toBe('사과');
    await page.getByRole('link', { name: 'Notifications, 1 unread' }).click();
    await page.locator('.told.unread').waitFor();
    await page.getByRole('link', { name: 'Notifications, 0 unread' }).waitFor();
    await page.reload();
    await page.locator('.told').waitFor();
    expect(await page.locator('.told.unread, .notice').count()).toBe(0);
  });

  test('without lists, counters, alerts, coupons and wishes one buys all the same', async () => {
    const page = await openPage();
    await page.route(/\/(recommendations|notifications|coupons|wishes)/, (route) =>
      route.request().resourceType() === 'fetch'
        ? route.fulfill({ status: 503, body: '' })
        : route.continue(),
    );
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await signIn(page, await createShopper(shop), '/products/2');
    await button(page, 'Add to cart').click();
    await page.getByText('It is in your cart.').waitFor();
    await goTo(page, '/me');
    await heading(page, 'Hello, 민지').waitFor();
    await goTo(page, '/checkout');
    await button(page, /^Place the order/).click();
    await heading(page, 'Confirmed').waitFor();
  });

  test('what is wished for is on the wish list until it is taken off', async () => {
    const page = await openPage();
    await signIn(page, await createShopper(shop), '/products/2');
    await button(page, 'Wish for it').click();
    await page.locator('.wish[aria-pressed="true"]').waitFor();
    await goTo(page, '/wishes');
    await button(page, 'Remove 유기농 사과 2kg from the wish list').click();
    await page.getByText('Nothing is wished for.').waitFor();
  });

  test('the heart on a picture puts a product onto the wish list, and every other picture of it says so', async () => {
    const shopper = await createShopper(shop);
    const page = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await signIn(page, shopper, '/');
    const hearts = button(page, 'Wish for 감귤 30kg');
    await eventually(() => hearts.count()).toBe(2);
    await hearts.first().click();
    await eventually(() => page.locator('.on-picture[aria-pressed="true"]').count()).toBe(2);
    expect(asked.filter((name) => name === 'PUT /wishes/30')).toHaveLength(1);
    expect(asked.filter((name) => name === 'GET /wishes').length).toBeLessThanOrEqual(3);
    await goTo(page, '/products?search=30kg');
    await page.locator('.on-picture[aria-pressed="true"]').click();
    await eventually(() => page.locator('.on-picture[aria-pressed="true"]').count()).toBe(0);
    expect(await shopper.ask('GET', '/wishes')).toEqual({ items: [] });
    const guest = await openPage();
    await guest.goto('/#/products');
    await guest.locator('.card').first().waitFor();
    expect(await guest.locator('.wish').count()).toBe(0);
  });

  test('only what is in stock is listed where that is asked for, and the address keeps it', async () => {
    await shop.database.query('UPDATE products SET stock_count = 0, order_count = 100 WHERE id = 5');
    const page = await openPage();
    // The first page invites to what can be bought, however popular something else was.
    await page.goto('/');
    await page.locator('.card').last().waitFor();
    expect(await page.locator('.card.sold-out, .card[data-product-id="5"]').count()).toBe(0);
    await page.goto('/#/products?categoryId=1&sort=price-ascending&search=감귤');
    await page.locator('.card.sold-out').waitFor();
    await page.getByLabel('In stock only').check();
    await eventually(() => page.locator('.card.sold-out').count()).toBe(0);
    expect(page.url()).toContain('inStock=only');
    await page.reload();
    await page.locator('.card').first().waitFor();
    expect(await page.getByLabel('In stock only').isChecked()).toBe(true);
    expect(await page.locator('.card.sold-out').count()).toBe(0);
  });

  test('what is sold out meanwhile is said at the checkout, before anything is paid', async () => {
    const shopper = await createShopper(shop);
    await shopper.ask('PUT', '/cart/items/6', { quantity: 1 });
    await shop.database.query('UPDATE products SET stock_count = 0 WHERE id = 6');
    const page = await openPage();
    await signIn(page, shopper, '/checkout');
    await page.getByText('Remove what is sold out before you order.').waitFor();
    expect(await button(page, /^Place the order/).count()).toBe(0);
    await page.getByRole('link', { name: 'See the cart' }).click();
    await button(page, 'Remove 감귤 6kg').click();
    await page.getByRole('link', { name: 'Checkout', exact: true }).click();
    await button(page, /^Place the order/).waitFor();
    await goTo(page, '/products/999999');
    await page.getByRole('link', { name: 'Find something' }).waitFor();
  });

  test('a guest’s cart asks for all its products in one request, and each picture for itself alone', async () => {
    const page = await openPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const lines = [1, 2, 3, 4, 5].map((productId) => ({ productId, quantity: 1 }));
    await page.addInitScript(`localStorage.setItem('guestCart', '${JSON.stringify(lines)}')`);
    await page.goto('/#/cart');
    await eventually(() => page.locator('.line').count()).toBe(5);
    expect(asked.filter((name) => /(GET|POST) \/(cart|products)/.test(name))).toEqual(['POST /cart/quotes']);
    await eventually(async () => asked.filter((name) => name.includes('/images/'))).toEqual(
      lines.map(({ productId }) => `GET /images/products/${productId}/drawn`),
    );
  });

  test('what the shop knows of somebody, and where their orders go, they change themselves', async () => {
    const shopper = await createShopper(shop);
    await shopper.ask('DELETE', '/me/address');
    const page = await openPage();
    await signIn(page, shopper, '/account');
    await page.getByLabel('Nickname').fill('<i>새 이름</i>');
    await page.getByLabel('Region').selectOption('Jeju');
    await page.getByLabel('Year of birth').fill('1800');
    await button(page, 'Save').click();
    await page.getByText('A number from 1900 to').waitFor();
    await page.getByLabel('Year of birth').fill('1991');
    await button(page, 'Save').click();
    await page.getByText('Your account is changed.').waitFor();
    await eventually(() => page.locator('.who').innerText()).toBe('<i>새 이름</i>');
    expect(await shopper.ask('GET', '/me')).toMatchObject({ region: 'Jeju', birthYear: 1991 });
    await page.getByRole('link', { name: 'Give an address' }).click();
    await page.getByLabel('Phone').fill('010-9876-5432');
    await page.getByLabel('Postcode').fill('63000');
    await page.getByLabel('Street').fill('<b>첨단로</b> 242');
    await button(page, 'Deliver here').click();
    await page.getByText('(63000) <b>첨단로</b> 242').waitFor();
    // Another browser knows it too.
    const other = await openPage();
    await signIn(other, shopper, '/checkout');
    await other.getByText('(63000) <b>첨단로</b> 242').waitFor();
    await button(other, /^Place the order/).waitFor();
    await button(page, 'Delete it').click();
    await page.getByRole('link', { name: 'Give an address' }).waitFor();
    expect(await shopper.ask('GET', '/me/address')).toEqual({ address: null });
  });
});
