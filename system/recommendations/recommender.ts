// The recommender's process: gets warm, then takes actions off the topic and gives them to its engine.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { decodeBatch } from '../behaviour/transports/behaviour-message.ts';
import type { Batch } from '../behaviour/transports/transport.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Running } from '../platform/features/feature.ts';
import { createBatchConsumer } from '../platform/kafka/kafka-consumer.ts';
import type { Waiting } from '../platform/postgres/waiting.ts';
import { beginLately } from './begin-lately.ts';
import { ACTIVE_MS, type Arrived, type Engine } from './engines/engine.ts';
import type { RecommendationMetrics } from './metrics.ts';

/** Messages that are learnt together; a message holds at most 30 actions of one person. */
const MESSAGES_AT_ONCE = 500;
const TRY_AGAIN_MS = 1_000;

export type Recommender = Running & {
  /** null when it is warm and holds its partitions, else in words why not. */
  check(): string | null;
};

export type RecommenderDeps = {
  kafka: Kafka;
  prefix: string;
  /** Learns what was, and starts the engine with it; done again where it rejects. */
  begin: () => Promise<Engine>;
  metrics: RecommendationMetrics;
  waiting: Waiting;
  monotonicMs: () => number;
  /** Unix ms of the machine, which the broker's messages are stamped with; not the shop's time. */
  wallMs: () => number;
  log: Log;
};

/** Begins at once; `close` finishes what is under way. */
export function startRecommender(deps: RecommenderDeps): Recommender {
  const { metrics, waiting, log } = deps;
  const closing = new AbortController();
  let engine: Engine | null = null;
  let isReady = false;
  let coldBecause = 'it has not read what it needs yet';
  const names = namesOf(TOPICS.behaviour, deps.prefix, TOPICS.behaviour.furtherGroups[0]);
  const consumer = createBatchConsumer<Batch | null>({
    kafka: deps.kafka,
    names,
    partitionsAtOnce: TOPICS.behaviour.partitionCount,
    batchMax: MESSAGES_AT_ONCE,
    beginAt: () => beginLately(deps.kafka, names, deps.wallMs() - ACTIVE_MS),
    parse: (value) => readable(value, metrics),
    async handle(batches, consumedMs) {
      if (engine === null) throw new Error('The recommender took actions before it was warm.');
      const arrived = batches.flatMap((batch) => (batch === null ? [] : arrivedOf(batch, consumedMs)));
      await engine.take(arrived);
      metrics.taken(arrived.length);
    },
    // Nothing of a message's goes into the database but numbers that were checked.
    isMessageFault: () => false,
    waiting,
    monotonicMs: deps.monotonicMs,
    onDeadLetter: () => undefined,
    log,
  });

  async function beginUntilDone(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        engine ??= await deps.begin();
        isReady = true;
        consumer.start();
        return;
      } catch (error) {
        coldBecause = error instanceof Error ? error.message : String(error);
        log.warn({ err: error }, 'the recommender could not read what it needs; it tries again');
        await sleep(TRY_AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }
  const beginning = beginUntilDone();
  return {
    check: () => (isReady ? (consumer.check() ?? waiting.reason()) : `not warm: ${coldBecause}`),
    async close() {
      closing.abort();
      await beginning;
      await consumer.close();
      await engine?.close();
    },
  };
}

/** Nothing where it is no batch: the behaviour log's own consumer sets such a message aside. */
function readable(value: Buffer | null, metrics: RecommendationMetrics): Batch | null {
  try {
    return decodeBatch(value);
  } catch {
    metrics.unreadable();
    return null;
  }
}

function arrivedOf({ customerId, actions, receivedMs }: Batch, consumedMs: number): Arrived[] {
  return actions.map(({ id, action, target, actedAt }) => ({
    customerId,
    report: { id, action, target, actedAt },
    stages: { receivedMs, consumedMs },
  }));
}
