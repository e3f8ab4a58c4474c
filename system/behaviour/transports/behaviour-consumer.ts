// The other end of the kafka transport: takes whole batches off the topic and stores them.
import type { Kafka } from 'kafkajs';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import { type BatchConsumer, createBatchConsumer } from '../../platform/kafka/kafka-consumer.ts';
import type { Waiting } from '../../platform/postgres/waiting.ts';
import type { AddActions } from '../add-actions.ts';
import type { BehaviourMetrics } from '../metrics.ts';
import { decodeBatch } from './behaviour-message.ts';
import type { Batch } from './transport.ts';

/** Messages whose actions are stored in one go; a message holds at most 30. */
const MESSAGES_AT_ONCE = 500;

/** Makes the consumer. What comes again is stored already and stays as it is. */
export function createBehaviourConsumer(deps: {
  kafka: Kafka;
  prefix: string;
  addActions: AddActions;
  isActionFault: (error: unknown) => boolean;
  metrics: BehaviourMetrics;
  waiting: Waiting;
  monotonicMs: () => number;
  log: Log;
}): BatchConsumer {
  const { waiting, addActions } = deps;
  const consumer = createBatchConsumer<Batch>({
    kafka: deps.kafka,
    names: namesOf(TOPICS.behaviour, deps.prefix),
    partitionsAtOnce: TOPICS.behaviour.partitionCount,
    batchMax: MESSAGES_AT_ONCE,
    parse: decodeBatch,
    handle: (batches) => addActions(batches.flatMap(({ actions }) => actions)),
    isMessageFault: deps.isActionFault,
    waiting,
    monotonicMs: deps.monotonicMs,
    onDeadLetter: deps.metrics.deadLettered,
    log: deps.log,
  });
  return { ...consumer, check: () => consumer.check() ?? waiting.reason() };
}
