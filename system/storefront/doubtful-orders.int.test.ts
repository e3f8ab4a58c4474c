// Orders whose outcome is open, in a real browser against a real shop; what goes wrong is planted between the two.
import type { Page, Route } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import type { OrderView, PlaceOrderBody } from '../contract/orders.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, holdPushes, type Shopper, signIn, startTestShop, type TestShop } from './testing.ts';

const DOUBT = 'It is not known yet whether your order was placed';
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const placing = (page: Page) => button(page, /^Place the order/);
const problem = (status: number, code: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: `urn:stampede:problem:${code}`, title: 'Planted', status, code }),
});

describeInBrowser('orders whose outcome is open', () => {
  let shop: TestShop;
  let browser: TestBrowser;
  beforeAll(async () => {
    shop = await startTestShop();
    browser = await launchBrowser([SCRIPT_BUILD]);
  });

  /** A new shopper at the checkout, the orders that the page sends, and a way to plant what becomes of them. */
  async function atCheckout({ pushes = 'held' } = {}) {
    const shopper = await createShopper(shop);
    const page = await browser.newPage({ baseURL: shop.url });
    const held = pushes === 'held' ? await holdPushes(page) : null;
    const sent: PlaceOrderBody[] = [];
    let answer = (route: Route): Promise<void> => route.continue();
    await page.route('**/orders', (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      sent.push(route.request().postDataJSON() as PlaceOrderBody);
      return answer(route);
    });
    await signIn(page, shopper, '/checkout');
    await placing(page).waitFor();
    const plant = (planted: typeof answer) => {
      answer = planted;
    };
    return { page, shopper, sent, plant, letPushesThrough: () => held?.letThrough() };
  }

  async function storedOrders({ ask }: Shopper): Promise<OrderView[]> {
    return (await ask<{ items: OrderView[] }>('GET', '/orders')).items;
  }

  const remembered = (page: Page) =>
    page.evaluate<string[]>('Object.keys(localStorage).filter((key) => key.startsWith("openOrders"))');

  const LOST: [name: string, (route: Route) => Promise<void>][] = [
    ['a 500', (route) => route.fulfill(problem(500, 'internal-error'))],
    ['a 502 of a balancer', (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' })],
    [
      'a 503 of an outcome unknown',
      (route) => route.fulfill(problem(503, 'outcome-unknown', { 'retry-after': '2' })),
    ],
    ['a 504', (route) => route.fulfill({ status: 504, body: '' })],
    ['a lost connection', (route) => route.abort('connectionreset')],
    [
      'an answer that is none',
      (route) => route.fulfill({ status: 200, body: '<p>Welcome to the hotel</p>' }),
    ],
  ];
  test.each(LOST)(
    'after %s the same order is sent again, also after a reload, and placed once',
    async (_name, lost) => {
      const { page, shopper, sent, plant } = await atCheckout();
      await page.getByLabel('Kakao Pay').check();
      plant(lost);
      await placing(page).click();
      await heading(page, DOUBT).waitFor();
      await page.reload();
      await heading(page, DOUBT).waitFor();
      await page.goto('/#/checkout');
      await heading(page, DOUBT).waitFor();
      await button(page, 'Look again').click();
      await page.getByText('the shop has no such order so far').waitFor();
      plant((route) => route.continue());
      await button(page, 'Send the same order again').click();
      await heading(page, 'Confirmed').waitFor();
      expect(sent).toEqual([sent[0], sent[0]]);
      expect(await storedOrders(shopper)).toMatchObject([{ id: sent[0]!.id, paymentMethod: 'kakao' }]);
      expect(await remembered(page)).toEqual([]);
    },
  );

  test('an order that is never answered is in doubt, and found by looking again', async () => {
    const { page, shopper, plant } = await atCheckout();
    await page.clock.install();
    await page.reload();
    const reached = Promise.withResolvers<void>();
    plant(async (route) => {
      await route.fetch();
      reached.resolve();
    });
    await placing(page).click();
    await reached.promise;
    await page.clock.fastForward(60_000);
    // Stored meanwhile, and found as soon as the page looks for it.
    await heading(page, 'Confirmed').waitFor();
    expect(await storedOrders(shopper)).toHaveLength(1);
    expect(await remembered(page)).toEqual([]);
  });

  test('an order that did arrive shows its outcome by itself as soon as the shop tells', async () => {
    const { page, plant, sent, shopper, letPushesThrough } = await atCheckout();
    plant((route) => route.abort('connectionreset'));
    await placing(page).click();
    await heading(page, DOUBT).waitFor();
    letPushesThrough();
    await shopper.ask('POST', '/orders', sent[0]);
    await heading(page, 'Confirmed').waitFor();
  });

  test('what is refused for now is said not to be placed, and an earlier doubt about it stays', async () => {
    const { page, plant, sent } = await atCheckout();
    plant((route) => route.fulfill(problem(503, 'order-not-placed', { 'retry-after': '2' })));
    await placing(page).click();
    await page.locator('.notice').getByText('Planted').waitFor();
    await page.reload();
    await placing(page).waitFor();
    plant((route) => route.fulfill({ status: 503, headers: { 'retry-after': '2' }, body: 'busy' }));
    await placing(page).click();
    await page.locator('.notice').getByText('The order was not placed').waitFor();
    plant((route) => route.fulfill({ status: 504, body: '' }));
    await placing(page).click();
    await heading(page, DOUBT).waitFor();
    plant((route) => route.fulfill(problem(503, 'order-not-placed', { 'retry-after': '2' })));
    await button(page, 'Send the same order again').click();
    await page.locator('.notice').getByText('still not known').waitFor();
    await page.reload();
    await heading(page, DOUBT).waitFor();
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  test('whoever signs in next meets nothing of it; the one whose it is finds it again', async () => {
    const { page, shopper, plant, sent } = await atCheckout();
    plant((route) => route.fulfill({ status: 502, body: '' }));
    await placing(page).click();
    await heading(page, DOUBT).waitFor();
    await page.getByRole('link', { name: 'My orders' }).first().click();
    await page.getByText('Not known yet').waitFor();
    await button(page, 'Sign out').click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    plant((route) => route.continue());
    const other = await createShopper(shop);
    await signIn(page, other, '/checkout');
    await placing(page).click();
    await heading(page, 'Confirmed').waitFor();
    expect(sent[1]!.id).not.toBe(sent[0]!.id);
    await button(page, 'Sign out').click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await signIn(page, shopper, '/orders');
    await page.getByText('Not known yet').waitFor();
    expect(await storedOrders(shopper)).toEqual([]);
  });

  test('an outcome that is faster than the first look at the order is shown', async () => {
    const { page, plant, sent } = await atCheckout({ pushes: 'let through' });
    const pushed = new Promise<void>((resolve) => {
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          if (String(payload).includes('order:confirmed')) resolve();
        }),
      );
    });
    await page.reload();
    await placing(page).waitFor();
    plant((route) =>
      route.fulfill({
        status: 202,
        contentType: 'application/json',
        body: JSON.stringify({ id: sent[0]!.id, state: 'accepted' }),
      }),
    );
    let looks = 0;
    await page.route('**/orders/*', async (route) => {
      looks += 1;
      if (looks > 1) return route.continue();
      // Read before the order is stored; decided and pushed before that is answered.
      const early = await route.fetch();
      await fetch(`${shop.url}/orders`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: route.request().headers().authorization!,
        },
        body: JSON.stringify(sent[0]),
      });
      await pushed;
      return route.fulfill({ response: early });
    });
    await placing(page).click();
    await heading(page, 'Confirmed').waitFor();
    expect(looks).toBeGreaterThan(1);
    expect(await page.locator('.notice').count()).toBe(0);
  });

  test('an order that was cancelled before its outcome is told again is not told as confirmed', async () => {
    const { page, shopper, plant, sent, letPushesThrough } = await atCheckout();
    plant(async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.route('**/orders/*', (route) => route.abort('connectionreset'));
    await placing(page).click();
    await heading(page, DOUBT).waitFor();
    await page.goto('/#/products');
    await heading(page, 'All products').waitFor();
    const { id } = sent[0]!;
    await shopper.ask('POST', `/orders/${id}/cancel`);
    letPushesThrough();
    // As after a redelivery: the order that is stored is told again, as an event of confirmed orders.
    await shopper.ask('POST', '/orders', sent[0]);
    const told = page.locator('.notice p');
    await told.waitFor();
    expect(await told.innerText()).toBe('Your order over ₩22,500 was cancelled.');
  });
});
