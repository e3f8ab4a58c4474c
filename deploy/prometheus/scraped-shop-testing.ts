// A small shop that runs as it does in containers, each role in a process of its own, for the test that lets Prometheus scrape it;
// and people who make it busy. It has a database, topics and keys of its own and takes them away again.
import { randomBytes, randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { io } from 'socket.io-client';
import { uuidv7 } from 'uuidv7';
import { freePorts } from '../local/programs/free-ports.ts';
import { startProgram } from '../local/programs/programs.ts';
import { runProgram } from '../local/testing/testing.ts';

const MAIN = resolve(import.meta.dirname, '../../system/main.ts');

/** The parts of system/contract/ that are needed here. */
type Session = { accessToken: string };
/** Looks at the product's page, or no more; others who have it open see it change. */
type Shopper = Session & { look(productId: number | null): void };
type OrderBody = { id: string; lines: { productId: number; quantity: number }[]; paymentMethod: string };

export type ScrapedShop = {
  /** What answers /metrics: service, as compose calls it, and host:port. */
  targets: { service: string; address: string }[];
  /**
   * Somebody looks around with a page open that has counters, clicks, buys, buys what is not there, and sends an order's id a
   * second time.
   */
  shopAround(): Promise<void>;
  close(): Promise<void>;
};

/** Takes away what the shop leaves on services: its topics and groups, its keys. */
export type Removal = { topics(prefix: string): Promise<unknown>; keys(prefix: string): Promise<unknown> };

/** Starts it on the services of the tests; logs go to `folder`. */
export async function startScrapedShop(folder: string, remove: Removal): Promise<ScrapedShop> {
  const { STAMPEDE_TEST_DATABASE_URL = '', STAMPEDE_TEST_REDIS_URL = '' } = process.env;
  const kafkaBrokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
  const id = randomBytes(4).toString('hex');
  const name = `stampede_scraped_${id}`;
  const url = Object.assign(new URL(STAMPEDE_TEST_DATABASE_URL), { pathname: `/${name}` }).href;
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: url,
    REDIS_URL: STAMPEDE_TEST_REDIS_URL,
    KAFKA_BROKERS: kafkaBrokers,
    KAFKA_PREFIX: `scraped-${id}-`,
    REDIS_KEY_PREFIX: `scraped-${id}:`,
    CACHE_POLICY: 'worker',
    // In a hurry, so that a minute sees some of each.
    CACHE_REFRESH_MS: '1000',
    GRADES_INTERVAL_MS: '1000',
    SHOP_RULES: 'on',
  };
  await using opened = new AsyncDisposableStack();
  await sql(STAMPEDE_TEST_DATABASE_URL, `CREATE DATABASE ${name}`);
  opened.defer(() => sql(STAMPEDE_TEST_DATABASE_URL, `DROP DATABASE ${name} WITH (FORCE)`));
  opened.defer(async () => {
    await remove.keys(env.REDIS_KEY_PREFIX);
    await remove.topics(env.KAFKA_PREFIX);
  });
  for (const command of ['migrate', 'topics']) await runToEnd(command, env);
  await sql(
    url,
    `WITH category AS (INSERT INTO categories (name) VALUES ('Books') RETURNING id)
     INSERT INTO products (category_id, name, price_krw, list_price_krw, stock_count, stocked_count, registered_at)
     SELECT id, 'Book', 1000, 1000, 1000000, 1000000, now() FROM category`,
  );
  const roles = ['api', 'orders-consumer', 'rules-engine', 'cache-worker', 'grade-updater'];
  const ports = await freePorts(roles.length);
  const targets = await Promise.all(
    roles.map(async (service, index) => {
      const address = `127.0.0.1:${ports[index]}`;
      const program = await startProgram({
        name: `scraped-${service}`,
        command: process.execPath,
        args: [MAIN, 'serve'],
        env: { ...env, SHOP_ROLES: service, HOST: '127.0.0.1', PORT: String(ports[index]) },
        logFile: join(folder, `${service}.log`),
      });
      opened.defer(async () => {
        await program.stop({ graceMs: 30_000 });
      });
      return { service, address };
    }),
  );
  const api = `http://${targets[0]?.address}`;
  const closings = opened.move();
  let shopper: Promise<Shopper> | undefined;
  return {
    targets,
    async shopAround() {
      shopper ??= arrive(api, (close) => closings.defer(close));
      await buy(api, await shopper);
    },
    close: () => closings.disposeAsync(),
  };
}

async function sql(url: string, text: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(text).finally(() => client.end());
}

async function runToEnd(command: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, said } = await runProgram([MAIN, command], { env });
  if (code !== 0) throw new Error(`system/main.ts ${command} ended with ${code}: ${said}`);
}

function post(url: string, body: object, accessToken?: string): Promise<Response> {
  const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function signUp(api: string): Promise<Session> {
  const answer = await post(`${api}/customers`, {
    email: `${randomUUID()}@example.kr`,
    password: randomUUID(),
    name: 'Kim',
    nickname: 'kim',
    gender: null,
    birthYear: null,
    region: 'Seoul',
    marketingConsent: false,
  });
  if (!answer.ok) throw new Error(`Signing up was answered with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Session;
}

/** With a page open whose counters are told. */
async function arrive(api: string, defer: (close: () => void) => void): Promise<Shopper> {
  const session = await signUp(api);
  const socket = io(api, { transports: ['websocket'], auth: session, reconnection: false });
  defer(() => socket.disconnect());
  socket.emit('counters:watch', { productIds: [1], shop: true });
  return { ...session, look: (productId) => void socket.emit('counters:view', { productId }) };
}

async function buy(api: string, { accessToken, look }: Shopper): Promise<void> {
  const click = () => ({ id: uuidv7(), action: 'click', target: { type: 'product', id: 1 } });
  look(1);
  await post(`${api}/behaviour`, { actions: [click(), click(), click()] }, accessToken);
  await fetch(`${api}/products`);
  await fetch(`${api}/products/1`);
  await fetch(`${api}/products/999999`);
  const order = (productId: number, quantity = 1): OrderBody => ({
    id: uuidv7(),
    lines: [{ productId, quantity }],
    paymentMethod: 'card',
  });
  const bought = order(1);
  const bodies = [bought, order(1), order(999_999), { ...order(1, 2), id: bought.id }];
  for (const body of bodies) await post(`${api}/orders`, body, accessToken);
  look(null);
}
