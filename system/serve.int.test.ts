// A feature more: what it takes to serve one, and in which order it is closed.
import { expect, test } from 'vitest';
import { describeSettings, readConfigOf } from './config.ts';
import { FEATURES } from './features.ts';
import { afterTests, createTestDatabase, createTestRedis, testLog } from './platform/testing.ts';
import { type ServingProcess, serveFeatures } from './serve.ts';
import { toyEvents, toyFeature } from './toy-feature-testing.ts';

const features = [...FEATURES, toyFeature] as const;

async function environmentOf(roles: string): Promise<Record<string, string>> {
  const { url } = await createTestDatabase();
  const redis = createTestRedis();
  return {
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    ORDERS_TRANSPORT: 'direct',
    PORT: '0',
    LOG_LEVEL: 'silent',
    SHOP_ROLES: roles,
  };
}

async function start(environment: Record<string, string>): Promise<ServingProcess> {
  const shop = await serveFeatures(readConfigOf(environment, features), testLog, features);
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await shop.close();
  };
  afterTests(close);
  return { ...shop, close };
}

const get = (shop: ServingProcess, path: string) => fetch(`${shop.url}${path}`);

test('a new feature is served when it stands in the list: setting, role, route, metric, job', async () => {
  const environment = await environmentOf('api,toy-maker');
  const shop = await start({ ...environment, TOY_COUNT: '7' });
  expect(await (await get(shop, '/toys')).json()).toEqual({ count: 7 });
  expect((await get(shop, '/toys/own')).status).toBe(401);
  expect((await get(shop, '/products')).status).toBe(200);
  expect((await get(shop, '/health/ready')).status).toBe(200);
  expect(await (await get(shop, '/metrics')).text()).toContain('shop_toys 7');
  expect(describeSettings(features)).toMatch(/TOY_COUNT +toys in stock \(default 3\)/);
  await shop.close();
  expect(toyEvents.splice(0)).toEqual([
    'sweeping started',
    'toy-maker started',
    'toy-maker closed',
    'drained',
    'sweeping closed',
  ]);
});

test('a process of the role alone has its health and its metrics, and no routes', async () => {
  const environment = await environmentOf('toy-maker');
  const shop = await start({ ...environment, TOY_COUNT: '0' });
  const ready = await get(shop, '/health/ready');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ reasons: { 'toy-maker': 'there are no toys' } });
  expect((await get(shop, '/toys')).status).toBe(404);
  await shop.close();
  expect(toyEvents.splice(0)).toEqual(['toy-maker started', 'toy-maker closed']);
});

test('a role that its feature names and does not start is a mistake', async () => {
  const environment = await environmentOf('toy-maker');
  const idle = { ...toyFeature, open: () => ({}) };
  const serving = serveFeatures(readConfigOf(environment, [idle]), testLog, [idle]);
  await expect(serving).rejects.toThrow('Role toy-maker is named by a feature that does not start it');
});

test('a wrong setting or role of a feature is told beside the others', async () => {
  const environment = { TOY_COUNT: 'many', SHOP_ROLES: 'api,toy-breaker', ORDERS_TRANSPORT: 'direct' };
  const read = () => readConfigOf(environment, features);
  expect(read).toThrow(/TOY_COUNT: found "many", needed a whole number from 0 to 100/);
  expect(read).toThrow(
    /SHOP_ROLES: .* needed a comma-separated list of api, orders-consumer, products-consumer, users-consumer, behaviour-consumer, recommender, rules-engine, cache-worker, grade-updater, toy-maker/,
  );
  expect(read).toThrow(/DATABASE_URL: found nothing/);
});
