// A whole shop on a port of its own for the security tests: the process that `serve` puts together, without a broker.
// Not used by the shop itself.
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Role } from '../contract/common.ts';
import { createSessions, type Sessions } from '../customers/sessions.ts';
import { logOptions } from '../platform/diagnostics/log.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Redis } from '../platform/redis/redis.ts';
import { createClock } from '../platform/settings/clock.ts';
import type { Environment } from '../platform/settings/settings.ts';
import { afterTests, createTestDatabase, createTestRedis, testConfig } from '../platform/testing.ts';
import { serve } from '../serve.ts';

export type Person = { customerId: number; accessToken: string; refreshToken: string };

export type TestShop = {
  url: string;
  /** Where its database and Redis are, for a second instance. */
  environment: Environment;
  database: Database;
  redis: Redis;
  sessions: Sessions;
  /** Every line that the shop has logged so far, of every level. */
  logged: string[];
  person(role?: Role): Promise<Person>;
  /** A product that can be bought. */
  product(): Promise<number>;
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
};

type RequestOptions = {
  by?: Person;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: string;
};

/** Call it in `beforeAll`; it closes itself. @param environment overrides the shop's settings. */
export async function openTestShop(environment: Environment = {}): Promise<TestShop> {
  const { url: databaseUrl, database } = await createTestDatabase();
  const { url: redisUrl, keyPrefix, redis } = createTestRedis();
  const logged: string[] = [];
  const services = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, REDIS_KEY_PREFIX: keyPrefix };
  const config = testConfig({
    ...services,
    ORDERS_TRANSPORT: 'direct',
    SHOP_ROLES: 'api',
    // Bypassing a slow Redis is another test's matter.
    CACHE_WAIT_MS: '2000',
    ...environment,
  });
  const shop = await serve(config, pino(logOptions({ level: 'trace', name: 'test' }), lines(logged)));
  afterTests(() => shop.close());
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis, database, clock });
  return {
    url: shop.url,
    environment: services,
    database,
    redis,
    sessions,
    logged,
    person: (role = 'customer') => createPerson(database, sessions, role),
    product: () => createProduct(database),
    request: (method, path, options) => send(shop.url, method, path, options),
  };
}

function lines(into: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      into.push(String(chunk));
      done();
    },
  });
}

async function createPerson(database: Database, sessions: Sessions, role: Role): Promise<Person> {
  const { rows } = await database.query<{ id: number }>(
    `INSERT INTO customers (name, nickname, region, email, roles)
     VALUES ('Kim', 'kim', 'Seoul', 'kim@example.kr', ARRAY[$1]) RETURNING id`,
    [role],
  );
  return sessions.issue({ customerId: rows[0]?.id ?? 0, roles: [role] });
}

async function createProduct(database: Database): Promise<number> {
  const { rows } = await database.query<{ id: number }>(
    `WITH category AS (INSERT INTO categories (name) VALUES (gen_random_uuid()::text) RETURNING id)
     INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count)
     SELECT id, '유기농 딸기 1kg', 12300, 15000, 1000000, 1000000 FROM category RETURNING id`,
  );
  return rows[0]?.id ?? 0;
}

function send(url: string, method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  const { by, json, body = json === undefined ? null : JSON.stringify(json) } = options;
  const headers = {
    ...(by && { authorization: `Bearer ${by.accessToken}` }),
    ...(body !== null && { 'content-type': 'application/json' }),
    ...options.headers,
  };
  return fetch(`${url}${path}`, { method, headers, body });
}
