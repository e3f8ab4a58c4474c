// Transport through Kafka: an order is accepted when all in-sync replicas have it. Its consumer is orders-consumer.ts.
import type { Kafka } from 'kafkajs';
import { DEAD_LETTER_SUFFIX, ORDERS_TOPIC } from '../../contract/messages.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import { createPublisher } from '../../platform/kafka/kafka-publisher.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { OrderMetrics } from '../metrics.ts';
import type { OrderToPlace } from '../place-orders.ts';
import type { OrderBodies } from './order-bodies.ts';
import { encodeOrder } from './order-message.ts';
import { TRANSPORT_LIMITS, type Transport, type TransportLimits } from './submit-order.ts';

const RETENTION_MS = 30 * 24 * 60 * 60 * 1_000;

/** The topics that orders need, with the prefix of this shop. */
export function ordersTopics(prefix: string) {
  const orders = `${prefix}${ORDERS_TOPIC}`;
  return { orders, dead: `${orders}${DEAD_LETTER_SUFFIX}` };
}

/** How the topics are created. */
export function topicDefinitions(prefix: string) {
  return Object.values(ordersTopics(prefix)).map((name) => ({
    name,
    partitionCount: TRANSPORT_LIMITS.laneCount,
    retentionMs: RETENTION_MS,
  }));
}

export type KafkaTransportDeps = {
  kafka: Kafka;
  prefix: string;
  clock: Clock;
  metrics: OrderMetrics;
  bodies: OrderBodies;
  limits: TransportLimits;
  log: Log;
};

/** Makes the transport; it connects with the first check or order. */
export function createKafkaTransport(deps: KafkaTransportDeps): Transport {
  const { kafka, clock, metrics, bodies, log } = deps;
  const publisher = createPublisher<OrderToPlace>({
    kafka,
    topic: ordersTopics(deps.prefix).orders,
    encode: (order) => encodeOrder(order, clock.monotonicMs()),
    ...deps.limits,
    log,
  });
  return {
    async submitOrder(order) {
      const { customerId, order: body } = order;
      const claim = await bodies.claim(customerId, body);
      if (claim === 'other') {
        metrics.conflicted('order-id-reused');
        return { kind: 'reused' };
      }
      const result = await publisher.publish(order);
      switch (result.kind) {
        case 'sent':
          metrics.accepted();
          return { kind: 'accepted' };
        case 'not-sent':
          // Of a repetition the first may be under way.
          if (claim === 'first') await bodies.release(customerId, body.id);
          return { kind: 'refused' };
        case 'unknown':
          return { kind: 'unknown' };
      }
    },
    check: publisher.check,
    close: publisher.close,
  };
}
