// OpenSearch goes away while a shop serves and its shoppers act, and comes back. Needs the stack beside OpenSearch.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import type { BehaviourPage } from '../contract/behaviour.ts';
import type { ProductList } from '../contract/catalog.ts';
import { createSessions } from '../customers/sessions.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { createTopics, topicDefinitions } from '../platform/kafka/kafka-topics.ts';
import { createOpenSearch } from '../platform/opensearch/opensearch.ts';
import { createClock } from '../platform/settings/clock.ts';
import { afterTests, createTestDatabase, createTestRedis, testLog } from '../platform/testing.ts';
import { serve } from '../serve.ts';
import { idAt, until } from './testing.ts';

const name = `test-${randomBytes(6).toString('hex')}`;
const openSearchUrl = process.env.STAMPEDE_TEST_OPENSEARCH_URL ?? '';
const redis = createTestRedis();

/** A way to OpenSearch that can be cut: whoever uses it finds nobody there, and every connection is lost. */
async function cuttableWay() {
  const { hostname, port } = new URL(openSearchUrl);
  const sockets = new Set<Socket>();
  const listen = async (at: number): Promise<Server> => {
    const server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        sockets.add(one);
        one.on('error', () => undefined).on('close', () => other.destroy());
        one.pipe(other);
      }
    });
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await listen(0);
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  afterTests(cut);
  return {
    url: `http://127.0.0.1:${own}`,
    cut,
    async mend() {
      server = await listen(own);
    },
  };
}

async function startShop(wayUrl: string) {
  const { database, url } = await createTestDatabase();
  await database.query(`INSERT INTO categories (id, name) VALUES (1, 'all')`);
  await database.query(
    `INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count)
     VALUES (1, '딸기잼', 1000, 1000, 10, 10)`,
  );
  for (const [id, role] of [
    [1, 'customer'],
    [2, 'operator'],
  ])
    await database.query(
      `INSERT INTO customers (id, name, nickname, region, email, roles) VALUES ($1, 'Kim', 'kim', 'Seoul', 'kim@example.kr', ARRAY[$2])`,
      [id, role],
    );
  const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
  const kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
  await createTopics(kafka, topicDefinitions(`${name}.`));
  afterTests(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: topicDefinitions(`${name}.`).map((topic) => topic.name) });
    await admin.disconnect();
  });
  const config = readConfig({
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.keyPrefix,
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: `${name}.`,
    BEHAVIOUR_STORE: 'opensearch',
    OPENSEARCH_URL: wayUrl,
    OPENSEARCH_PREFIX: `${name}-`,
    BEHAVIOUR_RATE_PER_SECOND: '0',
    PORT: '0',
    LOG_LEVEL: 'silent',
    SHOP_ROLES: 'api,behaviour-consumer',
  });
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const sessions = createSessions({ redis: redis.redis, database, clock });
  const tokenOf = async (customerId: number, role: 'customer' | 'operator') =>
    (await sessions.issue({ customerId, roles: [role] })).accessToken;
  const shop = await serve(config, testLog);
  afterTests(shop.close);
  return { shop, shopper: await tokenOf(1, 'customer'), operator: await tokenOf(2, 'operator') };
}

test('while OpenSearch is away actions are taken in and nothing is lost or doubled, look-ups say so, and searches are answered', async () => {
  const direct = createOpenSearch(openSearchUrl);
  afterTests(async () => {
    const indexes = await direct.request<{ index: string }[]>(
      'GET',
      `/_cat/indices/${name}-*?format=json&h=index`,
    );
    for (const { index } of indexes) await direct.request('DELETE', `/${index}`);
    for (const part of ['products', 'behaviour-log'])
      await direct.request('DELETE', `/_index_template/${name}-${part}`);
    await direct.close();
  });
  const way = await cuttableWay();
  const { shop, shopper, operator } = await startShop(way.url);
  const sent: string[] = [];
  async function act(): Promise<void> {
    const actions = Array.from({ length: 10 }, () => ({
      id: idAt(new Date()),
      action: 'click',
      target: { type: 'product', id: 1 },
    }));
    const answer = await fetch(`${shop.url}/behaviour`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${shopper}` },
      body: JSON.stringify({ actions }),
    });
    expect(answer.status).toBe(202);
    sent.push(...actions.map(({ id }) => id));
  }
  const lookUp = (query: string) =>
    fetch(`${shop.url}/operator/behaviour/actions?${query}`, {
      headers: { authorization: `Bearer ${operator}` },
    });
  const foundIds = async (): Promise<string[]> => {
    const answer = await lookUp('customerId=1&pageSize=100');
    return answer.ok ? ((await answer.json()) as BehaviourPage).items.map(({ id }) => id) : [];
  };
  const search = async () => {
    const answer = await fetch(`${shop.url}/products?search=${encodeURIComponent('딸끼')}`);
    return ((await answer.json()) as ProductList).items.map(({ name: found }) => found);
  };
  const metricOf = async (line: RegExp) =>
    Number(line.exec(await (await fetch(`${shop.url}/metrics`)).text())?.[1] ?? 0);
  const answeredBy = (store: string) =>
    metricOf(new RegExp(`^shop_searches_total\\{store="${store}"\\} (\\d+)`, 'm'));

  await act();
  await until('the first actions', async () => (await foundIds()).length === 10);
  await until('a search by OpenSearch', async () => {
    expect(await search()).toEqual(['딸기잼']);
    return (await answeredBy('opensearch')) > 0;
  });

  way.cut();
  const byPostgres = await answeredBy('postgres');
  for (let batch = 0; batch < 3; batch += 1) await act();
  const refused = await lookUp('customerId=1');
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'temporarily-unavailable' }]);
  expect(await search()).toEqual(['딸기잼']);
  expect(await answeredBy('postgres')).toBe(byPostgres + 1);
  await until('a consumer that waits', () => metricOf(/^shop_behaviour_waiting(?:\{[^}]*\})? (\d+)/m));
  await act();

  await way.mend();
  await act();
  await until('all actions', async () => (await foundIds()).length >= sent.length);
  expect((await foundIds()).toSorted()).toEqual(sent.toSorted());
  const byOpenSearch = await answeredBy('opensearch');
  await until('a search by OpenSearch again', async () => {
    await search();
    return (await answeredBy('opensearch')) > byOpenSearch;
  });
}, 180_000);
