// The whole API over a database and Redis of its own, for integration tests of routes. Not used by the shop itself.
import { buildApi } from './api.ts';
import { cartFeature } from './cart/feature.ts';
import { catalogFeature } from './catalog/feature.ts';
import type { Role } from './contract/common.ts';
import { couponsFeature } from './coupons/feature.ts';
import { customersFeature } from './customers/feature.ts';
import { createSessions, type Sessions } from './customers/sessions.ts';
import { hotSetFeature } from './hot-set/feature.ts';
import { createHealth } from './platform/diagnostics/health.ts';
import { createMetrics } from './platform/diagnostics/metrics.ts';
import type { HttpApp } from './platform/http/http.ts';
import { createKafka } from './platform/kafka/kafka.ts';
import type { Database } from './platform/postgres/postgres.ts';
import { createRedis, type Redis } from './platform/redis/redis.ts';
import type { Clock } from './platform/settings/clock.ts';
import { fixedClock } from './platform/settings/clock-testing.ts';
import type { Environment } from './platform/settings/settings.ts';
import { afterTests, createTestDatabase, createTestRedis, testConfig, testLog } from './platform/testing.ts';
import { wishesFeature } from './wishes/feature.ts';

export type TestApi = {
  app: HttpApp;
  databaseUrl: string;
  database: Database;
  redis: Redis;
  clock: Clock & { advance(ms: number): void };
  sessions: Sessions;
  /** A new person with a session; `headers` go into their requests. */
  person(roles?: Role[]): Promise<{ customerId: number; headers: { authorization: string } }>;
  /** New products in a category of their own; each object overrides some columns. Gives their ids. */
  products(...columns: Partial<TestProduct>[]): Promise<number[]>;
};

type TestProduct = {
  category_id: number;
  name: string;
  tags: string[];
  price_krw: number;
  stock_count: number;
  order_count: number;
  sold_out: boolean;
  registered_at: string;
  deleted_at: string;
};

/** Call it in `beforeAll`; it cleans up after itself. */
export async function createTestApi(environment: Environment = {}): Promise<TestApi> {
  const { database, url: databaseUrl } = await createTestDatabase();
  const { redis, url, keyPrefix } = createTestRedis();
  const channels = createRedis({ url, keyPrefix: '', log: testLog });
  afterTests(() => channels.disconnect());
  const clock = fixedClock('2026-03-02T11:00:00Z');
  const sessions = createSessions({ redis, database, clock });
  const process = {
    config: testConfig({ ...environment, REDIS_KEY_PREFIX: keyPrefix }),
    log: testLog,
    clock,
    metrics: createMetrics(),
    health: createHealth(),
    database,
    channels,
    kafka: createKafka({ brokers: { addresses: [], sasl: null, tls: null }, clientId: 'test', log: testLog }),
  };
  const inApi = { redis, closeSockets: () => undefined };
  const catalogMetrics = catalogFeature.metrics(process.metrics.registry);
  const shares = [
    catalogFeature.open(process, catalogMetrics).api(inApi),
    customersFeature.open(process).api(inApi),
    cartFeature.open(process).api(),
    couponsFeature.open(process, couponsFeature.metrics(process.metrics.registry)).api(),
    wishesFeature.open(process).api(),
    hotSetFeature.open(process, hotSetFeature.metrics(process.metrics.registry)).api(inApi),
  ];
  const app = await buildApi({ ...process, redis }, shares);
  afterTests(() => app.close());
  return {
    app,
    databaseUrl,
    database,
    redis,
    clock,
    sessions,
    person: (roles = ['customer']) => createPerson(database, sessions, roles),
    products: (...columns) => createProducts(database, columns),
  };
}

async function createPerson(database: Database, sessions: Sessions, roles: Role[]) {
  const { rows } = await database.query<{ id: number }>(
    `INSERT INTO customers (name, nickname, region, email, roles)
     VALUES ('Kim', 'kim', 'Seoul', 'kim@example.kr', $1) RETURNING id`,
    [roles],
  );
  const customerId = rows[0]?.id ?? 0;
  const { accessToken } = await sessions.issue({ customerId, roles });
  return { customerId, headers: { authorization: `Bearer ${accessToken}` } };
}

async function createProducts(database: Database, columns: Partial<TestProduct>[]): Promise<number[]> {
  const category = await database.query<{ id: number }>(
    `INSERT INTO categories (name) VALUES (gen_random_uuid()::text) RETURNING id`,
  );
  const { rows } = await database.query<{ id: number }>(
    `INSERT INTO products (category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count,
                           order_count, sold_out, registered_at, deleted_at)
     SELECT coalesce(category_id, $2), coalesce(name, 'Product'), coalesce(tags, '{}'), coalesce(price_krw, 1000),
            coalesce(price_krw, 1000), coalesce(stock_count, 10), coalesce(stock_count, 10),
            coalesce(order_count, 0), coalesce(sold_out, false), coalesce(registered_at, now()), deleted_at
       FROM jsonb_to_recordset($1) AS given (
              category_id int, name text, tags text[], price_krw int, stock_count int, order_count int,
              sold_out boolean, registered_at timestamptz, deleted_at timestamptz)
     RETURNING id`,
    [JSON.stringify(columns), category.rows[0]?.id],
  );
  return rows.map((row) => row.id);
}
