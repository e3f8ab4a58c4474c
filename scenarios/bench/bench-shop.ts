// What benches of the shop share: the stack, the data set of `peak-hour`, and for each measurement a fresh world (database,
// topics, keys, logs) that is taken away again.
import { randomBytes } from 'node:crypto';
import { bringUpStack, type Stack } from '../../deploy/local/stack.ts';
import { peakHour } from '../peak-hour.ts';
import { type BrokerWatch, watchBroker } from '../run/broker-watch.ts';
import { ensureDataSet } from '../run/data-set.ts';
import {
  cloneTemplate,
  dropDatabase,
  isOurServer,
  RUN_PREFIX,
  withClient,
  withDatabase,
} from '../run/databases.ts';
import { removeKeys } from '../run/redis-keys.ts';
import type { ShopSurroundings } from '../run/shop-processes.ts';
import type { Scenario } from '../scenario.ts';
import type { BenchContext } from './bench.ts';

/** The scenario whose data set benches use: it is built already where anything was ever rehearsed. */
export const BENCH_SCENARIO: Scenario = peakHour;

export type BenchStack = { stack: Stack; template: string };

/** A database, topics and keys of one measurement. */
export type World = Omit<ShopSurroundings, 'generatorHasPriority'> & { broker: BrokerWatch };

/** Finds or starts the services and the data set for the length of `work`. */
export async function withBenchStack<T>(
  { view, monotonicMs }: BenchContext,
  work: (found: BenchStack) => Promise<T>,
): Promise<T> {
  const stack = await bringUpStack({
    onProgress: ({ service, state, detail }) => view.detail(`${service}: ${state} ${detail}`),
  });
  try {
    const { template } = await ensureDataSet({
      postgresUrl: stack.postgresUrl,
      serverIsOurs: isOurServer(stack.services),
      scenario: BENCH_SCENARIO,
      onProgress: (text) => view.detail(text),
      monotonicMs,
    });
    return await work({ stack, template });
  } finally {
    await stack.stop();
  }
}

/** Makes a fresh world for the length of `work` and takes it away again, in reverse order. */
export async function withWorld<T>(
  { folder }: BenchContext,
  { stack, template }: BenchStack,
  work: (world: World) => Promise<T>,
): Promise<T> {
  const id = `bench${Date.now().toString(36)}${randomBytes(2).toString('hex')}`;
  const database = `${RUN_PREFIX}${id}`;
  const redisKeyPrefix = `stampede:${id}:`;
  const kafkaPrefix = `stampede-${id}-`;
  const closing: (() => Promise<void>)[] = [];
  try {
    await withClient(stack.postgresUrl, (admin) =>
      cloneTemplate(admin, template, database, isOurServer(stack.services)),
    );
    closing.push(() => withClient(stack.postgresUrl, (admin) => dropDatabase(admin, database)));
    closing.push(() => removeKeys(stack.redisUrl, redisKeyPrefix));
    const broker = await watchBroker(stack.kafkaBrokers, kafkaPrefix);
    closing.push(async () => {
      await broker.removeAll();
      await broker.close();
    });
    return await work({
      databaseUrl: withDatabase(stack.postgresUrl, database),
      redisUrl: stack.redisUrl,
      kafkaBrokers: stack.kafkaBrokers,
      redisKeyPrefix,
      kafkaPrefix,
      logFolder: folder,
      broker,
    });
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
