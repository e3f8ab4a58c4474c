// Recommended lists on the pages, in a real browser against a real shop: they turn by themselves and disturb nobody.
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  describeInBrowser,
  launchBrowser,
  type TestBrowser,
} from '../../deploy/local/testing/vitest-browser.ts';
import { RECOMMENDATION_KINDS } from '../contract/recommendations.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { createPush } from '../platform/sockets/push.ts';
import { afterTests, testLog } from '../platform/testing.ts';
import { createRecommendationStore, EVERYBODY } from '../recommendations/store.ts';
import { SCRIPT_BUILD } from './bundle.ts';
import { createShopper, type Shopper, signIn, startTestShop, type TestShop } from './testing.ts';

const TURN_MS = 3_000;
const PAGE_SIZE = 4;
const ENGINE = {
  RECOMMENDATIONS_ENGINE: 'incremental',
  BEHAVIOUR_TRANSPORT: 'kafka',
  KAFKA_BROKERS: process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '',
};

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

async function addProducts({ database }: TestShop): Promise<void> {
  await database.query(`
    INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count, image)
    SELECT 1, 'thing ' || n || repeat(' and more', n % 7), 1000, 1000 + 1000 * (n % 2), 10, 10, '' FROM generate_series(3, 24) AS n`);
}

/** Lists of all kinds for somebody, with these products. */
async function storeLists({ database }: TestShop, customerId: number, productIds: number[]) {
  const store = createRecommendationStore({ database, kinds: RECOMMENDATION_KINDS, keepHours: 24 });
  const madeAt = new Date().toISOString();
  const lists = RECOMMENDATION_KINDS.map((kind) => ({ kind, productIds, reflectsActionId: null, madeAt }));
  await store.add(
    lists.map((list) => ({ customerId: list.kind === 'trending' ? EVERYBODY : customerId, list })),
  );
  return lists;
}

describeInBrowser('recommended lists', () => {
  let shop: TestShop;
  let browser: TestBrowser;
  let shopper: Shopper;
  let push: ReturnType<typeof createPush>;
  beforeAll(async () => {
    shop = await startTestShop(ENGINE);
    browser = await launchBrowser([SCRIPT_BUILD]);
    await addProducts(shop);
    shopper = await createShopper(shop);
    const redis = createRedis({ url: shop.redis.url, keyPrefix: '', log: testLog });
    afterTests(() => redis.quit());
    push = createPush({
      redis,
      keyPrefix: shop.redis.keyPrefix,
      onFailure: (error) => {
        throw error;
      },
    });
  });

  async function openPage(baseURL = shop.url): Promise<Page> {
    return browser.newPage({ baseURL });
  }
  const listOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  async function idsIn(page: Page, name: string): Promise<number[]> {
    // All at one moment: a list that turns meanwhile has other links.
    const addresses = await listOf(page, name)
      .locator('.card a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    return addresses.map((address) => Number(address?.split('/').at(-1)));
  }
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000 });
  /** A page that has been led to has the focus as soon as it is there. */
  const hasArrived = (page: Page) => eventually(() => page.locator('main:focus').count()).toBe(1);
  const pageOf = (ids: number[], page: number) => ids.slice(PAGE_SIZE * page, PAGE_SIZE * (page + 1));

  test('turn every few seconds, stay under a pointer or a focus, and take in what is pushed when they are left', async () => {
    await storeLists(shop, shopper.customerId, upTo(12));
    const page = await openPage();
    await page.clock.install();
    await signIn(page, shopper, '/');
    await hasArrived(page);
    const list = listOf(page, 'For you');
    // Held, so that nothing moves until the clock is in hand.
    await list.hover();
    await page.clock.pauseAt(new Date(Date.now() + 60_000));
    const first = await idsIn(page, 'For you');
    const place = (first[0]! - 1) / PAGE_SIZE;
    expect(first).toEqual(pageOf(upTo(12), place));
    await page.clock.runFor(2 * TURN_MS);
    expect(await idsIn(page, 'For you')).toEqual(first);
    const below = page.getByRole('heading', { name: 'Popular now' });
    const belowAt = await below.boundingBox();
    await page.mouse.move(0, 0);
    await page.clock.runFor(TURN_MS);
    const second = pageOf(upTo(12), (place + 1) % 3);
    await eventually(() => idsIn(page, 'For you')).toEqual(second);
    expect(await below.boundingBox()).toEqual(belowAt);

    await list.locator('.card a').first().focus();
    const lists = await storeLists(shop, shopper.customerId, upTo(24).slice(12));
    push(shopper.customerId, 'recommendations:fresh', { lists, answersActionIds: [] });
    // Another list, which nobody holds, says that the push is there.
    await eventually(() => idsIn(page, 'Reduced for you')).toEqual([13, 14, 15, 16]);
    await page.clock.runFor(2 * TURN_MS);
    expect(await idsIn(page, 'For you')).toEqual(second);
    expect(await list.locator('.card a:focus').count()).toBe(1);
    await page.getByRole('searchbox').focus();
    await page.clock.runFor(TURN_MS);
    await eventually(() => idsIn(page, 'For you')).toEqual([13, 14, 15, 16]);
  });

  test('do not turn for whoever asks for less motion, but at a press, which keeps the focus', async () => {
    await storeLists(shop, shopper.customerId, upTo(10));
    const page = await openPage();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.clock.install();
    await signIn(page, shopper, '/products/2');
    await hasArrived(page);
    const list = listOf(page, 'Like what you viewed');
    const pause = list.getByRole('button', { name: 'Pause' });
    await pause.waitFor();
    await eventually(() => pause.getAttribute('aria-pressed')).toBe('true');
    await page.clock.runFor(2 * TURN_MS);
    await eventually(() => idsIn(page, 'Like what you viewed')).toEqual([1, 2, 3, 4]);
    const others = list.getByRole('button', { name: 'Show others' });
    await others.press('Enter');
    await eventually(() => idsIn(page, 'Like what you viewed')).toEqual([5, 6, 7, 8]);
    expect(await others.evaluate((button) => button.matches(':focus'))).toBe(true);
    await eventually(() => idsIn(page, 'Bought together')).toEqual([1, 2, 3, 4]);
    await pause.press('Space');
    await eventually(() => pause.getAttribute('aria-pressed')).toBe('false');
  });

  test('are not there where the shop works none out, and of one’s own only for whoever is signed in', async () => {
    const page = await openPage();
    await page.goto('/');
    await listOf(page, 'Everybody looks at').waitFor();
    expect(await page.locator('.recommended').count()).toBe(1);
    const without = await startTestShop();
    const stranger = await createShopper(without);
    await storeLists(without, stranger.customerId, [1, 2]);
    const other = await openPage(without.url);
    await signIn(other, stranger, '/');
    await other.getByRole('heading', { name: 'Popular now' }).waitFor();
    expect(await other.locator('.recommended').count()).toBe(0);
  });
});
