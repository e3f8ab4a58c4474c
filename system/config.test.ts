import { expect, test } from 'vitest';
import { describeSettings, readConfig, readSettings } from './config.ts';

const REQUIRED = {
  DATABASE_URL: 'postgres://shop@localhost/shop',
  REDIS_URL: 'redis://localhost:6379',
  KAFKA_BROKERS: 'a:9092, b:9092',
};

test('the required variables are enough, everything else has its default', () => {
  const config = readConfig(REQUIRED);
  expect(config).toMatchObject({
    kafkaBrokers: { addresses: ['a:9092', 'b:9092'], sasl: null, tls: null },
    databasePoolSize: 10,
    roles: [
      'api',
      'orders-consumer',
      'products-consumer',
      'users-consumer',
      'behaviour-consumer',
      'recommender',
      'cache-worker',
      'grade-updater',
    ],
    cachePolicy: 'none',
    ordersTransport: 'kafka',
    shopClockStart: null,
    shopClockStartedAtMs: null,
    redisKeyPrefix: 'shop:',
    kafkaPrefix: '',
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('all errors come at once, each with the variable, the value found and the value needed', () => {
  const read = () =>
    readConfig({
      ...REQUIRED,
      REDIS_URL: undefined,
      PORT: '70000',
      SHOP_ROLES: 'api,cook',
      LOG_LEVEL: 'loud',
    });
  expect(read).toThrow(/REDIS_URL: found nothing, needed a URL that starts with redis:/);
  expect(read).toThrow(/PORT: found "70000", needed a whole number from 0 to 65535/);
  expect(read).toThrow(/SHOP_ROLES: found "api,cook"/);
  expect(read).toThrow(/LOG_LEVEL: found "loud", needed one of fatal/);
});

test('an error message never shows a password', () => {
  const read = () => readConfig({ ...REQUIRED, DATABASE_URL: 'mysql://shop:hunter2@localhost/shop' });
  expect(read).toThrow(/mysql:\/\/shop:\*\*\*@localhost/);
});

test('brokers may be missing only where nothing speaks to Kafka', () => {
  const { KAFKA_BROKERS: _, ...rest } = REQUIRED;
  expect(() => readConfig(rest)).toThrow(/KAFKA_BROKERS: found nothing/);
  expect(() => readConfig({ ...rest, ORDERS_TRANSPORT: 'direct' })).toThrow(/KAFKA_BROKERS/);
  const config = readConfig({ ...rest, ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' });
  expect(config.kafkaBrokers.addresses).toEqual([]);
});

test('a shifted clock needs both of its variables', () => {
  const start = { SHOP_CLOCK_START: '2026-03-02T20:00:00+09:00' };
  expect(() => readConfig({ ...REQUIRED, ...start })).toThrow(/SHOP_CLOCK_STARTED_AT_MS: found nothing/);
  expect(() => readConfig({ ...REQUIRED, SHOP_CLOCK_STARTED_AT_MS: '5' })).toThrow(/SHOP_CLOCK_START: found/);
  expect(() =>
    readConfig({ ...REQUIRED, SHOP_CLOCK_START: 'tomorrow', SHOP_CLOCK_STARTED_AT_MS: '5' }),
  ).toThrow(/RFC 3339/);
  const config = readConfig({ ...REQUIRED, ...start, SHOP_CLOCK_STARTED_AT_MS: '5' });
  expect(config.shopClockStart?.toISOString()).toBe('2026-03-02T11:00:00.000Z');
  expect(config.shopClockStartedAtMs).toBe(5);
});

test('a delay is planted only where tests say so, and never in production', () => {
  const planted = { ...REQUIRED, PLANTED_ORDER_DELAY_MS: '20' };
  expect(readConfig(REQUIRED).plantedOrderDelayMs).toBe(0);
  expect(() => readConfig(planted)).toThrow(
    /PLANTED_ORDER_DELAY_MS: found "20", needed 0, or SHOP_TESTING=1/,
  );
  expect(readConfig({ ...planted, SHOP_TESTING: '1' }).plantedOrderDelayMs).toBe(20);
  const production = { ...planted, SHOP_TESTING: '1', NODE_ENV: 'production' };
  expect(() => readConfig(production)).toThrow(/needed 0, because NODE_ENV is production/);
});

test('pushes are lost on purpose only where tests say so', () => {
  const lossy = { ...REQUIRED, PLANTED_PUSH_LOSS: '1' };
  expect(readConfig(REQUIRED).plantedPushLoss).toBe(false);
  expect(() => readConfig(lossy)).toThrow(/PLANTED_PUSH_LOSS: found "1", needed 0, or SHOP_TESTING=1/);
  expect(readConfig({ ...lossy, SHOP_TESTING: '1' }).plantedPushLoss).toBe(true);
});

test('a policy of the cache is one of six, and only what expires is renewed early', () => {
  const read = (environment: object) => () => readConfig({ ...REQUIRED, ...environment });
  expect(read({ CACHE_POLICY: 'lru' })).toThrow(/CACHE_POLICY: found "lru", needed one of none, worker,/);
  expect(read({ CACHE_SIZE: '0' })).toThrow(/CACHE_SIZE: found "0", needed a whole number from 1/);
  expect(read({ CACHE_TTL_MS: '-5' })).toThrow(/CACHE_TTL_MS: found "-5"/);
  expect(read({ CACHE_POLICY: 'worker', CACHE_EARLY_REFRESH_BETA: '1' })).toThrow(
    /CACHE_EARLY_REFRESH_BETA: found "1", needed 0, because entries of CACHE_POLICY worker do not expire/,
  );
  expect(read({ CACHE_POLICY: 'ttl', CACHE_EARLY_REFRESH_BETA: '11' })).toThrow(/a number from 0 to 10/);
  const usable = readConfig({ ...REQUIRED, CACHE_POLICY: 'ttl', CACHE_EARLY_REFRESH_BETA: '0.5' });
  expect(usable.cacheEarlyRefreshBeta).toBe(0.5);
});

test('a command may read only the settings that it needs', () => {
  const settings = readSettings({ DATABASE_URL: 'postgres://localhost/shop' }, ['databaseUrl']);
  expect(settings).toEqual({ databaseUrl: 'postgres://localhost/shop' });
});

test('the help names every variable', () => {
  expect(describeSettings()).toMatch(/DATABASE_URL .*\(required\)/);
  expect(describeSettings().split('\n')).toHaveLength(47);
});

test('trusted balancers are addresses or networks, and never everybody', () => {
  const read = (TRUSTED_PROXIES: string) =>
    readSettings({ TRUSTED_PROXIES }, ['trustedProxies']).trustedProxies;
  expect(read('')).toEqual([]);
  expect(read('10.0.0.5, 10.1.0.0/16,fd00::/8')).toEqual(['10.0.0.5', '10.1.0.0/16', 'fd00::/8']);
  for (const wrong of ['0.0.0.0/0', '::/0', '10.0.0.0/33', 'balancer', '10.0.0.5/16/2', 'true'])
    expect(() => read(wrong), wrong).toThrow(/TRUSTED_PROXIES: found .* needed a comma-separated list/);
});

test('how many actions go at once follows the store, unless it is said', () => {
  const batchMaxOf = (environment: NodeJS.ProcessEnv) =>
    readConfig({ ...REQUIRED, ...environment }).behaviourBatchMax;
  const opensearch = { BEHAVIOUR_STORE: 'opensearch', OPENSEARCH_URL: 'http://localhost:9200' };
  expect(batchMaxOf({})).toBe(1_000);
  expect(batchMaxOf(opensearch)).toBe(5_000);
  expect(batchMaxOf({ ...opensearch, BEHAVIOUR_BATCH_MAX: '200' })).toBe(200);
  expect(() => batchMaxOf({ BEHAVIOUR_BATCH_MAX: '0' })).toThrow('BEHAVIOUR_BATCH_MAX');
});

test('actions gather for a while unless lists wait for them, or it is said', () => {
  const gatherMsOf = (environment: NodeJS.ProcessEnv) =>
    readConfig({ ...REQUIRED, ...environment }).behaviourGatherMs;
  expect(gatherMsOf({})).toBe(200);
  expect(gatherMsOf({ RECOMMENDATIONS_ENGINE: 'none' })).toBe(200);
  expect(gatherMsOf({ RECOMMENDATIONS_ENGINE: 'periodic', BEHAVIOUR_TRANSPORT: 'kafka' })).toBe(5);
  expect(gatherMsOf({ RECOMMENDATIONS_ENGINE: 'periodic', BEHAVIOUR_GATHER_MS: '0' })).toBe(0);
  expect(() => gatherMsOf({ BEHAVIOUR_GATHER_MS: '1001' })).toThrow('BEHAVIOUR_GATHER_MS');
});
