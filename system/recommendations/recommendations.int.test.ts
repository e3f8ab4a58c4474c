// Recommendations from a shopper's action to the push on their socket and the page that is read, through a real broker.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createPostgresBehaviourStore } from '../behaviour/store/postgres-store.ts';
import { until } from '../behaviour/testing.ts';
import { readConfig } from '../config.ts';
import { RECOMMENDATION_KINDS, type RecommendationPage } from '../contract/recommendations.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { ServingProcess } from '../serve.ts';
import { act, answersOf, prepareRecommendingShop, type RecommendingShop } from './shop-testing.ts';
import { createRecommendationStore, type StoredList } from './store.ts';
import { did } from './testing.ts';

let prepared: RecommendingShop;
let database: Database;
let startShop: RecommendingShop['start'];
let connect: RecommendingShop['connect'];

beforeAll(async () => {
  prepared = await prepareRecommendingShop();
  ({ database, start: startShop, connect } = prepared);
});
afterAll(() => prepared?.deleteTopics());
afterEach(() => prepared.closeOpened());

async function read(
  shop: ServingProcess,
  path: string,
  customerId: number | null,
): Promise<RecommendationPage> {
  const headers: Record<string, string> =
    customerId === null ? {} : { authorization: `Bearer ${prepared.tokens[customerId]}` };
  const answer = await fetch(`${shop.url}/recommendations/${path}`, { headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as RecommendationPage;
}

const idsOf = ({ items }: RecommendationPage) => items.map(({ id }) => id);

/** One into each partition. */
async function publishUnreadable(at = new Date()): Promise<void> {
  const { topic } = namesOf(TOPICS.behaviour, prepared.prefix);
  const producer = prepared.kafka.producer();
  await producer.connect();
  const timestamp = String(at.getTime());
  const messages = [0, 1, 2].map((partition) => ({
    partition,
    key: '1',
    value: '{"version":9}',
    timestamp,
  }));
  await producer.send({ topic, messages });
  await producer.disconnect();
}

async function unreadableCount(shop: ServingProcess): Promise<number> {
  const metrics = await (await fetch(`${shop.url}/metrics`)).text();
  return Number(/^shop_recommendations_unreadable_total (\d+)$/m.exec(metrics)?.[1]);
}

it('a recommender that never ran before begins with what came in the last half hour', async () => {
  await publishUnreadable(new Date(Date.now() - 3_600_000));
  await publishUnreadable();
  const shop = await startShop({ SHOP_ROLES: 'api,recommender' });
  await until('what came lately', async () => (await unreadableCount(shop)) >= 3);
  expect(await unreadableCount(shop)).toBe(3);
});

it('an action brings its person lists that reflect it, stored before they are pushed, and nobody else', async () => {
  const shop = await startShop();
  const [one, other] = [await connect(shop, 1), await connect(shop, 2)];
  const clicks = [did('click', 2), did('cart-create', 4)];
  await act(one, ...clicks);
  await until('lists', () => answersOf(one).length === 2);
  const [fresh] = one.heard;
  expect(fresh!.answersActionIds).toEqual(clicks.map(({ id }) => id));
  expect(fresh!.lists.map(({ kind }) => kind)).toEqual([
    'category',
    'discounts',
    'viewed',
    'for-you',
    'trending',
    'bought-together',
  ]);
  for (const { kind, productIds, reflectsActionId } of fresh!.lists) {
    expect(productIds).toHaveLength(20);
    expect(reflectsActionId).toBe(kind === 'trending' ? null : clicks[1]!.id);
  }
  for (const { receivedMs, consumedMs, startedMs, storedMs } of fresh!.stages!)
    expect([receivedMs, consumedMs, startedMs, storedMs]).toEqual(
      [receivedMs, consumedMs, startedMs, storedMs].toSorted((a, b) => a - b),
    );
  // The most popular of the even ones, in pages that begin again.
  const pages = [];
  for (const page of [0, 1, 5]) pages.push(idsOf(await read(shop, `category?page=${page}`, 1)));
  expect(pages).toEqual([
    [60, 58, 56, 54],
    [52, 50, 48, 46],
    [60, 58, 56, 54],
  ]);
  expect(idsOf(await read(shop, 'trending', null)).slice(0, 2)).toEqual([4, 2]);
  expect(other.heard).toEqual([]);
  // A stranger to it is shown what is popular.
  expect(await read(shop, 'for-you', 2)).toMatchObject({ madeAt: null, pageCount: 5 });
  expect(idsOf(await read(shop, 'for-you', 2))).toEqual([60, 59, 58, 57]);
});

it('what was deleted or sold out since the products were read is in no list', async () => {
  const shop = await startShop();
  const shopper = await connect(shop, 1);
  const before = did('click', 12);
  await act(shopper, before);
  await until('lists', () => answersOf(shopper).includes(before.id));
  const gone = [60, 58, 56];
  try {
    await database.query('UPDATE products SET deleted_at = now() WHERE id = 60');
    await database.query('UPDATE products SET stock_count = 0 WHERE id = 58');
    await database.query('UPDATE products SET sold_out = true WHERE id = 56');
    for (const [index, click] of [did('click', 14), did('click', 16)].entries()) {
      await act(shopper, click);
      await until('lists', () => answersOf(shopper).includes(click.id));
      for (const { kind, productIds } of shopper.heard.at(-1)!.lists) {
        expect({ kind, gone: productIds.filter((id) => gone.includes(id)) }).toEqual({ kind, gone: [] });
        // The first lists lack what left them; the shelves know it by the next.
        if (index === 1) expect(productIds).toHaveLength(20);
      }
    }
    const { rows } = await database.query<{ ids: number[] }>(
      `SELECT product_ids AS ids FROM recommendations WHERE customer_id = 1 AND kind = 'category' ORDER BY made_at DESC LIMIT 2`,
    );
    expect(rows.flatMap(({ ids }) => ids).filter((id) => gone.includes(id))).toEqual([]);
  } finally {
    await database.query('UPDATE products SET deleted_at = NULL, sold_out = false, stock_count = 10');
  }
});

it('what somebody did hours ago counts with what they do now, whoever has been asleep since', async () => {
  const log = createPostgresBehaviourStore({ database, retentionDays: 60 });
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const past = [26, 3, 2].map((hours) => ({
    ...did('order-create', 1 + 2 * hours, hoursAgo(hours)),
    customerId: 4,
  }));
  await log.add(past);
  const shop = await startShop();
  const shopper = await connect(shop, 4);
  const click = did('click', 18);
  await act(shopper, click);
  await until('lists', () => answersOf(shopper).includes(click.id));
  // Orders of odd ones outweigh a click on an even one; they are long answered.
  expect(answersOf(shopper)).toEqual([click.id]);
  const first = shopper.heard.at(-1)!.lists.find(({ kind }) => kind === 'category')!.productIds[0]!;
  expect(first % 2).toBe(1);
});

it('a list of one’s own needs a session, and there are the six kinds and no other', async () => {
  const shop = await startShop({ SHOP_ROLES: 'api' });
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${shop.url}/recommendations/${path}`, { headers })).status;
  expect(await status('viewed')).toBe(401);
  const headers = { authorization: `Bearer ${prepared.tokens[1]}` };
  expect(await status('viewed', headers)).toBe(200);
  expect(await status('horoscope', headers)).toBe(400);
  expect(await status('viewed?page=-1', headers)).toBe(400);
  expect(await status('viewed?customerId=2', headers)).toBe(400);
});

it('whoever connects is given the newest lists again', async () => {
  const shop = await startShop();
  const first = await connect(shop, 3);
  const click = did('click', 6);
  await act(first, click);
  await until('lists', () => answersOf(first).includes(click.id));
  first.socket.disconnect();
  const again = await connect(shop, 3);
  await until('lists', () => again.heard.length > 0);
  expect(again.heard[0]!.answersActionIds).toEqual([]);
  expect(new Set(again.heard[0]!.lists.map(({ kind }) => kind)).size).toBe(6);
  const own = again.heard[0]!.lists.filter(({ kind }) => kind !== 'trending');
  expect(own.map(({ reflectsActionId }) => reflectsActionId)).toEqual(own.map(() => click.id));
});

it('what was done while no recommender ran is answered when one runs, at whichever instance one is connected', async () => {
  const [one, other] = [await startShop({ SHOP_ROLES: 'api' }), await startShop({ SHOP_ROLES: 'api' })];
  const elsewhere = await connect(one, 2);
  const here = await connect(other, 2);
  const clicks = [did('click', 7), did('hover', 8)];
  await act(here, ...clicks);
  expect(elsewhere.heard).toEqual([]);
  await startShop({ SHOP_ROLES: 'behaviour-consumer,recommender' });
  for (const shopper of [elsewhere, here]) {
    await until('lists', () => answersOf(shopper).length >= 2);
    expect(new Set(answersOf(shopper))).toEqual(new Set(clicks.map(({ id }) => id)));
  }
});

it('a message that nobody can read is set aside once, and the actions behind it are answered', async () => {
  const { deadLetterTopic } = namesOf(TOPICS.behaviour, prepared.prefix);
  const admin = prepared.kafka.admin();
  await admin.connect();
  prepared.opened.push(() => admin.disconnect());
  const setAside = async () => {
    const ends = await admin.fetchTopicOffsets(deadLetterTopic);
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  };
  const shop = await startShop();
  const shopper = await connect(shop, 1);
  const before = await setAside();
  await publishUnreadable();
  const click = did('click', 9);
  await act(shopper, click);
  await until('lists', () => answersOf(shopper).includes(click.id));
  await until('dead letters', async () => (await setAside()) >= before + 3);
  expect(await unreadableCount(shop)).toBe(3);
  const metrics = await (await fetch(`${shop.url}/metrics`)).text();
  expect(metrics).toMatch(/^shop_recommendations_pushes_total [1-9]/m);
  expect(metrics).toMatch(/^shop_recommendations_active_users [1-9]/m);
  await shop.close();
  expect(await setAside()).toBe(before + 3);
});

it('the periodic engine answers too', async () => {
  const shop = await startShop({ RECOMMENDATIONS_ENGINE: 'periodic' });
  const shopper = await connect(shop, 3);
  const click = did('click', 10);
  await act(shopper, click);
  await until('lists', () => answersOf(shopper).includes(click.id));
  expect(shopper.heard.at(-1)!.lists).toHaveLength(6);
});

it('lists older than is kept go by the hour', async () => {
  const store = createRecommendationStore({ database, kinds: RECOMMENDATION_KINDS, keepHours: 2 });
  const list = (madeAt: string): StoredList => ({
    customerId: 50,
    list: { kind: 'viewed', productIds: [1], reflectsActionId: null, madeAt },
  });
  await store.add([list('2026-03-02T08:30:00.000Z'), list('2026-03-02T10:59:00.000Z')]);
  expect(await store.newest(50, 'viewed')).toMatchObject({ madeAt: '2026-03-02T10:59:00.000Z' });
  await store.upkeep(new Date('2026-03-02T12:10:00Z'));
  expect(await store.newest(50, 'viewed')).toMatchObject({ madeAt: '2026-03-02T10:59:00.000Z' });
  await store.upkeep(new Date('2026-03-02T13:10:00Z'));
  expect(await store.newest(50, 'viewed')).toBeNull();
});

it('what somebody has coupons for leads their discounts, while these can be used', async () => {
  const until30 = new Date(Date.now() + 1_800_000);
  await database.query(
    `INSERT INTO coupon_definitions (id, name, source, scope, target_id, rate_ten_thousandths, valid_for_ms, created_at)
     VALUES (1, 'x', 'operator', 'product', 21, 1000, 1, now()), (2, 'y', 'operator', 'category', 2, 1000, 1, now()),
            (3, 'z', 'operator', 'product', 23, 1000, 1, now())`,
  );
  await database.query(
    `INSERT INTO coupons (id, definition_id, customer_id, created_at, expires_at)
     SELECT gen_random_uuid(), definition_id, customer_id, now(), CASE definition_id WHEN 3 THEN now() ELSE $1 END
       FROM (VALUES (1, 2), (2, 2), (3, 2), (3, 1)) AS held (definition_id, customer_id)`,
    [until30],
  );
  const shop = await startShop();
  const [holder, other] = [await connect(shop, 2), await connect(shop, 1)];
  const clicks = [did('click', 2), did('click', 4)];
  await act(holder, clicks[0]!);
  await act(other, clicks[1]!);
  const discountsOf = async (shopper: typeof holder, id: string) => {
    await until('lists', () => answersOf(shopper).includes(id));
    const fresh = shopper.heard.find(({ answersActionIds }) => answersActionIds.includes(id));
    return fresh!.lists.find(({ kind }) => kind === 'discounts')!.productIds;
  };
  // The most popular ones of the second category are the greatest odd ones.
  expect((await discountsOf(holder, clicks[0]!.id)).slice(0, 3)).toEqual([21, 59, 57]);
  expect((await discountsOf(other, clicks[1]!.id)).slice(0, 3)).not.toContain(23);
});

it('an engine is refused where actions do not go through the topic', () => {
  const changes = { ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' };
  expect(() => readConfig({ ...prepared.environment, ...changes })).toThrow(
    /RECOMMENDATIONS_ENGINE: found "incremental", needed none, or BEHAVIOUR_TRANSPORT=kafka beside it/,
  );
});
