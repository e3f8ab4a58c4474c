// How products and people come into our shop from outside: as messages of its topics, each acknowledged by all in-sync
// replicas or not known.
import { CompressionTypes, Kafka, type KafkaConfig, logLevel, Partitioners, type Producer } from 'kafkajs';
import { uuidv7 } from 'uuidv7';
import type { ProductMessage, UserMessage } from '../../../system/contract/messages.ts';
import { namesOf, TOPICS } from '../../../system/contract/topics.ts';
import type { Deliver } from '../../engine/shop-adapter.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { NewProduct, PlannedDelivery } from '../../model/deliveries.ts';
import type { Newcomer } from '../../model/newcomers.ts';
import type { Arrival, OurShopHooks } from './attempts.ts';

/** From the moment that somebody means to send it to the broker's acknowledgement. */
const PUBLISHED = { product: 'product.published', user: 'user.published' } as const;

/** Where the topics are. */
export type TopicsInput = {
  brokers: readonly string[];
  /** Before every topic's name. */
  prefix: string;
  access: Pick<KafkaConfig, 'sasl' | 'ssl'>;
};

export type Deliveries = {
  /** Begins to deliver for a run; connects with the first one. */
  open(hooks: OurShopHooks): Deliver;
  close(): Promise<void>;
};

/** `passwordHash` is everybody's who is delivered. */
export function createDeliveries(deps: {
  topics: TopicsInput;
  timeline: Timeline;
  deadlineMs: number;
  passwordHash: string;
}): Deliveries {
  const { topics, timeline, deadlineMs } = deps;
  let connecting: Promise<Producer> | undefined;

  function connected(): Promise<Producer> {
    connecting ??= connect(topics, deadlineMs).catch((error) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  }

  async function send(topic: string, key: string, value: string): Promise<void> {
    const producer = await connected();
    await producer.send({
      topic,
      acks: -1,
      compression: CompressionTypes.None,
      timeout: deadlineMs,
      messages: [{ key, value }],
    });
  }

  return {
    open: (hooks) => async (delivery, intendedMs) => {
      const { topic, arrival, message } = describe(delivery, deps.passwordHash);
      const sent = send(namesOf(topic, topics.prefix).topic, arrival.id, JSON.stringify(message));
      const isSent = await untilDeadline(sent, timeline, intendedMs + deadlineMs);
      const waitedMs = timeline.nowMs() - intendedMs;
      if (isSent) hooks.measures.sample(PUBLISHED[delivery.kind], intendedMs, waitedMs);
      else {
        hooks.measures.censored(PUBLISHED[delivery.kind], intendedMs, Math.max(waitedMs, deadlineMs));
        hooks.measures.failed(`publish ${topic.name}`, intendedMs);
      }
      if (isSent) hooks.measures.count(delivery.kind === 'product' ? 'productsPublished' : 'usersPublished');
      hooks.onAttempt({
        ...arrival,
        attemptedAtMs: hooks.attemptedAt(intendedMs).attemptedAtMs,
        answer: isSent ? 'accepted' : 'unknown',
      });
    },
    async close() {
      const producer = await connecting?.catch(() => undefined);
      await producer?.disconnect();
    },
  };
}

async function connect({ brokers, access }: TopicsInput, deadlineMs: number): Promise<Producer> {
  const kafka = new Kafka({
    ...access,
    clientId: 'generator',
    brokers: [...brokers],
    requestTimeout: deadlineMs,
    logLevel: logLevel.NOTHING,
  });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return producer;
}

/** True when it was done by then; a failure, or no end by then, leaves it unknown. */
async function untilDeadline(work: Promise<void>, timeline: Timeline, deadlineMs: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const callOff = timeline.wakeAt(deadlineMs, () => late.resolve(false));
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => false,
      ),
      late.promise,
    ]);
  } finally {
    callOff();
  }
}

function describe(delivery: PlannedDelivery, passwordHash: string) {
  const id = uuidv7();
  switch (delivery.kind) {
    case 'product': {
      const message = productMessage(id, delivery.product);
      const arrival: Arrival = { kind: 'product-arrival', id, product: message.product };
      return { topic: TOPICS.products, arrival, message };
    }
    case 'user': {
      const message = userMessage(id, delivery.newcomer, passwordHash);
      const { passwordHash: _, ...user } = message.user;
      const arrival: Arrival = { kind: 'user-arrival', id, user };
      return { topic: TOPICS.users, arrival, message };
    }
  }
}

function productMessage(id: string, { registeredAtMs, ...product }: NewProduct): ProductMessage {
  const registeredAt = new Date(registeredAtMs).toISOString();
  return { version: TOPICS.products.schemaVersion, id, product: { ...product, image: '', registeredAt } };
}

function userMessage(id: string, newcomer: Newcomer, passwordHash: string): UserMessage {
  const { email, name, nickname, person } = newcomer;
  const { gender, birthYear, region, marketingConsent, createdAtMs } = person;
  const said = { email, passwordHash, name, nickname, gender, birthYear, region, marketingConsent };
  const registeredAt = new Date(createdAtMs).toISOString();
  return { version: TOPICS.users.schemaVersion, id, user: { ...said, status: 'ACTIVE', registeredAt } };
}
