// Transport through Kafka: a batch is safe when all in-sync replicas have it. Its consumer is behaviour-consumer.ts.
import type { Kafka } from 'kafkajs';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import { createPublisher } from '../../platform/kafka/kafka-publisher.ts';
import { encodeBatch } from './behaviour-message.ts';
import { type Batch, type BehaviourTransport, submittedOf, TRANSPORT_LIMITS } from './transport.ts';

/** Makes the transport; it connects with the first check or batch. */
export function createKafkaBehaviourTransport(deps: {
  kafka: Kafka;
  prefix: string;
  /** How long batches gather before they go to the broker together. */
  gatherMs: number;
  log: Log;
}): BehaviourTransport {
  const publisher = createPublisher<Batch>({
    kafka: deps.kafka,
    topic: namesOf(TOPICS.behaviour, deps.prefix).topic,
    encode: encodeBatch,
    ...TRANSPORT_LIMITS,
    gatherMs: deps.gatherMs,
    log: deps.log,
  });
  return {
    submit: async (batch) => submittedOf(await publisher.publish(batch)),
    check: publisher.check,
    close: publisher.close,
  };
}
