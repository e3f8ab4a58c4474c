// What happens when PostgreSQL, Redis or Kafka break in mid-load. On a stack of its own with three brokers; the shop's
// processes are the same from the first fault to the last, so that each recovers by itself.
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { takeDown } from '../../deploy/local/commands/up-and-down.ts';
import { startProgram } from '../../deploy/local/programs/programs.ts';
import { homePaths, stampedeHome } from '../../deploy/local/programs/state-directory.ts';
import { bringUpStack, type Stack } from '../../deploy/local/services/stack.ts';
import { ORDER_TRANSPORTS } from '../contract/processes.ts';
import { TOPICS } from '../contract/topics.ts';
import { createKafka } from '../platform/kafka/kafka.ts';
import { migrate } from '../platform/postgres/migrate.ts';
import { createDatabase, type Database } from '../platform/postgres/postgres.ts';
import { createRedis, type Redis } from '../platform/redis/redis.ts';
import { testLog } from '../platform/testing.ts';
import { accountFindings, untilWell } from './account.ts';
import { type FaultShop, PRODUCT_IDS, prepareFaultShop } from './fault-shop.ts';
import { end, freeze, type StartedAs, startedAs } from './service-process.ts';
import { type ShopProcess, startShopProcess } from './shop-process.ts';
import { type Shoppers, startShoppers } from './shoppers.ts';
import { until } from './until.ts';

const TEST_TIMEOUT_MS = 400_000;
const OUTAGE_MS = 10_000;
const SHOWN_LOG_LENGTH = 4_000;

let home: string;
let stack: Stack;
let database: Database;
let redis: Redis;
let shop: FaultShop;
let processes: ShopProcess[];
const pids: Record<string, number> = {};

describe.runIf(process.platform === 'linux')('a shop under load', { timeout: TEST_TIMEOUT_MS }, () => {
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'stampede-faults-'));
    chmodSync(home, 0o755);
    const libs = homePaths(stampedeHome()).kafkaLibs;
    if (existsSync(libs)) symlinkSync(libs, join(home, 'kafka-libs'));
    stack = await bringUpStack({ home, brokerCount: 3, environment: {} });
    for (const { name, pids: own } of stack.services)
      for (const [index, pid] of own.entries()) pids[`${name}-${index}`] = pid;
    database = createDatabase({ url: stack.postgresUrl, poolSize: 5, applicationName: 'test', log: testLog });
    redis = createRedis({ url: stack.redisUrl, keyPrefix: 'shop:', log: testLog });
    await migrate(stack.postgresUrl, testLog);
    const { postgresUrl: databaseUrl, redisUrl, kafkaBrokers: brokers } = stack;
    const services = {
      database,
      databaseUrl,
      redis,
      redisUrl,
      redisKeyPrefix: 'shop:',
      brokers,
      kafkaPrefix: '',
    };
    shop = await prepareFaultShop(services);
    processes = await Promise.all(
      [{ SHOP_ROLES: 'orders-consumer' }, ...ORDER_TRANSPORTS.map((name) => apiWith(name))].map(
        (environment) => startShopProcess({ ...shop.environment, ...environment }),
      ),
    );
  });
  afterAll(async () => {
    for (const one of processes ?? []) if (one.isRunning()) await one.stop();
    await database?.end();
    redis?.disconnect();
    await stack?.stop();
    await takeDown(home);
    rmSync(home, { recursive: true, force: true });
  });

  const opened: (() => unknown)[] = [];
  afterEach(async ({ task }) => {
    // What the shop said itself is the only trace of why it did not recover.
    if (task.result?.state === 'fail')
      for (const { log } of processes) console.error(log().slice(-SHOWN_LOG_LENGTH));
    for (const close of opened.splice(0).reverse()) await close();
  });

  async function shopUnderLoad(): Promise<Shoppers> {
    const urls = processes.slice(1).map(({ url }) => url);
    const shoppers = startShoppers(await shop.shoppersOf(urls), PRODUCT_IDS);
    opened.push(() => shoppers.close());
    await untilWell('a shop under load', shoppers);
    return shoppers;
  }

  /** The shop has noticed: orders ended otherwise than accepted. */
  const untilFelt = (shoppers: Shoppers) =>
    until('orders that were not accepted', () =>
      [...shoppers.attempts.values()].some(({ answer }) => answer === 'refused' || answer === 'unknown'),
    );

  async function expectRecovered(shoppers: Shoppers): Promise<void> {
    await untilWell('a shop after the fault', shoppers);
    expect(await accountFindings(shoppers, database)).toEqual([]);
    expect(processes.map((one) => one.isRunning())).toEqual(processes.map(() => true));
  }

  /** Starts a service's process again as it was. */
  async function startAgain(name: string, as: StartedAs): Promise<void> {
    const program = await startProgram({ name, home, ...as });
    pids[name] = program.pid;
    stops.push(() => program.stop({ signal: name.startsWith('postgres') ? 'SIGINT' : 'SIGTERM' }));
  }
  const stops: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
  });

  test('outlives a restart of PostgreSQL', async () => {
    const shoppers = await shopUnderLoad();
    const as = startedAs(pidOf('postgres-0'));
    await end(pidOf('postgres-0'), 'SIGINT');
    await startAgain('postgres-0', as);
    await untilFelt(shoppers);
    await expectRecovered(shoppers);
  });

  test('outlives ten seconds without PostgreSQL', async () => {
    const shoppers = await shopUnderLoad();
    const as = startedAs(pidOf('postgres-0'));
    await end(pidOf('postgres-0'), 'SIGKILL');
    await untilPassed(OUTAGE_MS);
    await startAgain('postgres-0', as);
    await untilFelt(shoppers);
    await expectRecovered(shoppers);
  });

  test('outlives a flush of Redis: refresh tokens bring the sessions back', async () => {
    const shoppers = await shopUnderLoad();
    await redis.flushall();
    await untilFelt(shoppers);
    await expectRecovered(shoppers);
  });

  test('outlives a restart of Redis that forgets everything', async () => {
    const shoppers = await shopUnderLoad();
    const as = { ...startedAs(pidOf('redis-0')), ...redisCommand(stack.redisUrl) };
    await end(pidOf('redis-0'), 'SIGKILL');
    try {
      await untilFelt(shoppers);
    } finally {
      await startAgain('redis-0', as);
    }
    await expectRecovered(shoppers);
  });

  test('outlives the death of one of three brokers, before that one is back', async () => {
    const shoppers = await shopUnderLoad();
    const broker = `kafka-${(await leaderOfFirstPartition()) - 1}`;
    const as = startedAs(pidOf(broker));
    await end(pidOf(broker), 'SIGKILL');
    try {
      await untilWell('a shop with two brokers', shoppers);
    } finally {
      // Whoever tries this again needs all three.
      await startAgain(broker, as);
    }
    await expectRecovered(shoppers);
  });

  test('outlives ten seconds in which no broker says a word', async () => {
    const shoppers = await shopUnderLoad();
    const brokers = Object.keys(pids).filter((name) => name.startsWith('kafka-'));
    const thaws = brokers.map((name) => freeze(pidOf(name)));
    opened.push(() => {
      for (const thaw of thaws) thaw();
    });
    await untilPassed(OUTAGE_MS);
    for (const thaw of thaws) thaw();
    await untilFelt(shoppers);
    await expectRecovered(shoppers);
  });
});

function apiWith(transport: string): Record<string, string> {
  return { SHOP_ROLES: 'api', ORDERS_TRANSPORT: transport };
}

/** Redis writes a title over its command line, so that must be made anew. */
function redisCommand(url: string): Pick<StartedAs, 'command' | 'args'> {
  const { port, hostname, password } = new URL(url);
  const where = ['--port', port, '--bind', hostname, '--requirepass', password];
  const args = [...where, '--save', '', '--appendonly', 'no'];
  return { command: 'redis-server', args };
}

function pidOf(name: string): number {
  const pid = pids[name];
  if (pid === undefined)
    throw new Error(`there is no process ${name}; found ${Object.keys(pids).join(', ')}`);
  return pid;
}

async function leaderOfFirstPartition(): Promise<number> {
  const admin = createKafka({ brokers: stack.kafkaBrokers, clientId: 'test', log: testLog }).admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPICS.orders.name] });
  await admin.disconnect();
  const first = topics[0]?.partitions.find(({ partitionId }) => partitionId === 0);
  if (!first) throw new Error('topic orders has no partition 0');
  return first.leader;
}

/** An outage is measured by the clock, not by what it does. */
function untilPassed(durationMs: number): Promise<unknown> {
  const startedMs = performance.now();
  return until(`${durationMs} ms`, () => performance.now() - startedMs >= durationMs);
}
