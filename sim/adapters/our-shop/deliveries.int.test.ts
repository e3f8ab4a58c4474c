// Deliveries on a real broker: what is sent is what the contract says, and a broker that is away leaves it unknown.
import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProductMessage, UserMessage } from '../../../system/contract/messages.ts';
import { namesOf, TOPICS } from '../../../system/contract/topics.ts';
import { noMeasures } from '../../engine/measuring/measures.ts';
import { createMachineTimeline } from '../../engine/timing/timeline.ts';
import { describeNewcomers } from '../../history/rows/describe-person.ts';
import { seededPasswordHash } from '../../history/rows/password-hash.ts';
import { type PlannedDelivery, planProducts } from '../../model/deliveries.ts';
import { planNewcomers } from '../../model/newcomers.ts';
import type { Attempt } from './attempts.ts';
import { createDeliveries } from './deliveries.ts';

const brokers = (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(',');
const prefix = `test-${randomBytes(6).toString('hex')}.`;
const topics = [TOPICS.products, TOPICS.users].map((topic) => namesOf(topic, prefix).topic);
const kafka = new Kafka({ brokers, clientId: 'test', logLevel: logLevel.NOTHING });
const admin = kafka.admin();
const asOfMs = Date.UTC(2026, 10, 27);

beforeAll(async () => {
  await admin.connect();
  await admin.createTopics({
    topics: topics.map((topic) => ({ topic, numPartitions: 3, replicationFactor: 1 })),
  });
});
afterAll(async () => {
  await admin.deleteTopics({ topics });
  await admin.disconnect();
});

const products = planProducts({ seed: 1, asOfMs, startsMs: [0, 10, 20] });
const growth = { model: 'bass' as const, durationMs: 1_000, peopleCount: 3 };
const people = describeNewcomers(planNewcomers({ seed: 1, asOfMs, growth }), 1).map((newcomer) => ({
  kind: 'user' as const,
  startMs: newcomer.startMs,
  newcomer,
}));

/** Delivers all at once; gives what was told of each, and what was measured. */
async function deliver(deliveries: readonly PlannedDelivery[], to: readonly string[], deadlineMs: number) {
  const attempts: Attempt[] = [];
  const seen: string[] = [];
  const timeline = createMachineTimeline();
  const adapter = createDeliveries({
    topics: { brokers: to, prefix, access: {} },
    timeline,
    deadlineMs,
    passwordHash: await seededPasswordHash('correct horse'),
  });
  const send = adapter.open({
    measures: {
      ...noMeasures,
      sample: (metric) => void seen.push(metric),
      censored: (metric, _, atLeastMs) => void seen.push(`${metric} ≥ ${atLeastMs >= deadlineMs}`),
      failed: (failure) => void seen.push(failure),
    },
    attemptedAt: (intendedMs) => ({ attemptedAtMs: intendedMs, phase: 'measure' }),
    onAttempt: (attempt) => void attempts.push(attempt),
  });
  await Promise.all(deliveries.map((delivery) => send(delivery, timeline.nowMs())));
  await adapter.close();
  return { attempts, seen };
}

test('products and people are messages of the contract, keyed by their ids, once each', async () => {
  const { attempts, seen } = await deliver([...products, ...people], brokers, 30_000);
  expect(seen.toSorted()).toEqual([
    ...products.map(() => 'product.published'),
    ...people.map(() => 'user.published'),
  ]);
  const messages: { topic: string; key: string; value: { id: string } }[] = [];
  const consumer = kafka.consumer({ groupId: `${prefix}reader`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ topic, message }) => {
        messages.push({ topic, key: String(message.key), value: JSON.parse(String(message.value)) });
        if (messages.length === attempts.length) resolve();
      },
    });
  });
  await consumer.disconnect();
  const [product, user] = [Compile(ProductMessage), Compile(UserMessage)];
  for (const { topic, key, value } of messages) {
    const schema = topic === topics[0] ? product : user;
    expect([...schema.Errors(value)]).toEqual([]);
    expect(key).toBe(value.id);
  }
  expect(messages.map(({ key }) => key).toSorted()).toEqual(
    attempts.flatMap((attempt) => ('id' in attempt ? [attempt.id] : [])).toSorted(),
  );
  expect(attempts).toEqual(attempts.map((attempt) => ({ ...attempt, answer: 'accepted' })));
  expect(JSON.stringify(attempts)).not.toContain('argon2id');
});

test('a broker that is away leaves a delivery unknown at its deadline', async () => {
  const { attempts, seen } = await deliver(products.slice(0, 1), ['127.0.0.1:1'], 200);
  expect(attempts).toMatchObject([{ kind: 'product-arrival', answer: 'unknown' }]);
  expect(seen).toEqual(['product.published ≥ true', 'publish products']);
});
