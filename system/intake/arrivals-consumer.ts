// The consumer of one topic of arrivals: takes whole batches off it and stores each in one transaction.
import type { Kafka } from 'kafkajs';
import { namesOf, type Topic } from '../contract/topics.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import { type BatchConsumer, createBatchConsumer } from '../platform/kafka/kafka-consumer.ts';
import { isDataFault } from '../platform/postgres/statement-faults.ts';
import { createWaiting } from '../platform/postgres/waiting.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { IntakeMetrics } from './metrics.ts';
import type { StoreArrivals } from './store.ts';

/** Makes the consumer of a topic; `decode` throws on what is no message of it. */
export function createArrivalsConsumer<Arrival>(
  of: { topic: Topic; decode: (value: Buffer | null) => Arrival; store: StoreArrivals<Arrival> },
  deps: { kafka: Kafka; prefix: string; batchMax: number; clock: Clock; metrics: IntakeMetrics; log: Log },
): BatchConsumer {
  const { clock, log } = deps;
  const metrics = deps.metrics(of.topic.name);
  const waiting = createWaiting({ what: of.topic.name, metrics, clock, log });
  const consumer = createBatchConsumer<Arrival>({
    kafka: deps.kafka,
    names: namesOf(of.topic, deps.prefix),
    partitionsAtOnce: of.topic.partitionCount,
    batchMax: deps.batchMax,
    parse: of.decode,
    async handle(arrivals) {
      const startedMs = clock.monotonicMs();
      const storedCount = await of.store(arrivals);
      metrics.batchCommitted(arrivals.length, storedCount, clock.monotonicMs() - startedMs);
    },
    isMessageFault: isDataFault,
    waiting,
    monotonicMs: clock.monotonicMs,
    onDeadLetter: metrics.deadLettered,
    log,
  });
  return { ...consumer, check: () => consumer.check() ?? waiting.reason() };
}
