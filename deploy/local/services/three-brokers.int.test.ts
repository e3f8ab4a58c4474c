// `npm run stack -- up --brokers 3` and what the shop makes of it: three copies, two of which must have a message.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs, { type Admin } from 'kafkajs';
import { afterAll, expect, test } from 'vitest';
import { takeDown } from '../commands/up-and-down.ts';
import { endProcess } from '../programs/ending.ts';
import { runningRecords } from '../programs/program-records.ts';
import { REPOSITORY_ROOT } from '../programs/state-directory.ts';
import { environmentWithoutAddresses, runProgram, temporaryHome } from '../testing/testing.ts';
import { bringUpStack } from './stack.ts';

const { ConfigResourceTypes, Kafka, logLevel } = kafkajs;
const home = temporaryHome('three-brokers');
afterAll(async () => {
  await takeDown(home);
  rmSync(home, { recursive: true, force: true });
});

test('the shop’s topics have three copies, and a message is written while one broker is away', async () => {
  const env = { ...environmentWithoutAddresses(), STAMPEDE_HOME: home, TMPDIR: home };
  const main = join(import.meta.dirname, '../commands/main.ts');
  const up = await runProgram([main, 'up', '--brokers', '3'], { env });
  expect(up.code, up.said).toBe(0);
  const urls = await runProgram([main, 'status', '--urls'], { env });
  const brokers = /KAFKA_BROKERS='(.*)'/.exec(urls.said)?.[1] ?? '';
  expect(brokers.split(',')).toHaveLength(3);
  await expectThreeBrokers();
  const topics = await runProgram(['system/main.ts', 'topics'], {
    env: { ...env, KAFKA_BROKERS: brokers, KAFKA_PREFIX: 'three-' },
    cwd: REPOSITORY_ROOT,
  });
  expect(topics.code, topics.said).toBe(0);

  // The controller takes up to nine seconds to name other leaders; the client must ask for longer than that.
  const kafka = new Kafka({
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 40 },
  });
  const admin = kafka.admin();
  const producer = kafka.producer();
  try {
    await admin.connect();
    await expectThreeCopies(admin);
    const [broker] = runningRecords(home).filter(({ name }) => name === 'kafka-3');
    await endProcess({ process: broker!.process, signal: 'SIGKILL', graceMs: 0 });
    await producer.connect();
    const [sent] = await producer.send({
      topic: 'three-orders',
      acks: -1,
      messages: [{ key: 'a', value: 'b' }],
    });
    expect(sent?.errorCode).toBe(0);
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
}, 400_000);

/** As a run finds them. */
async function expectThreeBrokers(): Promise<void> {
  const stack = await bringUpStack({ home, environment: environmentWithoutAddresses(), brokerCount: 3 });
  expect(stack.kafkaBrokers).toHaveLength(3);
  const kafka = stack.services.find(({ name }) => name === 'kafka');
  expect(kafka?.pids).toHaveLength(3);
  expect(kafka?.settings).toMatchObject({
    brokers: '3',
    'min.insync.replicas': '2',
    'offsets.topic.replication.factor': '3',
  });
  await stack.stop();
}

async function expectThreeCopies(admin: Admin): Promise<void> {
  const names = (await admin.listTopics()).filter((name) => name.startsWith('three-'));
  expect(names).toEqual(expect.arrayContaining(['three-orders', 'three-orders.dead']));
  /** Partitions that not all three have whole; a broker that was slow to answer as they came up falls behind for a while. */
  const lacking = async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    return topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ replicas, isr }) => replicas.length !== 3 || isr.length !== 3)
        .map(({ partitionId }) => `${name} ${partitionId}`),
    );
  };
  await expect.poll(lacking, { timeout: 120_000 }).toEqual([]);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configNames: ['min.insync.replicas'],
    })),
  });
  for (const { resourceName, configEntries } of resources)
    expect(configEntries[0]?.configValue, resourceName).toBe('2');
}
