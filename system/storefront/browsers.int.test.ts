// The program of the browsers against a real shop under load: what Chromium measures of its pages is printed, nothing on them jumps,
// and every order and sign of an order that it makes is told. How long pages take is a matter of limits of a run, not of a test.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BROWSER_ARGUMENTS, findBrowser } from '../../deploy/local/programs/find-browser.ts';
import { describeInBrowser } from '../../deploy/local/testing/vitest-browser.ts';
import type { OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import {
  type BrowserPerson,
  type FromBrowsers,
  type PageView,
  WALKED_PAGES,
} from '../../sim/browser/protocol.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { afterTests, createTestDatabase, createTestRedis, testConfig, testLog } from '../platform/testing.ts';
import { serve } from '../serve.ts';

/** Longer than any walk needs: each is ended by what has been seen. */
const WALK_MS = 150_000;
const LOAD_CONNECTIONS = 8;
/** Between two requests of a connection: without it they take both cores, and the browser waits for one and not for the shop. */
const LOAD_PAUSE_MS = 25;
/** No longer than it takes a page to be done. */
const LOOK_MS = 700;
const PASSWORD = 'correct horse';

let url: string;
let database: Database;
let person: BrowserPerson;
let told: FromBrowsers[] = [];

async function openShop(): Promise<void> {
  const created = await createTestDatabase();
  database = created.database;
  await database.query(`INSERT INTO categories (name) VALUES ('신선 과일/채소'), ('골프')`);
  await database.query(
    `INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count, sold_out, image)
     SELECT 1 + id % 2, '상품 ' || id, 10000 + id, 12000 + id, 1000, 1000, false, '/images/categories/fresh-produce.svg'
     FROM generate_series(1, 60) AS id`,
  );
  const redis = createTestRedis();
  const shop = await serve(
    testConfig({
      DATABASE_URL: created.url,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.keyPrefix,
      ORDERS_TRANSPORT: 'direct',
      KAFKA_BROKERS: '',
      SHOP_ROLES: 'api',
      RATE_LIMIT_PER_SECOND: '0',
    }),
    testLog,
  );
  afterTests(() => shop.close());
  ({ url } = shop);
  const email = 'minji@example.kr';
  const form = { email, password: PASSWORD, name: '김민지', nickname: '민지', gender: null, birthYear: null };
  const answer = await fetch(`${url}/customers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...form, region: 'Seoul', marketingConsent: false }),
  });
  expect(answer.status).toBe(201);
  const { rows } = await database.query('SELECT id FROM customers WHERE email = $1', [email]);
  person = { personId: Number(rows[0]?.id), email, password: PASSWORD };
}

/** Asks for lists and products on a few connections until it is told to end. */
function startLoad(): () => Promise<void> {
  const end = new AbortController();
  const connection = async (index: number) => {
    for (let asked = index; !end.signal.aborted; asked += 1) {
      const path = asked % 4 === 0 ? '/products?sort=popular&pageSize=24' : `/products/${1 + (asked % 60)}`;
      await fetch(url + path, { signal: end.signal })
        .then((response) => response.arrayBuffer())
        .then(() => delay(LOAD_PAUSE_MS, undefined, { signal: end.signal }))
        .catch(() => undefined);
    }
  };
  const running = Array.from({ length: LOAD_CONNECTIONS }, (_, index) => connection(index));
  return async () => {
    end.abort();
    await Promise.all(running);
  };
}

/** Runs the program until it has told enough; gives its exit code. */
async function walk(people: readonly BrowserPerson[], isEnough: () => boolean): Promise<number | null> {
  const found = findBrowser(process.env);
  if ('missing' in found) throw new Error(found.missing);
  const child: ChildProcess = fork(join(import.meta.dirname, '../../sim/browser/main.ts'), {
    stdio: 'inherit',
  });
  told = [];
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.on('message', (message: FromBrowsers) => {
    told.push(message);
    if (isEnough() && child.connected) child.send({ type: 'stop' }, () => undefined);
  });
  const chromium = { path: found.path, args: BROWSER_ARGUMENTS };
  child.send({ type: 'open', input: { chromium, storefrontUrl: url, people, seed: 1, lookMs: LOOK_MS } });
  const spanStartMonotonicMs = Number(process.hrtime.bigint()) / 1e6;
  child.send({ type: 'walk', spanStartMonotonicMs, durationMs: WALK_MS });
  return ended;
}

const viewsOf = (page: string): PageView[] =>
  told.flatMap((message) => (message.type === 'view' && message.view.page === page ? [message.view] : []));
/** Shown, with all that can be measured of it; on a busy machine a page may be left before it was painted. */
const isWhole = ({ failed, ttfbMs, fcpMs, lcpMs, cls }: PageView): boolean =>
  !failed && [ttfbMs, fcpMs, lcpMs, cls].every((timing) => timing !== null);
const hasTakenClick = ({ inpMs }: PageView): boolean => (inpMs ?? 0) > 0;
const isWalked = (): boolean =>
  WALKED_PAGES.every((page) => viewsOf(page).some(isWhole)) && viewsOf('product').some(hasTakenClick);
/** Each as it was told last. */
const orders = (): OrderAttempt[] => [
  ...new Map(
    told.flatMap((message) => (message.type === 'order' ? [[message.order.orderId, message.order]] : [])),
  ).values(),
];

describeInBrowser('a browser that walks beside the load', () => {
  beforeAll(async () => {
    await openShop();
    const stopLoad = startLoad();
    afterAll(stopLoad);
    expect(await walk([person], isWalked)).toBe(0);
    await stopLoad();
  });

  test('sees every page that leads to an order, and measures each', () => {
    expect(told.filter(({ type }) => type === 'failed' || type === 'note')).toEqual([]);
    expect(told.at(-1)).toEqual({ type: 'done' });
    for (const page of WALKED_PAGES)
      expect(viewsOf(page).some(isWhole), `${page}: ${JSON.stringify(viewsOf(page))}`).toBe(true);
    expect(viewsOf('product').some(hasTakenClick)).toBe(true);
  });

  test.each(['home', 'product'])('nothing on the page “%s” jumps under load; its Web Vitals are', (page) => {
    const views = viewsOf(page);
    console.log(
      views
        .map(
          ({ ttfbMs, fcpMs, lcpMs, inpMs, cls }) =>
            `${page}: TTFB ${ttfbMs?.toFixed(0)} ms, FCP ${fcpMs?.toFixed(0)} ms, LCP ${lcpMs?.toFixed(0)} ms, INP ${inpMs?.toFixed(0) ?? '–'} ms, CLS ${cls?.toFixed(3)}`,
        )
        .join('\n'),
    );
    expect(views.length).toBeGreaterThan(0);
    expect(Math.max(...views.map(({ cls }) => cls ?? 0))).toBeLessThanOrEqual(0.1);
  });

  test('tells each order that stands in the database, as its shopper saw it', async () => {
    const { rows } = await database.query(
      'SELECT id, customer_id, state, total_krw::int FROM orders ORDER BY id',
    );
    expect(rows.length).toBeGreaterThan(0);
    const seen = orders().filter(({ answer }) => answer === 'accepted');
    expect(
      seen
        .map(({ orderId, customerId, outcome, totalKrw }) => ({
          id: orderId,
          customer_id: customerId,
          state: outcome,
          total_krw: totalKrw,
        }))
        .toSorted((a, b) => a.id.localeCompare(b.id)),
    ).toEqual(rows);
    expect(seen.every(({ isOfBrowser, outcomeSeenBy }) => isOfBrowser && outcomeSeenBy === 'socket')).toBe(
      true,
    );
  });

  test('one who cannot sign in is said, and walks as far as a stranger may', async () => {
    const isEnough = () => viewsOf('product').length > 0;
    expect(await walk([{ ...person, password: 'wrong horse' }], isEnough)).toBe(0);
    expect(viewsOf('cart')).toEqual([]);
    expect(told.find(({ type }) => type === 'note')).toMatchObject({
      text: expect.stringContaining('could not sign minji@example.kr in'),
    });
    expect(orders()).toEqual([]);
  });
});
