// Transport through Kafka: an order is accepted when all in-sync replicas have it. Its consumer is orders-consumer.ts.
import type { Kafka } from 'kafkajs';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import { createPublisher } from '../../platform/kafka/kafka-publisher.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { OrderMetrics } from '../metrics.ts';
import type { OrderToPlace } from '../place-orders.ts';
import type { OrderBodies } from './order-bodies.ts';
import { encodeOrder } from './order-message.ts';
import type { Transport, TransportLimits } from './submit-order.ts';

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
    topic: namesOf(TOPICS.orders, deps.prefix).topic,
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
