// The live page in two browsers: each moment is shown, whoever comes late sees it too, it fits wide and narrow, and it says how
// the rehearsal ended.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { clientBuild } from '../../reports/html/page/bundle-client.ts';
import type { LiveMoment } from './moment.ts';
import { type LiveServer, serveLive } from './serve-live.ts';

const NOBODY = { home: 0, list: 0, search: 0, product: 0, cart: 0, checkout: 0, orders: 0 };

const moment = (second: number, more: Partial<LiveMoment> = {}): LiveMoment => ({
  title: 'The busiest hour',
  question: 'Will the shop hold from 20:00 to 21:00, and how long does a shopper wait for a confirmed order?',
  phase: 'rehearsing peak-hour',
  secondsLeft: 65,
  second,
  whereabouts: {
    inside: { ...NOBODY, home: 12, list: 40, product: 75, cart: 6, checkout: 4 },
    moves: [{ from: null, to: 'home', count: 12 }],
  },
  orders: { perSecond: 3.25, confirmedCount: 1_234, rejectedCount: 5, recent: [3, 2, 5, 4, 3] },
  pushes: [{ what: 'lists', perSecond: 12, count: 12_345 }],
  waits: [
    { label: 'order confirmed', p50Ms: 12.4, p99Ms: 1_250 },
    { label: 'HTTP response', p50Ms: 2.1, p99Ms: 35 },
  ],
  failedCount: 0,
  faults: [],
  ended: null,
  ...more,
});

describeInBrowser('the live page', () => {
  let browser: TestBrowser;
  let server: LiveServer;
  let page: Page;
  let narrow: Page;
  const complaints: string[] = [];

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    const opened = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('console', (message) => complaints.push(message.text()));
    opened.on('request', (request) => {
      if (!request.url().startsWith(new URL(server.url).origin)) complaints.push(request.url());
    });
    await opened.goto(server.url);
    return opened;
  }

  beforeAll(async () => {
    server = await serveLive(0);
    browser = await launchBrowser([clientBuild(join(import.meta.dirname, 'page/client/main.tsx'), 'esm')]);
    server.publish(moment(3));
    page = await open(1_280, 'light');
    narrow = await open(390, 'dark');
  });
  afterAll(() => server?.close());

  test('whoever comes sees the orders, the waits and a dot for each person, in two browsers alike', async () => {
    for (const shown of [page, narrow]) {
      await shown.getByText('1,234 confirmed, 5 rejected').waitFor();
      await shown.getByText('1 in 100 after 1.3 s').waitFor();
      await shown.getByRole('img', { name: 'Home 12, Lists 40, Search 0, Product 75' }).waitFor();
      expect(await shown.locator('.dot').count()).toBe(137);
      expect(await shown.locator('.dot.product').count()).toBe(75);
    }
  });

  test('people walk from room to room with the next moment', async () => {
    const inside = { ...NOBODY, home: 12, list: 40, product: 65, cart: 16, checkout: 4 };
    server.publish(
      moment(4, { whereabouts: { inside, moves: [{ from: 'product', to: 'cart', count: 10 }] } }),
    );
    for (const shown of [page, narrow]) {
      await expect.poll(() => shown.locator('.dot.cart').count(), { timeout: 60_000 }).toBe(16);
      expect(await shown.locator('.dot.product').count()).toBe(65);
    }
  });

  test('a fault is called out as it strikes, and when it is over', async () => {
    const fault = { label: 'API killed', second: 5 };
    server.publish(moment(5, { faults: [{ ...fault, isOver: false }], failedCount: 41 }));
    await page.getByRole('alert').getByText('API killed').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/API killed\s+now/);
    server.publish(moment(12, { faults: [{ ...fault, isOver: true }], failedCount: 41 }));
    await page.getByText('0:07 ago; has struck').waitFor();
    server.publish(
      moment(12, { faults: [{ ...fault, isOver: true }], failedCount: 41, second: null, whereabouts: null }),
    );
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/^API killed\s+has struck$/);
    server.publish(moment(12, { faults: [{ ...fault, isOver: true }], failedCount: 41 }));
    await page.getByText('0:07 ago; has struck').waitFor();
  });

  test.each([
    ['wide', () => page],
    ['narrow', () => narrow],
  ])('a %s page is not wider than its window and cuts nothing off', async (_, shown) => {
    const tooWide = await shown().evaluate<string[]>(
      `[...document.querySelectorAll('body *:not(svg *)')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1 || element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1).map((element) => element.className + ' ' + element.textContent)`,
    );
    expect(tooWide).toEqual([]);
    const outside = await shown().evaluate<string[]>(
      `[...document.querySelectorAll('.room')].filter((room) => { const walls = room.querySelector('rect').getBoundingClientRect(); return [...room.querySelectorAll('text')].some((text) => text.getBoundingClientRect().right > walls.right); }).map((room) => room.textContent)`,
    );
    expect(outside).toEqual([]);
  });

  test('whoever wants less motion sees no dot walk', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const duration = await page.evaluate<string>(
      `getComputedStyle(document.querySelector('.dot')).transitionDuration`,
    );
    expect(duration).toBe('0s');
    await page.emulateMedia({ reducedMotion: null });
  });

  test('it says how the rehearsal ended, stays so when the server is gone, and asks for nothing more', async () => {
    server.publish(
      moment(20, { ended: { verdict: 'PASS', answer: 'Yes: 1,234 orders.' }, whereabouts: null }),
    );
    await server.close();
    for (const shown of [page, narrow]) {
      await shown.getByText('Yes: 1,234 orders.').waitFor();
      expect(await shown.getByRole('status').innerText()).toBe('Over');
    }
    expect(complaints).toEqual([]);
  });
});
