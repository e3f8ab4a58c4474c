// What is known of the topics in use, on a real broker: those of the table that were created.
import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { namesOf, TOPICS, type Topic } from '../../../system/contract/topics.ts';
import { watchBroker } from './broker-watch.ts';

const brokers = (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(',');
const prefix = `watched-${randomBytes(6).toString('hex')}-`;
const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
const admin = kafka.admin();
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });

const toy: Topic = { ...TOPICS.orders, name: 'toys', consumerGroup: 'toys', deadLetterTopic: 'toys.dead' };
/** Of a toy's further groups one runs. */
const furtherGroups = ['toy-counters', 'absent'].map((consumerGroup) => ({
  consumerGroup,
  consumedBy: toy.consumedBy,
}));
const toyReadByMore: Topic = { ...toy, furtherGroups };
const unused: Topic = { ...toy, name: 'unused', consumerGroup: 'unused', deadLetterTopic: 'unused.dead' };
const toys = namesOf(toy, prefix);
const orders = namesOf(TOPICS.orders, prefix);

const names = [toys, orders].flatMap(({ topic, deadLetterTopic }) => [topic, deadLetterTopic]);

beforeAll(async () => {
  await admin.connect();
  await producer.connect();
  await admin.createTopics({
    topics: names.map((topic) => ({ topic, numPartitions: 3 })),
    waitForLeaders: false,
  });
});
afterAll(async () => {
  await producer.disconnect();
  await admin.disconnect();
});

it('every topic of the table that there is has its facts, whoever uses it', async () => {
  // kafkajs gives up when the broker has not heard of the new topics yet.
  const areLed = () =>
    Promise.all(names.map((topic) => admin.fetchTopicOffsets(topic))).then(
      () => true,
      () => false,
    );
  await expect.poll(areLed, { timeout: 60_000 }).toBe(true);
  const messages = ['a', 'b', 'c', 'd'].map((value) => ({ partition: 1, value }));
  await producer.send({ topic: toys.topic, messages });
  await producer.send({ topic: toys.deadLetterTopic, messages: messages.slice(0, 1) });
  await admin.setOffsets({
    groupId: toys.consumerGroup,
    topic: toys.topic,
    partitions: [{ partition: 1, offset: '3' }],
  });
  const watch = await watchBroker(brokers, prefix, { topics: [TOPICS.orders, toyReadByMore, unused] });
  try {
    expect(await watch.facts()).toEqual({
      topics: [
        { topic: 'orders', publishedCount: 0, committedCount: 0, deadLetterCount: 0 },
        { topic: 'toys', publishedCount: 4, committedCount: 3, deadLetterCount: 1 },
      ],
    });
    // From when there is a further group the topic is worked off when it is.
    await admin.setOffsets({
      groupId: `${prefix}toy-counters`,
      topic: toys.topic,
      partitions: [{ partition: 1, offset: '2' }],
    });
    const committed = () => watch.facts().then(({ topics }) => topics[1]?.committedCount);
    await expect.poll(committed, { timeout: 60_000 }).toBe(2);
    expect(await admin.listTopics()).not.toContain(namesOf(unused, prefix).topic);
    // A topic that was seen is in use from then on: without it there are no facts rather than facts without it.
    await admin.deleteTopics({ topics: [toys.topic] });
    const known = () =>
      watch.facts().then(
        ({ topics }) => `${topics.length} topics`,
        () => 'nothing',
      );
    await expect.poll(known, { timeout: 60_000 }).toBe('nothing');
  } finally {
    await watch.close();
    const sweeper = await watchBroker(brokers, prefix);
    await sweeper.removeAll();
    await sweeper.close();
  }
});
