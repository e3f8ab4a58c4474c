import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namesOf, TOPICS } from '../../contract/topics.ts';
import { testLog } from '../testing.ts';
import { createKafka } from './kafka.ts';
import { createDeadLetters } from './kafka-dead-letters.ts';
import { createTopics, topicDefinitions } from './kafka-topics.ts';

const prefix = `test-${randomBytes(6).toString('hex')}.`;
const topics = namesOf(TOPICS.orders, prefix);
const brokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
const kafka = createKafka({ brokers: brokers.split(','), clientId: 'test', log: testLog });
const admin = kafka.admin();

beforeAll(async () => {
  await createTopics(kafka, topicDefinitions(prefix));
  await admin.connect();
});
afterAll(async () => {
  await admin.deleteTopics({ topics: topicDefinitions(prefix).map(({ name }) => name) });
  await admin.disconnect();
});

/** Runs the command as an operator would. */
async function deadLetters(...args: string[]): Promise<{ code: number; output: string }> {
  const main = new URL('../../main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, 'dead-letters', ...args], {
    env: { PATH: process.env.PATH, KAFKA_BROKERS: brokers, KAFKA_PREFIX: prefix },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, output };
}

/** Puts messages among the dead letters of one partition, as the consumer does. */
async function die(...values: string[]): Promise<void> {
  const letters = createDeadLetters({ kafka, sourceTopic: topics.topic, topic: topics.deadLetterTopic });
  for (const [index, value] of values.entries()) {
    const message = { key: Buffer.from('7'), value: Buffer.from(value), offset: String(40 + index) };
    const rest = { timestamp: '0', attributes: 0, headers: { origin: 'test' } };
    await letters.put(2, { ...message, ...rest }, new Error(`cannot handle ${value}`));
  }
  await letters.close();
}

const spanOf = async (topic: string) => {
  const offsets = await admin.fetchTopicOffsets(topic);
  const sum = (key: 'low' | 'high') => offsets.reduce((total, one) => total + Number(one[key]), 0);
  return { low: sum('low'), high: sum('high') };
};

test('dead letters are listed, published again or dropped, each once, and leave nothing behind', async () => {
  expect(await deadLetters('list')).toEqual({ code: 0, output: '0 of 0 open dead letters.\n' });
  await die('first', 'sec\u001b[31mond', 'third');
  const { output } = await deadLetters('list');
  expect(output).toMatch(/was 2:40 {2}key "7"\n {4}"Error: cannot handle first"\n {4}"first"/);
  expect(output).toContain('3 of 3 open');
  expect(output).not.toContain('\u001b');
  const places = [...output.matchAll(/^(\d+:\d+) /gm)].map(([, place]) => place as string);
  expect(places).toHaveLength(3);

  // The middle one leaves the others as they are, however often it is done.
  for (const count of [1, 0]) {
    const retried = await deadLetters('retry', '--offset', places[1] as string);
    expect(retried).toMatchObject({ code: 0, output: expect.stringContaining(`${count} of `) });
  }
  expect((await spanOf(topics.topic)).high).toBe(1);
  expect((await deadLetters('list')).output).toMatch(/"first"[\s\S]*"third"[\s\S]*2 of 2 open/);

  expect((await deadLetters('drop', '--limit', '1')).output).toContain('1 of 2 open dead letters dropped');
  expect((await deadLetters('retry')).output).toContain('1 of 1 open dead letters published again');
  expect((await deadLetters('list')).output).toBe('0 of 0 open dead letters.\n');
  expect((await spanOf(topics.topic)).high).toBe(2);
  const dead = await spanOf(topics.deadLetterTopic);
  expect(dead.low).toBe(dead.high);
  const { groups } = await admin.listGroups();
  expect(groups.filter(({ groupId }) => groupId.startsWith(topics.deadLetterTopic))).toEqual([]);
});

test('a wrong order and a topic that is not there are told, and end with 3', async () => {
  expect(await deadLetters('burn')).toMatchObject({ code: 3 });
  expect(await deadLetters('list', '--offset', 'x')).toMatchObject({ code: 3 });
  expect(await deadLetters('list', '--topic', 'nowhere')).toMatchObject({
    code: 3,
    output: expect.stringContaining('needed one of orders'),
  });
});
