// A backlog of orders for the shop's consumer, and how it is worked off: topics, messages, one orders-consumer, offsets.

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs';
import {
  createShopTopics,
  endedError,
  startShopProcess,
} from '../../../deploy/local/commands/shop-programs.ts';
import { freePorts } from '../../../deploy/local/programs/free-ports.ts';
import { kafkaAccess } from '../../../deploy/local/services/judging/kafka-access.ts';
import type { OrderMessage } from '../../../system/contract/messages.ts';
import type { ShopEnvironment } from '../../../system/contract/processes.ts';
import { ROLES } from '../../../system/contract/roles.ts';
import { namesOf, TOPICS } from '../../../system/contract/topics.ts';
import type { TopicFacts } from '../../audit/rules/rule.ts';
import { BENCH_SCENARIO, type World } from './bench-shop.ts';

/** Connections to the database. */
export const POOL_SIZE = 4;
export const BATCH_SIZE = BENCH_SCENARIO.shop.ordersBatchMax;
const PUBLISHED_AT_ONCE = 1_000;
const POLL_MS = 200;
const FACTS_WITHIN_MS = 300_000;

async function publish(world: World, messages: readonly OrderMessage[]): Promise<void> {
  const kafka = new Kafka({
    ...kafkaAccess(),
    clientId: 'bench',
    brokers: [...world.kafkaBrokers],
    logLevel: logLevel.NOTHING,
  });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    for (let start = 0; start < messages.length; start += PUBLISHED_AT_ONCE) {
      await producer.send({
        topic: namesOf(TOPICS.orders, world.kafkaPrefix).topic,
        acks: -1,
        compression: CompressionTypes.None,
        messages: messages.slice(start, start + PUBLISHED_AT_ONCE).map((message) => ({
          key: String(message.customerId),
          value: JSON.stringify(message),
        })),
      });
    }
  } finally {
    await producer.disconnect();
  }
}

function environmentOf(world: World): Partial<ShopEnvironment> {
  return {
    DATABASE_URL: world.databaseUrl,
    REDIS_URL: world.redisUrl,
    KAFKA_BROKERS: world.kafkaBrokers.join(','),
    SHOP_ROLES: ROLES.ordersConsumer.name,
    REDIS_KEY_PREFIX: world.redisKeyPrefix,
    KAFKA_PREFIX: world.kafkaPrefix,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    ORDERS_BATCH_MAX: String(BATCH_SIZE),
    LOG_LEVEL: 'warn',
  };
}

/** What the broker knows of topic orders; null while it elects who leads the topics and groups that it has just made. */
async function factsOf(world: World): Promise<TopicFacts | null> {
  try {
    const { topics } = await world.broker.facts();
    return topics.find(({ topic }) => topic === TOPICS.orders.name) ?? null;
  } catch (error) {
    if (error instanceof Error && 'retriable' in error && error.retriable === true) return null;
    throw error;
  }
}

/** Gives the facts once they are as wanted. */
async function untilFacts(
  world: World,
  monotonicMs: () => number,
  wanted: { what: string; isSo: (facts: TopicFacts) => boolean },
): Promise<TopicFacts> {
  const deadlineMs = monotonicMs() + FACTS_WITHIN_MS;
  for (;;) {
    const facts = await factsOf(world);
    if (facts !== null && wanted.isSo(facts)) return facts;
    if (monotonicMs() > deadlineMs) {
      const found =
        facts === null ? 'no leader' : `${facts.committedCount} of ${facts.publishedCount} committed`;
      throw new Error(`The broker says ${found} after ${FACTS_WITHIN_MS} ms; needed is ${wanted.what}.`);
    }
    await wait(POLL_MS);
  }
}

/** Waits until every offset is committed and no push has failed. */
async function untilDrained(world: World, metricsUrl: string, monotonicMs: () => number): Promise<void> {
  const { deadLetterCount } = await untilFacts(world, monotonicMs, {
    what: 'every order committed or among the dead letters',
    isSo: (facts) => facts.committedCount === facts.publishedCount || facts.deadLetterCount > 0,
  });
  if (deadLetterCount > 0) throw new Error(`${deadLetterCount} orders went to the dead letters.`);
  const metrics = await (await fetch(metricsUrl)).text();
  if (!/^shop_orders_push_failures_total 0$/m.test(metrics))
    throw new Error('Some outcomes could not be pushed.');
}

/** Publishes the orders, then starts an orders-consumer and lets it work them off to the last offset. */
export async function drainBacklog(
  world: World,
  messages: readonly OrderMessage[],
  monotonicMs: () => number,
): Promise<void> {
  const environment = environmentOf(world);
  await createShopTopics(environment, { logFile: join(world.logFolder, 'shop-topics.log') });
  // Sent before the partitions have their leaders, a batch is sent again, and what had a leader already lies there twice.
  await untilFacts(world, monotonicMs, { what: 'leaders of all partitions', isSo: () => true });
  await publish(world, messages);
  const [port = 0] = await freePorts(1);
  const consumer = await startShopProcess('bench-shop-orders-consumer', port, environment, {
    logFile: join(world.logFolder, 'orders-consumer.log'),
    graceMs: 15_000,
  });
  const ended = consumer.exited.then((exit) => {
    throw endedError(consumer, exit);
  });
  ended.catch(() => undefined);
  try {
    const drained = untilDrained(world, `http://127.0.0.1:${port}/metrics`, monotonicMs);
    await Promise.race([drained, ended]);
  } finally {
    await consumer.stop();
  }
}
