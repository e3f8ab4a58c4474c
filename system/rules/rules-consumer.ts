// The process of the rules: takes actions off the topic for the people whose partitions it has, and looks four times a second at
// those whose time has come. When the partitions are divided anew it forgets everybody and reads its own people from the log.
import type { Kafka } from 'kafkajs';
import { decodeBatch } from '../behaviour/transports/behaviour-message.ts';
import type { Batch } from '../behaviour/transports/transport.ts';
import { namesOf, TOPICS } from '../contract/topics.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Running } from '../platform/features/feature.ts';
import { startPeriodically } from '../platform/features/periodically.ts';
import { createGatherer } from '../platform/gathering/gather.ts';
import { createBatchConsumer } from '../platform/kafka/kafka-consumer.ts';
import { partitionOf } from '../platform/kafka/partition-of.ts';
import type { Waiting } from '../platform/postgres/waiting.ts';
import { beginLately } from '../recommendations/begin-lately.ts';
import type { RulesEngine } from './engine.ts';
import type { RulesMetrics } from './metrics.ts';
import { ACTIVE_MS } from './remember.ts';

/** Messages that are looked at together; a message holds at most 30 actions of one person. */
const MESSAGES_AT_ONCE = 500;
const TICK_EVERY_MS = 250;
/** Actions that came in together are on several partitions: what these bring within so long is looked at as one, at the cost of one. */
const TOGETHER_MS = 10;
/** Whoever waits longer gives the same again. */
const LOOKED_AT_WITHIN_MS = 60_000;
const TIME_LANE = 'time';

export type RulesConsumer = Running & {
  /** null when it holds its partitions and nothing waits, else in words why not. */
  check(): string | null;
};

export type RulesConsumerDeps = {
  kafka: Kafka;
  prefix: string;
  engine: Pick<RulesEngine, 'take' | 'tick'>;
  /** Forgets everybody, then learns what these people did of late; rejects as the log does. */
  learnAnew: (isOwn: (customerId: number) => boolean) => Promise<void>;
  metrics: RulesMetrics;
  waiting: Waiting;
  monotonicMs: () => number;
  /** Unix ms of the machine, which the broker's messages are stamped with; not the shop's time. */
  wallMs: () => number;
  log: Log;
};

/** Begins at once; `close` finishes what is under way. */
export function startRulesConsumer(deps: RulesConsumerDeps): RulesConsumer {
  const { engine, metrics, waiting, monotonicMs, log } = deps;
  const { partitionCount } = TOPICS.behaviour;
  const names = namesOf(TOPICS.behaviour, deps.prefix, TOPICS.behaviour.furtherGroups[1]);
  let own: ReadonlySet<number> = new Set();
  let learning: Promise<void> | null = null;
  /** Ends with the last attempt: of two divisions in a row the second must find nothing of the first. */
  let before: Promise<void> = Promise.resolve();
  let hasLearnt = false;

  /** Once for each division of the partitions; an attempt that failed is made again by whoever needs it. */
  function learnt(): Promise<void> {
    if (learning === null) {
      const partitions = own;
      learning = before.then(() => learn(partitions));
      before = learning.catch(() => undefined);
    }
    return learning;
  }
  async function learn(partitions: ReadonlySet<number>): Promise<void> {
    try {
      await deps.learnAnew((customerId) => partitions.has(partitionOf(String(customerId), partitionCount)));
      if (partitions === own) hasLearnt = true;
    } catch (error) {
      if (partitions === own) learning = null;
      throw error;
    }
  }
  const together = createGatherer<readonly Batch[]>({
    prepare: async () => undefined,
    async send(portions) {
      await engine.take(portions.flat());
      return portions.map(() => undefined);
    },
    gatherMs: TOGETHER_MS,
    batchMax: partitionCount,
    queueMax: 2 * partitionCount,
    timeoutMs: LOOKED_AT_WITHIN_MS,
  });
  /** Rejects as the engine does. */
  async function take(batches: readonly Batch[]): Promise<void> {
    const answer = await together.submit(batches);
    if (answer.kind === 'unknown') throw answer.cause;
    if (answer.kind === 'not-sent') throw new Error('the rules are busy with what came before');
  }
  const consumer = createBatchConsumer<Batch | null>({
    kafka: deps.kafka,
    names,
    partitionsAtOnce: partitionCount,
    batchMax: MESSAGES_AT_ONCE,
    beginAt: () => beginLately(deps.kafka, names, deps.wallMs() - ACTIVE_MS),
    parse: (value) => readable(value, metrics),
    async handle(messages) {
      await learnt();
      const batches = messages.flatMap((batch) => batch ?? []);
      await take(batches);
      const nowMs = monotonicMs();
      metrics.taken(
        batches.reduce((sum, { actions }) => sum + actions.length, 0),
        batches.map(({ receivedMs }) => nowMs - receivedMs),
      );
    },
    // Nothing of a message's goes into the database but numbers and texts that were checked.
    isMessageFault: () => false,
    waiting,
    monotonicMs,
    onDeadLetter: () => undefined,
    onPartitions(partitions) {
      own = new Set(partitions);
      learning = null;
      hasLearnt = false;
    },
    log,
  });

  async function tick(): Promise<void> {
    if (own.size === 0) return;
    try {
      await learnt();
      await engine.tick();
      waiting.succeeded(TIME_LANE);
    } catch (error) {
      waiting.failed(TIME_LANE, error);
    }
  }
  consumer.start();
  const ticking = startPeriodically('those whose time has come', TICK_EVERY_MS, tick, log);
  // Of more processes than partitions some have none, and nobody to know of.
  const knowsPeople = () => hasLearnt || own.size === 0;
  return {
    check: () =>
      consumer.check() ??
      waiting.reason() ??
      (knowsPeople() ? null : 'what people did of late is not read yet'),
    async close() {
      await ticking.close();
      await consumer.close();
      await together.close();
    },
  };
}

/** Nothing where it is no batch: the behaviour log's own consumer sets such a message aside. */
function readable(value: Buffer | null, metrics: RulesMetrics): Batch | null {
  try {
    return decodeBatch(value);
  } catch {
    metrics.unreadable();
    return null;
  }
}
