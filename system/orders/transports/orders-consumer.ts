// The other end of the kafka transport: takes whole batches off the topic and places them.

import type { Kafka } from 'kafkajs';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import { type BatchConsumer, createBatchConsumer } from '../../platform/kafka/kafka-consumer.ts';
import { isDataFault } from '../../platform/postgres/statement-faults.ts';
import type { Waiting } from '../../platform/postgres/waiting.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { OrderMetrics } from '../metrics.ts';
import type { PlacedOrder, PlaceOrders } from '../place-orders.ts';
import { decodeOrder, type ReceivedOrder } from './order-message.ts';

/** Makes the consumer. An order that comes again is not placed again; its stored outcome is announced once more. */
export function createOrdersConsumer(deps: {
  kafka: Kafka;
  prefix: string;
  batchMax: number;
  placeOrders: PlaceOrders;
  announce: (placed: readonly PlacedOrder[]) => void;
  clock: Clock;
  metrics: OrderMetrics;
  waiting: Waiting;
  log: Log;
}): BatchConsumer {
  const { prefix, clock, metrics, waiting } = deps;
  const consumer = createBatchConsumer<ReceivedOrder>({
    kafka: deps.kafka,
    names: namesOf(TOPICS.orders, prefix),
    partitionsAtOnce: TOPICS.orders.partitionCount,
    batchMax: deps.batchMax,
    parse: decodeOrder,
    async handle(orders, consumedMs) {
      const batch = orders.map((order) => ({ ...order, stages: { ...order.stages, consumedMs } }));
      deps.announce(await deps.placeOrders(batch));
    },
    isMessageFault: isDataFault,
    waiting,
    monotonicMs: clock.monotonicMs,
    onDeadLetter: metrics.deadLettered,
    log: deps.log,
  });
  return { ...consumer, check: () => consumer.check() ?? waiting.reason() };
}
