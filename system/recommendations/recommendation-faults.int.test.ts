// What becomes of actions and lists when the recommender, Redis or an instance of the API breaks.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../behaviour/testing.ts';
import { startRedisBehind } from '../faults/redis-behind.ts';
import { type ShopProcess, startShopProcess } from '../faults/shop-process.ts';
import {
  act,
  answersOf,
  prepareRecommendingShop,
  type RecommendingShop,
  type Shopper,
} from './shop-testing.ts';
import { did } from './testing.ts';

const TEST_TIMEOUT_MS = 300_000;
const PRODUCT_COUNT = 60;

let shop: RecommendingShop;

beforeAll(async () => {
  shop = await prepareRecommendingShop();
});
afterAll(() => shop?.deleteTopics());
afterEach(() => shop.closeOpened());

/** A process of its own, which a fault can end. */
async function startProcess(changes: Record<string, string>): Promise<ShopProcess> {
  const started = await startShopProcess({ ...shop.environment, LOG_LEVEL: 'info', ...changes });
  shop.opened.push(() => (started.isRunning() ? started.kill() : undefined));
  return started;
}

const someClicks = (count: number) =>
  Array.from({ length: count }, (_, index) => did('click', 1 + (index % PRODUCT_COUNT)));

/** Pushes with lists that are older than an action which they answer. */
const tooOld = ({ heard }: Shopper) =>
  heard.filter(({ lists, answersActionIds }) =>
    lists.some(
      ({ kind, reflectsActionId }) =>
        kind !== 'trending' && answersActionIds.some((id) => (reflectsActionId ?? '') < id),
    ),
  );

async function newestReflected(customerId: number): Promise<string | undefined> {
  const { rows } = await shop.database.query<{ id: string }>(
    `SELECT reflects_action_id AS id FROM recommendations WHERE customer_id = $1 AND kind = 'category'
      ORDER BY made_at DESC LIMIT 1`,
    [customerId],
  );
  return rows[0]?.id;
}

it('a recommender that is killed over a batch answers all of it when it is back, by nothing older', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const api = await shop.start({ SHOP_ROLES: 'api,behaviour-consumer' });
  const recommender = await startProcess({ SHOP_ROLES: 'recommender' });
  const shoppers = await Promise.all([1, 2].map((customerId) => shop.connect(api, customerId)));
  const done = shoppers.map(() => someClicks(1));
  const actAll = (count: number) =>
    Promise.all(
      shoppers.map(async (shopper, index) => {
        const clicks = someClicks(count);
        done[index]!.push(...clicks);
        await act(shopper, ...clicks);
      }),
    );
  await Promise.all(shoppers.map((shopper, index) => act(shopper, ...done[index]!)));
  await until('lists', () => shoppers.every((shopper) => answersOf(shopper).length === 1));
  // Whoever stores lists waits for the table: then a batch is under way.
  const holder = await shop.database.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE recommendations IN SHARE MODE');
    await actAll(8);
    await until('lists that wait to be stored', async () => {
      const { rows } = await shop.database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            AND query LIKE '%INSERT INTO recommendations%'`,
      );
      return rows.length > 0;
    });
    await recommender.kill();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
  await actAll(8);
  expect(shoppers.map((shopper) => answersOf(shopper).length)).toEqual([1, 1]);
  await startProcess({ SHOP_ROLES: 'recommender' });
  for (const [index, shopper] of shoppers.entries()) {
    const ids = done[index]!.map(({ id }) => id);
    await until('all answers', () => ids.every((id) => answersOf(shopper).includes(id)));
    expect(new Set(answersOf(shopper))).toEqual(new Set(ids));
    expect(tooOld(shopper)).toEqual([]);
    expect(await newestReflected(index + 1)).toBe(ids.at(-1));
  }
});

it('whoever was connected to an instance of the API that was killed is given the newest lists at the next', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  await shop.start({ SHOP_ROLES: 'behaviour-consumer,recommender' });
  const killed = await startProcess({ SHOP_ROLES: 'api' });
  const elsewhere = await shop.start({ SHOP_ROLES: 'api' });
  const shoppers = await Promise.all(Array.from({ length: 8 }, () => shop.connect(killed, 4)));
  const other = await shop.connect(elsewhere, 4);
  const [first, missed] = [did('click', 7), did('click', 8)];
  await act(shoppers[0]!, first);
  await until('lists everywhere', () => shoppers.every((shopper) => answersOf(shopper).includes(first.id)));
  await killed.kill();
  await act(other, missed);
  await until('lists', () => answersOf(other).includes(missed.id));
  const port = new URL(killed.url).port;
  await startProcess({ SHOP_ROLES: 'api', PORT: port });
  for (const shopper of shoppers) {
    const given = await until('lists again', () =>
      shopper.heard.find(({ lists }) => lists.some(({ reflectsActionId }) => reflectsActionId === missed.id)),
    );
    expect(given.answersActionIds).toEqual([]);
    expect(new Set(given.lists.map(({ kind }) => kind)).size).toBe(6);
  }
});

it('lists are made without Redis, and pushes go on when it is back and when it was flushed', {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const api = await shop.start({ SHOP_ROLES: 'api,behaviour-consumer' });
  const redis = await startRedisBehind(shop.redis.url);
  shop.opened.push(redis.close);
  await shop.start({ SHOP_ROLES: 'recommender', REDIS_URL: redis.url });
  const shopper = await shop.connect(api, 3);
  const [before, without, after, flushed] = someClicks(4);
  const isAnswered = (id: string) => () => answersOf(shopper).includes(id);
  await act(shopper, before!);
  await until('lists', isAnswered(before!.id));
  redis.setAway(true);
  await act(shopper, without!);
  await until('stored lists', async () => (await newestReflected(3)) === without!.id);
  expect(isAnswered(without!.id)()).toBe(false);
  // Stored is what is read, whatever became of the push.
  const read = await fetch(`${api.url}/recommendations/category`, {
    headers: { authorization: `Bearer ${shop.tokens[3]}` },
  });
  expect(await read.json()).toMatchObject({ reflectsActionId: without!.id });
  redis.setAway(false);
  // The connection is tried again at its own pace; until then pushes are lost.
  await until('a push after Redis is back', async () => {
    const click = did('click', 5);
    await act(shopper, click);
    await until('stored lists', async () => (await newestReflected(3)) === click.id);
    return isAnswered(click.id)();
  });
  await act(shopper, after!);
  await until('lists', isAnswered(after!.id));
  for await (const keys of shop.redis.redis.scanStream({ match: `${shop.redis.keyPrefix}*` }))
    for (const key of keys as string[]) await shop.redis.redis.del(key.slice(shop.redis.keyPrefix.length));
  await act(shopper, flushed!);
  await until('lists', isAnswered(flushed!.id));
  expect(tooOld(shopper)).toEqual([]);
});
